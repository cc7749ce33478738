using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class QualityRecord : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_opened_offers_visitors_visitor_id",
                table: "opened_offers");

            migrationBuilder.DropForeignKey(
                name: "fk_shown_lists_visitors_visitor_id",
                table: "shown_lists");

            migrationBuilder.RenameColumn(
                name: "visitor_id",
                table: "shown_lists",
                newName: "record_key");

            migrationBuilder.RenameColumn(
                name: "visitor_id",
                table: "opened_offers",
                newName: "record_key");

            migrationBuilder.AddColumn<Guid>(
                name: "record_key",
                table: "visitors",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            // Whose a record is was told by the visitor's id; from now on by a key of its own.
            migrationBuilder.Sql("update visitors set record_key = gen_random_uuid()");
            migrationBuilder.Sql("update shown_lists set record_key = (select v.record_key from visitors v where v.id = shown_lists.record_key)");
            migrationBuilder.Sql("update opened_offers set record_key = (select v.record_key from visitors v where v.id = opened_offers.record_key)");

            migrationBuilder.AddColumn<int>(
                name: "candidates",
                table: "shown_lists",
                type: "integer",
                nullable: true);

            migrationBuilder.AddUniqueConstraint(
                name: "ak_visitors_record_key",
                table: "visitors",
                column: "record_key");

            migrationBuilder.CreateTable(
                name: "quality_looks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    role = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    what = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quality_looks", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_quality_looks_at",
                table: "quality_looks",
                column: "at");

            migrationBuilder.AddForeignKey(
                name: "fk_opened_offers_visitors_record_key",
                table: "opened_offers",
                column: "record_key",
                principalTable: "visitors",
                principalColumn: "record_key",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_shown_lists_visitors_record_key",
                table: "shown_lists",
                column: "record_key",
                principalTable: "visitors",
                principalColumn: "record_key",
                onDelete: ReferentialAction.Cascade);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_opened_offers_visitors_record_key",
                table: "opened_offers");

            migrationBuilder.DropForeignKey(
                name: "fk_shown_lists_visitors_record_key",
                table: "shown_lists");

            migrationBuilder.DropTable(
                name: "quality_looks");

            migrationBuilder.DropUniqueConstraint(
                name: "ak_visitors_record_key",
                table: "visitors");

            migrationBuilder.DropColumn(
                name: "record_key",
                table: "visitors");

            migrationBuilder.DropColumn(
                name: "candidates",
                table: "shown_lists");

            migrationBuilder.RenameColumn(
                name: "record_key",
                table: "shown_lists",
                newName: "visitor_id");

            migrationBuilder.RenameColumn(
                name: "record_key",
                table: "opened_offers",
                newName: "visitor_id");

            migrationBuilder.AddForeignKey(
                name: "fk_opened_offers_visitors_visitor_id",
                table: "opened_offers",
                column: "visitor_id",
                principalTable: "visitors",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_shown_lists_visitors_visitor_id",
                table: "shown_lists",
                column: "visitor_id",
                principalTable: "visitors",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
