using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Migrations.Sqlite
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

            // Not DropColumn: that builds the table anew, outside a transaction.
            migrationBuilder.Sql("alter table shown_lists drop column propensity");

            migrationBuilder.AddColumn<string>(
                name: "propensities",
                table: "shown_lists",
                type: "TEXT",
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

            migrationBuilder.Sql("alter table shown_lists drop column propensities");

            migrationBuilder.AddColumn<double>(
                name: "propensity",
                table: "shown_lists",
                type: "REAL",
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
