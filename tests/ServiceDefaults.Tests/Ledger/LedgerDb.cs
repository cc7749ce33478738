using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.ServiceDefaults.Tests.Ledger;

/// <summary>The smallest service that has everything: one table, two events, two consumers.</summary>
public abstract class LedgerDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Entry> Entries => Set<Entry>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.Entity<Entry>(e =>
        {
            e.ToTable("entries");
            e.HasIndex(x => x.Unique).IsUnique().HasDatabaseName("ux_entries_unique");
        });
        model.UseSnakeCase();
    }
}

public sealed class LedgerDbSqlite(DbContextOptions<LedgerDbSqlite> options) : LedgerDb(options);

public sealed class LedgerDbPostgres(DbContextOptions<LedgerDbPostgres> options) : LedgerDb(options);

/// <summary>One line per effect: a message handled twice shows as two lines.</summary>
public sealed class Entry
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string By { get; init; }
    public Guid Account { get; init; }
    public int Amount { get; init; }

    /// <summary>Two lines with the same value cannot be saved; null is free.</summary>
    public string? Unique { get; init; }
}
