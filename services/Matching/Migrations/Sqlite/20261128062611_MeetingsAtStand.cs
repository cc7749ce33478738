using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MeetingsAtStand : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "ordinal_at_stand",
                table: "meetings",
                type: "INTEGER",
                nullable: true);

            // Those that are open already are counted too, also where they are more than may be asked for now.
            migrationBuilder.Sql(
                "update meetings set ordinal_at_stand = (select count(*) from meetings other where other.visitor_id = meetings.visitor_id " +
                "and other.exhibitor_id = meetings.exhibitor_id and other.ordinal <= meetings.ordinal) where ordinal is not null");

            migrationBuilder.CreateIndex(
                name: "ux_meetings_ordinal_at_stand",
                table: "meetings",
                columns: new[] { "visitor_id", "exhibitor_id", "ordinal_at_stand" },
                unique: true,
                filter: "ordinal_at_stand is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_meetings_ordinal_at_stand",
                table: "meetings");

            migrationBuilder.DropColumn(
                name: "ordinal_at_stand",
                table: "meetings");
        }
    }
}
