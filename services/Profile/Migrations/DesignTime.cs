using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Matchmaking.Profile.Migrations;

/// <summary>For "dotnet ef migrations add" alone: see CONTRIBUTING.md.</summary>
internal sealed class SqliteAtDesignTime : IDesignTimeDbContextFactory<ProfileDbSqlite>
{
    public ProfileDbSqlite CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<ProfileDbSqlite>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class PostgresAtDesignTime : IDesignTimeDbContextFactory<ProfileDbPostgres>
{
    public ProfileDbPostgres CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<ProfileDbPostgres>().UseNpgsql("Host=localhost").Options);
}
