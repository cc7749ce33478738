using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Schedules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "schedules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    fair_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    fault = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    most_per_visitor = table.Column<int>(type: "INTEGER", nullable: false),
                    most_per_exhibitor = table.Column<int>(type: "INTEGER", nullable: true),
                    seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    started_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    published_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    booked_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    held_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    held_until = table.Column<long>(type: "INTEGER", nullable: false),
                    progress = table.Column<string>(type: "TEXT", nullable: true),
                    review = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_schedules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "schedule_meetings",
                columns: table => new
                {
                    schedule_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    visitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    exhibitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    offer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    slot_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    table_no = table.Column<int>(type: "INTEGER", nullable: false),
                    wish = table.Column<int>(type: "INTEGER", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    meeting_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_schedule_meetings", x => new { x.schedule_id, x.visitor_id, x.exhibitor_id });
                    table.ForeignKey(
                        name: "fk_schedule_meetings_schedules_schedule_id",
                        column: x => x.schedule_id,
                        principalTable: "schedules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_schedule_meetings_slots_slot_id",
                        column: x => x.slot_id,
                        principalTable: "slots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_schedule_meetings_visitors_visitor_id",
                        column: x => x.visitor_id,
                        principalTable: "visitors",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_schedule_meetings_slot_id",
                table: "schedule_meetings",
                column: "slot_id");

            migrationBuilder.CreateIndex(
                name: "ix_schedule_meetings_visitor",
                table: "schedule_meetings",
                column: "visitor_id");

            migrationBuilder.CreateIndex(
                name: "ix_schedules_fair",
                table: "schedules",
                columns: new[] { "fair_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "ux_schedules_drawing",
                table: "schedules",
                column: "fair_id",
                unique: true,
                filter: "state = 'drawing'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "schedule_meetings");

            migrationBuilder.DropTable(
                name: "schedules");
        }
    }
}
