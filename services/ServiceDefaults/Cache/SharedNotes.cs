using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Matchmaking.ServiceDefaults.Cache;

/// <summary>
/// Small texts for minutes, which every replica reads and of which one alone takes: in Redis where deployed, in the memory of the process where there is
/// one. Nothing here outlives its time, and nothing that must not be lost belongs here. Where an answer says "not reachable", nothing was changed as far as
/// is known.
/// </summary>
public sealed partial class SharedNotes(TimeProvider clock, ILogger<SharedNotes> log, IConnectionMultiplexer? redis = null)
{
    private readonly ConcurrentDictionary<string, Note> _own = new();

    private sealed record Note(string Text, DateTimeOffset Until);

    /// <returns>False: somebody has left a note under this key; null: not reachable.</returns>
    public async Task<bool?> AddAsync(string key, string text, TimeSpan life)
    {
        if (redis is null)
        {
            Sweep();
            return _own.TryAdd(key, new(text, clock.GetUtcNow() + life));
        }
        return await TryAsync(db => db.StringSetAsync(Key(key), text, life, When.NotExists)) is (true, var added) ? added : null;
    }

    public async Task<(bool Reachable, string? Text)> ReadAsync(string key)
    {
        if (redis is null) return (true, Live(key)?.Text);
        var (reachable, text) = await TryAsync(db => db.StringGetAsync(Key(key)));
        return (reachable, text);
    }

    /// <summary>The note, and it is gone: of all who take it at once, over all replicas, one gets it.</summary>
    public async Task<(bool Reachable, string? Text)> TakeAsync(string key)
    {
        if (redis is null) return (true, Live(key) is { } note && _own.TryRemove(KeyValuePair.Create(key, note)) ? note.Text : null);
        // GETDEL, of Redis 6.2 and later.
        var (reachable, text) = await TryAsync(db => db.StringGetDeleteAsync(Key(key)));
        return (reachable, text);
    }

    /// <summary>Counts up or down within a span of time that begins for all at the same moment.</summary>
    /// <returns>How many there are now; null: not reachable.</returns>
    public async Task<long?> CountAsync(string key, int by, TimeSpan span)
    {
        key = $"{key}:{clock.GetUtcNow().Ticks / span.Ticks}";
        if (redis is null)
        {
            Sweep();
            var note = _own.AddOrUpdate(key, _ => new($"{by}", clock.GetUtcNow() + span), (_, was) => was with { Text = $"{long.Parse(was.Text) + by}" });
            return long.Parse(note.Text);
        }
        return await TryAsync(async db =>
        {
            var both = db.CreateTransaction();
            var counted = both.StringIncrementAsync(Key(key), by);
            _ = both.KeyExpireAsync(Key(key), span);
            await both.ExecuteAsync();
            return await counted;
        }) is (true, var count) ? count : null;
    }

    /// <summary>Leaves a note among those of a group, which are read together, in the place of one under the same key.</summary>
    /// <param name="life">Of the whole group, from now on.</param>
    public async Task<bool> PutInAsync(string group, string key, string text, TimeSpan life)
    {
        if (redis is null)
        {
            Sweep();
            _own[Member(group, key)] = new(text, clock.GetUtcNow() + life);
            return true;
        }
        return (await TryAsync(async db =>
        {
            await db.HashSetAsync(Key(group), key, text);
            return await db.KeyExpireAsync(Key(group), life);
        })).Reachable;
    }

    public async Task<bool> DropFromAsync(string group, string key)
    {
        if (redis is null)
        {
            _own.TryRemove(Member(group, key), out _);
            return true;
        }
        return (await TryAsync(db => db.HashDeleteAsync(Key(group), key))).Reachable;
    }

    /// <returns>null: not reachable.</returns>
    public async Task<IReadOnlyDictionary<string, string>?> AllInAsync(string group)
    {
        if (redis is null)
        {
            Sweep();
            return _own.Where(n => n.Key.StartsWith(Member(group, ""), StringComparison.Ordinal)).ToDictionary(n => n.Key[Member(group, "").Length..], n => n.Value.Text);
        }
        return await TryAsync(db => db.HashGetAllAsync(Key(group))) is (true, var all) ? all!.ToDictionary(e => e.Name.ToString(), e => e.Value.ToString()) : null;
    }

    private Note? Live(string key) => _own.TryGetValue(key, out var note) && note.Until > clock.GetUtcNow() ? note : null;

    /// <summary>What is over goes when something new comes: of all kinds together there are hundreds at most.</summary>
    private void Sweep()
    {
        foreach (var (key, note) in _own)
            if (note.Until <= clock.GetUtcNow()) _own.TryRemove(KeyValuePair.Create(key, note));
    }

    private static string Member(string group, string key) => $"{group}/{key}";

    private static RedisKey Key(string key) => "matchmaking:note:" + key;

    private async Task<(bool Reachable, T? Found)> TryAsync<T>(Func<IDatabase, Task<T>> call)
    {
        try
        {
            return (true, await call(redis!.GetDatabase()));
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            LogAway(log, e.GetType().Name);
            return (false, default);
        }
    }

    [LoggerMessage(162, LogLevel.Warning, "The shared cache does not answer ({Reason}): what is handed over through it has to wait")]
    private static partial void LogAway(ILogger log, string reason);
}
