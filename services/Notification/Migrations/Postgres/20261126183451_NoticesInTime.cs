using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Notification.Migrations.Postgres
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
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "failure",
                table: "notices",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "once",
                table: "notices",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "meetings_known",
                columns: table => new
                {
                    meeting_id = table.Column<Guid>(type: "uuid", nullable: false),
                    visitor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    exhibitor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    status = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    start = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    soon_for = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    evening_for = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    facts = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_meetings_known", x => x.meeting_id);
                });

            migrationBuilder.CreateTable(
                name: "notice_preferences",
                columns: table => new
                {
                    side = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    recipient_id = table.Column<Guid>(type: "uuid", nullable: false),
                    visitor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    mail = table.Column<bool>(type: "boolean", nullable: false),
                    pace = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    before_meeting = table.Column<bool>(type: "boolean", nullable: false),
                    evening_before = table.Column<bool>(type: "boolean", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_notice_preferences", x => new { x.side, x.recipient_id });
                });

            migrationBuilder.CreateTable(
                name: "own_secrets",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    value = table.Column<byte[]>(type: "bytea", nullable: false)
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
