using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "catalogues",
                columns: table => new
                {
                    fair_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_catalogues", x => x.fair_id);
                });

            migrationBuilder.CreateTable(
                name: "inbox",
                columns: table => new
                {
                    consumer = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subject = table.Column<Guid>(type: "TEXT", nullable: true),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox", x => new { x.consumer, x.message_id });
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    subject = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: true),
                    trace = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    created = table.Column<long>(type: "INTEGER", nullable: false, defaultValueSql: "(cast(unixepoch('subsec') * 1000 as integer))"),
                    claimed_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    claimed_until = table.Column<long>(type: "INTEGER", nullable: false, defaultValueSql: "((cast(unixepoch('subsec') * 1000 as integer)) + 20000)"),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: false),
                    sent_at = table.Column<long>(type: "INTEGER", nullable: true),
                    dead_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "quarantine",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    consumer = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    message_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    subject = table.Column<Guid>(type: "TEXT", nullable: true),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    replayed_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quarantine", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "slots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    fair_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    exhibitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    starts_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ends_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    format = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "visitor_marks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    stamp = table.Column<int>(type: "INTEGER", nullable: false),
                    erased_at = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visitor_marks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "seats",
                columns: table => new
                {
                    slot_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    table_no = table.Column<int>(type: "INTEGER", nullable: false),
                    walk_in = table.Column<bool>(type: "INTEGER", nullable: false),
                    withdrawn = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seats", x => new { x.slot_id, x.table_no });
                    table.ForeignKey(
                        name: "fk_seats_slots_slot_id",
                        column: x => x.slot_id,
                        principalTable: "slots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "visitor_tokens",
                columns: table => new
                {
                    hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    visitor_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visitor_tokens", x => x.hash);
                    table.ForeignKey(
                        name: "fk_visitor_tokens_visitor_marks_visitor_id",
                        column: x => x.visitor_id,
                        principalTable: "visitor_marks",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "visitors",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    fair_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    needs = table.Column<string>(type: "TEXT", nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    since = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visitors", x => x.id);
                    table.ForeignKey(
                        name: "fk_visitors_visitor_marks_id",
                        column: x => x.id,
                        principalTable: "visitor_marks",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                columns: table => new
                {
                    visitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    body_hash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    answer = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency", x => new { x.visitor_id, x.key });
                    table.ForeignKey(
                        name: "fk_idempotency_visitors_visitor_id",
                        column: x => x.visitor_id,
                        principalTable: "visitors",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "meetings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    fair_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    visitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    exhibitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    offer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    slot_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    table_no = table.Column<int>(type: "INTEGER", nullable: true),
                    starts_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ends_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    format = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    ordinal = table.Column<int>(type: "INTEGER", nullable: true),
                    code = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    useful = table.Column<int>(type: "INTEGER", nullable: true),
                    requested_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    accepted_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    history = table.Column<string>(type: "TEXT", nullable: false),
                    proposals = table.Column<string>(type: "TEXT", nullable: false),
                    offer = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meetings", x => x.id);
                    table.ForeignKey(
                        name: "fk_meetings_seats_slot_id_table_no",
                        columns: x => new { x.slot_id, x.table_no },
                        principalTable: "seats",
                        principalColumns: new[] { "slot_id", "table_no" });
                    table.ForeignKey(
                        name: "fk_meetings_slots_slot_id",
                        column: x => x.slot_id,
                        principalTable: "slots",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_meetings_visitors_visitor_id",
                        column: x => x.visitor_id,
                        principalTable: "visitors",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "opened_offers",
                columns: table => new
                {
                    visitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    offer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_opened_offers", x => new { x.visitor_id, x.offer_id });
                    table.ForeignKey(
                        name: "fk_opened_offers_visitors_visitor_id",
                        column: x => x.visitor_id,
                        principalTable: "visitors",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "shown_lists",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    visitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    fair_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    profile_version = table.Column<long>(type: "INTEGER", nullable: false),
                    catalogue_version = table.Column<long>(type: "INTEGER", nullable: false),
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ranker_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    ranker_version = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    packs = table.Column<string>(type: "TEXT", nullable: false),
                    offers = table.Column<string>(type: "TEXT", nullable: false),
                    propensity = table.Column<double>(type: "REAL", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shown_lists", x => x.id);
                    table.ForeignKey(
                        name: "fk_shown_lists_visitors_visitor_id",
                        column: x => x.visitor_id,
                        principalTable: "visitors",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "meeting_cells",
                columns: table => new
                {
                    visitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    cell = table.Column<int>(type: "INTEGER", nullable: false),
                    meeting_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meeting_cells", x => new { x.visitor_id, x.cell });
                    table.ForeignKey(
                        name: "fk_meeting_cells_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_inbox_at",
                table: "inbox",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_subject",
                table: "inbox",
                column: "subject");

            migrationBuilder.CreateIndex(
                name: "ix_meeting_cells_meeting",
                table: "meeting_cells",
                column: "meeting_id");

            migrationBuilder.CreateIndex(
                name: "ix_meetings_expiry",
                table: "meetings",
                column: "expires_at",
                filter: "expires_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_meetings_fair",
                table: "meetings",
                columns: new[] { "fair_id", "requested_at" });

            migrationBuilder.CreateIndex(
                name: "ix_meetings_visitor",
                table: "meetings",
                column: "visitor_id");

            migrationBuilder.CreateIndex(
                name: "ux_meetings_code",
                table: "meetings",
                columns: new[] { "exhibitor_id", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_meetings_ordinal",
                table: "meetings",
                columns: new[] { "visitor_id", "ordinal" },
                unique: true,
                filter: "ordinal is not null");

            migrationBuilder.CreateIndex(
                name: "ux_meetings_seat",
                table: "meetings",
                columns: new[] { "slot_id", "table_no" },
                unique: true,
                filter: "table_no is not null");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_due",
                table: "outbox",
                columns: new[] { "next_at", "claimed_until" },
                filter: "sent_at is null and dead_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_sent",
                table: "outbox",
                column: "sent_at");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_subject",
                table: "outbox",
                column: "subject");

            migrationBuilder.CreateIndex(
                name: "ix_quarantine_subject",
                table: "quarantine",
                column: "subject");

            migrationBuilder.CreateIndex(
                name: "ix_shown_lists_fair",
                table: "shown_lists",
                columns: new[] { "fair_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ux_shown_lists_version",
                table: "shown_lists",
                columns: new[] { "visitor_id", "profile_version", "catalogue_version", "day", "ranker_kind", "ranker_version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_slots_fair",
                table: "slots",
                column: "fair_id");

            migrationBuilder.CreateIndex(
                name: "ux_slots_time",
                table: "slots",
                columns: new[] { "exhibitor_id", "starts_at", "format" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_visitor_tokens_visitor",
                table: "visitor_tokens",
                column: "visitor_id");

            migrationBuilder.CreateIndex(
                name: "ix_visitors_fair",
                table: "visitors",
                columns: new[] { "fair_id", "since" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "catalogues");

            migrationBuilder.DropTable(
                name: "idempotency");

            migrationBuilder.DropTable(
                name: "inbox");

            migrationBuilder.DropTable(
                name: "meeting_cells");

            migrationBuilder.DropTable(
                name: "opened_offers");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "quarantine");

            migrationBuilder.DropTable(
                name: "shown_lists");

            migrationBuilder.DropTable(
                name: "visitor_tokens");

            migrationBuilder.DropTable(
                name: "meetings");

            migrationBuilder.DropTable(
                name: "seats");

            migrationBuilder.DropTable(
                name: "visitors");

            migrationBuilder.DropTable(
                name: "slots");

            migrationBuilder.DropTable(
                name: "visitor_marks");
        }
    }
}
