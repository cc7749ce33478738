using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Matching.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class TableCells : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "table_cells",
                columns: table => new
                {
                    exhibitor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    table_no = table.Column<int>(type: "integer", nullable: false),
                    cell = table.Column<int>(type: "integer", nullable: false),
                    meeting_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_table_cells", x => new { x.exhibitor_id, x.table_no, x.cell });
                    table.ForeignKey(
                        name: "fk_table_cells_meetings_meeting_id",
                        column: x => x.meeting_id,
                        principalTable: "meetings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_table_cells_meeting",
                table: "table_cells",
                column: "meeting_id");

            // What is booked already keeps its table, also where an earlier version gave one table to several formats at the same time.
            migrationBuilder.Sql(
                "insert into table_cells (exhibitor_id, table_no, cell, meeting_id) " +
                "select m.exhibitor_id, m.table_no, c.cell, m.id from meeting_cells c join meetings m on m.id = c.meeting_id where m.table_no is not null " +
                "on conflict do nothing");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "table_cells");
        }
    }
}
