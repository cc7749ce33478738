using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Matchmaking.Matching.Visitors;

/// <summary>
/// Lets a request wait for a profile that is still on its way. In the replica that takes it in, the waiting are handed it at once; in others
/// they look at the database every few milliseconds. What came last is remembered for a minute, and used where it is known to be the newest.
/// </summary>
internal sealed class VisitorArrivals(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    private const int MostKept = 5_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    /// <summary>An event that was announced just now is here sooner than the database could answer "not yet".</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(40);
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<Visitor?>> _waiting = new();
    private readonly MemoryCache _come = new(new MemoryCacheOptions { SizeLimit = MostKept, ExpirationScanFrequency = TimeSpan.FromSeconds(30) });

    /// <summary>Hands it to those who wait for it now.</summary>
    /// <param name="visitor">Nobody changes it any more.</param>
    public void Tell(Visitor visitor) => End(visitor.Id, visitor);

    /// <summary>It is committed: those who still wait get it, and those who ask for this version later.</summary>
    public void Keep(Visitor visitor)
    {
        if (Come(visitor.Id, visitor.Version) is null) _come.Set(visitor.Id, visitor, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Kept, Size = 1 });
        End(visitor.Id, visitor);
    }

    public void Forget(Guid visitorId) => _come.Remove(visitorId);

    /// <param name="newest">The version that Profile noted last; null where nothing is known of one, and only the database can tell.</param>
    /// <param name="atLeast">An older one is waited past.</param>
    /// <returns>The visitor at that version or a newer one; null where it has not come in time.</returns>
    public async Task<Visitor?> WaitAsync(Guid visitorId, long? newest, long atLeast, TimeSpan patience, CancellationToken cancel)
    {
        var version = Math.Max(newest ?? 0, atLeast);
        if (newest is not null && Come(visitorId, version) is { } kept) return kept;
        var until = clock.GetUtcNow() + patience;
        for (var pause = newest is null ? TimeSpan.Zero : FirstLook; ; pause = LookAgain)
        {
            // Registered before the look, so that an arrival between look and wait is not missed.
            var arrival = _waiting.GetOrAdd(visitorId, _ => new TaskCompletionSource<Visitor?>(TaskCreationOptions.RunContinuationsAsynchronously));
            if (pause > TimeSpan.Zero) await Task.WhenAny(arrival.Task, Task.Delay(pause, clock, cancel));
            cancel.ThrowIfCancellationRequested();
            if (arrival.Task is { IsCompletedSuccessfully: true, Result: { } come } && come.Version >= version) return come;
            if (await StoredAsync(visitorId, cancel) is { } stored && stored.Version >= version)
            {
                Keep(stored);
                return stored;
            }
            if (clock.GetUtcNow() < until) continue;
            End(visitorId, null); // Others who wait look again for themselves.
            return null;
        }
    }

    public void Dispose() => _come.Dispose();

    private Visitor? Come(Guid visitorId, long version) => _come.TryGetValue<Visitor>(visitorId, out var come) && come!.Version >= version ? come : null;

    private async Task<Visitor?> StoredAsync(Guid visitorId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MatchingDb>().Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == visitorId, cancel);
    }

    private void End(Guid visitorId, Visitor? visitor)
    {
        if (_waiting.TryRemove(visitorId, out var waiting)) waiting.TrySetResult(visitor);
    }
}
