using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Matchmaking.ServiceDefaults.Cache;

/// <summary>
/// A note in the shared cache: "this key stands at this version". The service that writes leaves it before it answers; another service, asked
/// about the same key, knows by it that an event is still on its way and waits instead of answering from the past.
/// </summary>
public sealed partial class FreshMarks(ILogger<FreshMarks> log, IConnectionMultiplexer? redis = null) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Longer than an event is usually on its way, shorter than anybody would wait for one that never was.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(15);

    /// <summary>Where there is one process, its memory is what all share.</summary>
    private readonly MemoryCache _own = new(new MemoryCacheOptions());

    public async Task LeaveAsync(string key, long version)
    {
        if (redis is null) _own.Set(key, version, Lifetime);
        else if (!await TryAsync(Set) && redis.IsConnected) await TryAsync(Set); // Only slow: who asks next must not find nothing.

        Task Set() => redis.GetDatabase().StringSetAsync(Key(key), version, Lifetime);
    }

    /// <summary>
    /// Notes a version whose commit has only just begun, so that the two do not wait for each other. Should the commit never come, nobody waits
    /// for it much longer than for an event: <see cref="Confirm"/> lets the note live as long as any other.
    /// </summary>
    public async Task PromiseAsync(string key, long version)
    {
        if (redis is null) _own.Set(key, version, Promised);
        else await TryAsync(() => redis.GetDatabase().StringSetAsync(Key(key), version, Promised));
    }

    /// <summary>Committed. Nobody need wait for it: it changes how long the note lives, not what it says, which may be newer by now.</summary>
    public void Confirm(string key, long version)
    {
        if (redis is not null) _ = TryAsync(() => redis.GetDatabase().KeyExpireAsync(Key(key), Lifetime));
        else if (_own.Get<long?>(key) == version) _own.Set(key, version, Lifetime);
    }

    /// <summary>Takes a note back: what it spoke of is gone, and nobody need wait for it.</summary>
    public async Task ForgetAsync(string key)
    {
        if (redis is null) _own.Remove(key);
        else await TryAsync(() => redis.GetDatabase().KeyDeleteAsync(Key(key)));
    }

    /// <returns>The version; null: nothing noted. Reachable is false when the cache does not answer.</returns>
    public async ValueTask<(bool Reachable, long? Version)> ReadAsync(string key)
    {
        if (redis is null) return (true, _own.Get<long?>(key));
        var found = RedisValue.Null;
        return (await TryAsync(async () => found = await redis.GetDatabase().StringGetAsync(Key(key))), found.HasValue && found.TryParse(out long version) ? version : null);
    }

    public void Dispose() => _own.Dispose();

    private static RedisKey Key(string key) => "matchmaking:fresh:" + key;

    private async Task<bool> TryAsync(Func<Task> call)
    {
        try
        {
            await call();
            return true;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            LogAway(log, e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(161, LogLevel.Warning, "The shared cache does not answer ({Reason}): slower, not wrong")]
    private static partial void LogAway(ILogger log, string reason);
}
