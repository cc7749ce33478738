using System.Data;
using System.Data.Common;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Matchmaking.Matching.Quality;

/// <summary>All that is read until it is disposed of is of one moment, whoever is erased meanwhile. Nobody who writes waits for it.</summary>
internal sealed class OneSnapshot : IAsyncDisposable
{
    private readonly MatchingDb _db;
    private readonly IDbContextTransaction _transaction;
    private readonly DbTransaction _own;

    private OneSnapshot(MatchingDb db, IDbContextTransaction transaction) => (_db, _transaction, _own) = (db, transaction, transaction.GetDbTransaction());

    public static async Task<OneSnapshot> TakeAsync(MatchingDb db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        // On SQLite what the framework begins of itself is a writer's transaction.
        return new OneSnapshot(db, Dialect.IsSqlite(db)
            ? (await db.Database.UseTransactionAsync(((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true), cancel))!
            : await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _own.DisposeAsync();
        await _db.Database.CloseConnectionAsync();
    }
}
