using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Profile.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class OwnOffers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "edited_at",
                table: "offers",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "file_row",
                table: "offers",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_own",
                table: "offers",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "version",
                table: "offers",
                type: "bigint",
                nullable: false,
                defaultValue: 1L);

            migrationBuilder.AddColumn<DateTime>(
                name: "withdrawn_at",
                table: "offers",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "edited_at",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "file_row",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "is_own",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "version",
                table: "offers");

            migrationBuilder.DropColumn(
                name: "withdrawn_at",
                table: "offers");
        }
    }
}
