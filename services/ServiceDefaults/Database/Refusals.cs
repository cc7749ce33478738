using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Matchmaking.ServiceDefaults.Database;

/// <summary>What a database's "no" means: a constraint that held, or an outage that passes.</summary>
public static class Refusals
{
    private const int SqliteConstraint = 19, SqliteBusy = 5, SqliteLocked = 6, SqliteForeignKey = 787, SqliteUnique = 2067, SqlitePrimaryKey = 1555;

    /// <summary>
    /// The columns or the constraint of the uniqueness that a save ran into, in lower case; null if it was something else.
    /// PostgreSQL names the constraint, SQLite "table.column, table.column": look for a table or column name in it.
    /// </summary>
    public static string? UniquenessBroken(DbUpdateException refusal) => refusal.InnerException switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } e => e.ConstraintName?.ToLowerInvariant() ?? "",
        SqliteException { SqliteErrorCode: SqliteConstraint, SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey } e => e.Message.ToLowerInvariant(),
        _ => null,
    };

    /// <summary>True where a row that was referred to is not there any more, or one that is still referred to was to go.</summary>
    public static bool ReferenceBroken(DbUpdateException refusal) => refusal.InnerException is
        PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation }
        or SqliteException { SqliteErrorCode: SqliteConstraint, SqliteExtendedErrorCode: SqliteForeignKey };

    /// <summary>
    /// True where saves waited for each other and PostgreSQL broke this one off: nothing of it is stored, and the same goes through when it is tried again.
    /// EF Core wraps it, so it is no <see cref="DbUpdateException"/>.
    /// </summary>
    public static bool IsDeadlock(Exception? e) => e is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected } || (e?.InnerException is { } inner && IsDeadlock(inner));

    /// <summary>True for a broken connection, a server that starts or stops, a lock: the same call may work in a moment.</summary>
    public static bool IsOutage(Exception? e) => e switch
    {
        null => false,
        PostgresException p => p.IsTransient || p.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException or SocketException or TimeoutException => true,
        SqliteException s => s.SqliteErrorCode is SqliteBusy or SqliteLocked,
        AggregateException a => a.InnerExceptions.Any(IsOutage),
        _ => IsOutage(e.InnerException),
    };
}
