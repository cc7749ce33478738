using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Matchmaking.ServiceDefaults.Database;

/// <summary>By which an erasure asks for the write-ahead log to be emptied; without a listener (PostgreSQL) nothing happens.</summary>
internal sealed class WriteAheadLogs
{
    private readonly ConcurrentDictionary<Type, SemaphoreSlim> _asked = new();

    public SemaphoreSlim Of(Type db) => _asked.GetOrAdd(db, _ => new SemaphoreSlim(0));

    public void Empty(Type db)
    {
        if (_asked.TryGetValue(db, out var asked) && asked.CurrentCount == 0) asked.Release();
    }
}

/// <summary>
/// What was erased from a SQLite database stands in its write-ahead log until that is written over, which may be days. After each erasure, and at
/// the start for what a process that died had left, the log is carried over into the database (where deleted rows are overwritten) and cut to
/// nothing. It runs beside the writers: where one of them or a reader is in the way, it comes again.
/// </summary>
internal sealed partial class EmptyWriteAheadLog<TDb>(IServiceScopeFactory scopes, WriteAheadLogs logs, ILogger<EmptyWriteAheadLog<TDb>> log) : BackgroundService
    where TDb : ServiceDb
{
    /// <summary>Several erasures that come together are carried over together.</summary>
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(200), LongestWait = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var asked = logs.Of(typeof(TDb));
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                for (var wait = Together; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
                {
                    await Task.Delay(wait, stopping);
                    if (await EmptyAsync(stopping)) break;
                }
                await asked.WaitAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { return; }
        }
    }

    /// <returns>False where somebody was in the way.</returns>
    internal async Task<bool> EmptyAsync(CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<TDb>().Database;
            await database.OpenConnectionAsync(cancel);
            await using var command = database.GetDbConnection().CreateCommand();
            command.CommandText = "pragma wal_checkpoint(truncate)";
            await using var row = await command.ExecuteReaderAsync(cancel);
            // The first column is 1 where a reader or writer held something back.
            return await row.ReadAsync(cancel) && row.GetInt32(0) == 0;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogLater(log, typeof(TDb).Name, e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(103, LogLevel.Warning, "Emptying the write-ahead log of {Database} is put off ({Reason})")]
    private static partial void LogLater(ILogger log, string database, string reason);
}
