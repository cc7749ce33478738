using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class StandPlans : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_slots_time",
                table: "slots");

            migrationBuilder.AddColumn<int>(
                name: "stand_limit",
                table: "slots",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "walk_ins_from",
                table: "slots",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            // As it was: the kept seats can be booked from when the fair opens.
            migrationBuilder.Sql("update slots set walk_ins_from = (select min(o.starts_at) from slots o where o.fair_id = slots.fair_id)");

            migrationBuilder.AddColumn<string>(
                name: "languages",
                table: "seats",
                type: "TEXT",
                nullable: false,
                defaultValueSql: "'[]'");

            migrationBuilder.AddColumn<int>(
                name: "stand_ordinal",
                table: "meetings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "stand_plans",
                columns: table => new
                {
                    exhibitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    plan = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stand_plans", x => x.exhibitor_id);
                });

            migrationBuilder.CreateTable(
                name: "walk_ins",
                columns: table => new
                {
                    slot_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    table_no = table.Column<int>(type: "INTEGER", nullable: false),
                    fair_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    exhibitor_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    was_kept = table.Column<bool>(type: "INTEGER", nullable: false),
                    languages = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_walk_ins", x => new { x.slot_id, x.table_no });
                    table.ForeignKey(
                        name: "fk_walk_ins_slots_slot_id",
                        column: x => x.slot_id,
                        principalTable: "slots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ux_slots_time",
                table: "slots",
                columns: new[] { "exhibitor_id", "starts_at", "ends_at", "format" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_meetings_stand_ordinal",
                table: "meetings",
                columns: new[] { "exhibitor_id", "stand_ordinal" },
                unique: true,
                filter: "stand_ordinal is not null");

            migrationBuilder.CreateIndex(
                name: "ix_walk_ins_exhibitor",
                table: "walk_ins",
                column: "exhibitor_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "stand_plans");

            migrationBuilder.DropTable(
                name: "walk_ins");

            migrationBuilder.DropIndex(
                name: "ux_slots_time",
                table: "slots");

            migrationBuilder.DropIndex(
                name: "ux_meetings_stand_ordinal",
                table: "meetings");

            migrationBuilder.DropColumn(
                name: "stand_limit",
                table: "slots");

            migrationBuilder.DropColumn(
                name: "walk_ins_from",
                table: "slots");

            migrationBuilder.DropColumn(
                name: "languages",
                table: "seats");

            migrationBuilder.DropColumn(
                name: "stand_ordinal",
                table: "meetings");

            migrationBuilder.CreateIndex(
                name: "ux_slots_time",
                table: "slots",
                columns: new[] { "exhibitor_id", "starts_at", "format" },
                unique: true);
        }
    }
}
