using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Notification.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class NoticesInTime : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "digest_id",
                table: "notices",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "failure",
                table: "notices",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "once",
                table: "notices",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "meetings_known",
                columns: table => new
                {
                    meeting_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    visitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    exhibitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    start = table.Column<DateTime>(type: "TEXT", nullable: false),
                    changed_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    soon_for = table.Column<DateTime>(type: "TEXT", nullable: true),
                    evening_for = table.Column<DateTime>(type: "TEXT", nullable: true),
                    facts = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meetings_known", x => x.meeting_id);
                });

            migrationBuilder.CreateTable(
                name: "notice_preferences",
                columns: table => new
                {
                    side = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    recipient_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    visitor_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    mail = table.Column<bool>(type: "INTEGER", nullable: false),
                    pace = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    before_meeting = table.Column<bool>(type: "INTEGER", nullable: false),
                    evening_before = table.Column<bool>(type: "INTEGER", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_preferences", x => new { x.side, x.recipient_id });
                });

            migrationBuilder.CreateTable(
                name: "own_secrets",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    value = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_own_secrets", x => x.name);
                });

            migrationBuilder.CreateIndex(
                name: "ix_notices_created",
                table: "notices",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_notices_digest",
                table: "notices",
                column: "digest_id");

            migrationBuilder.CreateIndex(
                name: "ux_notices_once",
                table: "notices",
                column: "once",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_meetings_known_exhibitor",
                table: "meetings_known",
                column: "exhibitor_id");

            migrationBuilder.CreateIndex(
                name: "ix_meetings_known_start",
                table: "meetings_known",
                columns: new[] { "status", "start" });

            migrationBuilder.CreateIndex(
                name: "ix_meetings_known_visitor",
                table: "meetings_known",
                column: "visitor_id");

            migrationBuilder.CreateIndex(
                name: "ix_notice_preferences_visitor",
                table: "notice_preferences",
                column: "visitor_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "meetings_known");

            migrationBuilder.DropTable(
                name: "notice_preferences");

            migrationBuilder.DropTable(
                name: "own_secrets");

            migrationBuilder.DropIndex(
                name: "ix_notices_created",
                table: "notices");

            migrationBuilder.DropIndex(
                name: "ix_notices_digest",
                table: "notices");

            migrationBuilder.DropIndex(
                name: "ux_notices_once",
                table: "notices");

            migrationBuilder.DropColumn(
                name: "digest_id",
                table: "notices");

            migrationBuilder.DropColumn(
                name: "failure",
                table: "notices");

            migrationBuilder.DropColumn(
                name: "once",
                table: "notices");
        }
    }
}
