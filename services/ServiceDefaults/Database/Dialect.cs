using Microsoft.EntityFrameworkCore;

namespace Matchmaking.ServiceDefaults.Database;

/// <summary>The few places where SQLite and PostgreSQL need different words.</summary>
/// <param name="Now">The database's clock as Unix milliseconds, usable as a column default.</param>
/// <param name="SkipLocked">Lets dispatchers of several replicas claim different rows; SQLite has a single writer anyway.</param>
public sealed record Dialect(string Now, string SkipLocked)
{
    private static readonly Dialect Sqlite = new("(cast(unixepoch('subsec') * 1000 as integer))", "");
    private static readonly Dialect Postgres = new("((extract(epoch from clock_timestamp()) * 1000)::bigint)", "for update skip locked");

    public static Dialect Of(DbContext db) => IsSqlite(db) ? Sqlite : Postgres;

    /// <summary>The database's clock as Unix milliseconds: by it leases count, whatever the clocks of the replicas say.</summary>
    public static Task<long> NowAsync(DbContext db, CancellationToken cancel)
    {
        var now = $"select {Of(db).Now} as \"Value\"";
        return db.Database.SqlQueryRaw<long>(now).SingleAsync(cancel);
    }

    public static bool IsSqlite(DbContext db) => db.Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal);
}
