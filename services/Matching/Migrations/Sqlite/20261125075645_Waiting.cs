using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Waiting : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "waiting",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    fair_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    visitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    exhibitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    offer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    format = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_waiting", x => x.id);
                    table.ForeignKey(
                        name: "fk_waiting_visitors_visitor_id",
                        column: x => x.visitor_id,
                        principalTable: "visitors",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_waiting_queue",
                table: "waiting",
                columns: new[] { "fair_id", "exhibitor_id", "format" });

            migrationBuilder.CreateIndex(
                name: "ux_waiting_stand",
                table: "waiting",
                columns: new[] { "visitor_id", "exhibitor_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "waiting");
        }
    }
}
