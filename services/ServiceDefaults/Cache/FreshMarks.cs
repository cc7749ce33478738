using System.Buffers.Text;
using System.Text;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace Matchmaking.ServiceDefaults.Cache;

/// <summary>
/// A note in the shared cache: "this key stands at this version". The service that writes leaves it before it answers; another service, asked
/// about the same key, knows by it that an event is still on its way and waits instead of answering from the past.
/// </summary>
public sealed partial class FreshMarks(IDistributedCache cache, ILogger<FreshMarks> log)
{
    private static readonly DistributedCacheEntryOptions Lifetime = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) };

    public async Task LeaveAsync(string key, long version, CancellationToken cancel = default)
    {
        try { await cache.SetAsync("fresh:" + key, Encoding.ASCII.GetBytes(version.ToString(System.Globalization.CultureInfo.InvariantCulture)), Lifetime, cancel); }
        catch (Exception e) when (e is not OperationCanceledException) { LogAway(log, e.GetType().Name); }
    }

    /// <summary>Takes a note back: what it spoke of is gone, and nobody need wait for it.</summary>
    public async Task ForgetAsync(string key, CancellationToken cancel = default)
    {
        try { await cache.RemoveAsync("fresh:" + key, cancel); }
        catch (Exception e) when (e is not OperationCanceledException) { LogAway(log, e.GetType().Name); }
    }

    /// <returns>The version; null: nothing noted; <see cref="long.MaxValue"/> is never returned. Reachable is false when the cache does not answer.</returns>
    public async ValueTask<(bool Reachable, long? Version)> ReadAsync(string key, CancellationToken cancel = default)
    {
        try
        {
            var found = await cache.GetAsync("fresh:" + key, cancel);
            return (true, found is not null && Utf8Parser.TryParse(found, out long version, out _) ? version : null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogAway(log, e.GetType().Name);
            return (false, null);
        }
    }

    [LoggerMessage(161, LogLevel.Warning, "The shared cache does not answer ({Reason}): slower, not wrong")]
    private static partial void LogAway(ILogger log, string reason);
}
