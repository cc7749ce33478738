using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Matchmaking.Matching.Migrations;

/// <summary>Lets `dotnet ef migrations add` build the model without a database.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<MatchingDbSqlite>
{
    public MatchingDbSqlite CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<MatchingDbSqlite>().UseSqlite("Data Source=design.db").Options);
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<MatchingDbPostgres>
{
    public MatchingDbPostgres CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<MatchingDbPostgres>().UseNpgsql("Host=design").Options);
}
