using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Propensities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_shown_lists_version",
                table: "shown_lists");

            migrationBuilder.DropColumn(
                name: "propensity",
                table: "shown_lists");

            migrationBuilder.AddColumn<string>(
                name: "propensities",
                table: "shown_lists",
                type: "text",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.CreateIndex(
                name: "ux_shown_lists_version",
                table: "shown_lists",
                columns: new[] { "visitor_id", "profile_version", "catalogue_version", "day", "ranker_kind", "ranker_version", "packs" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_shown_lists_version",
                table: "shown_lists");

            migrationBuilder.DropColumn(
                name: "propensities",
                table: "shown_lists");

            migrationBuilder.AddColumn<double>(
                name: "propensity",
                table: "shown_lists",
                type: "double precision",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.CreateIndex(
                name: "ux_shown_lists_version",
                table: "shown_lists",
                columns: new[] { "visitor_id", "profile_version", "catalogue_version", "day", "ranker_kind", "ranker_version" },
                unique: true);
        }
    }
}
