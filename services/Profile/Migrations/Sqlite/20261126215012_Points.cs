using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Matchmaking.Profile.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Points : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<double>(
                name: "latitude",
                table: "fairs",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "longitude",
                table: "fairs",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "latitude",
                table: "exhibitors",
                type: "REAL",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "longitude",
                table: "exhibitors",
                type: "REAL",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "latitude",
                table: "fairs");

            migrationBuilder.DropColumn(
                name: "longitude",
                table: "fairs");

            migrationBuilder.DropColumn(
                name: "latitude",
                table: "exhibitors");

            migrationBuilder.DropColumn(
                name: "longitude",
                table: "exhibitors");
        }
    }
}
