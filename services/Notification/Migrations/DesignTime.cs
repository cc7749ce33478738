using Matchmaking.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Matchmaking.Notification.Migrations;

/// <summary>For `dotnet ef migrations add` alone; no database is opened.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<NotificationDbSqlite>
{
    public NotificationDbSqlite CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<NotificationDbSqlite>().UseSqlite("Data Source=:memory:").Options);
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<NotificationDbPostgres>
{
    public NotificationDbPostgres CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<NotificationDbPostgres>().UseNpgsql("Host=nowhere").Options);
}
