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
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();
    private readonly MemoryCache _come = new(new MemoryCacheOptions { SizeLimit = MostKept, ExpirationScanFrequency = TimeSpan.FromSeconds(30) });

    private sealed record Arrival(Visitor Visitor, bool IsStored);

    /// <summary>
    /// It has come; our copy is not stored yet, nor was it asked whether the visitor was erased. It is for those who have found the visitor in the
    /// database themselves: Profile has these needs for good.
    /// </summary>
    /// <param name="visitor">Nobody changes it any more.</param>
    public void Tell(Visitor visitor) => Remember(new Arrival(visitor, IsStored: false));

    /// <summary>Our copy is committed: everybody may have it.</summary>
    public void Keep(Visitor visitor) => Remember(new Arrival(visitor, IsStored: true));

    public void Forget(Guid visitorId) => _come.Remove(visitorId);

    /// <param name="version">An older one is waited past.</param>
    /// <param name="standing">As the caller has just found the visitor in the database; null: not there, and only a stored copy will do.</param>
    /// <param name="isNoted">True where Profile said that this version is on its way.</param>
    /// <returns>The visitor at that version or a newer one; null where it has not come in time.</returns>
    public async Task<Visitor?> WaitAsync(Guid visitorId, long version, Standing? standing, bool isNoted, TimeSpan patience, CancellationToken cancel)
    {
        var isHere = standing is not null;
        if (Come(visitorId, version, isHere) is { } kept) return kept;
        var until = clock.GetUtcNow() + patience;
        for (var pause = isNoted && !(standing?.Version >= version) ? FirstLook : TimeSpan.Zero; ; pause = LookAgain)
        {
            // Registered before the looks, so that an arrival between look and wait is not missed.
            var arrival = _waiting.GetOrAdd(visitorId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (pause > TimeSpan.Zero && Come(visitorId, version, isHere) is null) await Task.WhenAny(arrival.Task, Task.Delay(pause, clock, cancel));
            cancel.ThrowIfCancellationRequested();
            var found = Come(visitorId, version, isHere);
            if (found is null && await StoredAsync(visitorId, cancel) is { } stored && stored.Version >= version) Keep(found = stored);
            if (found is null && clock.GetUtcNow() < until) continue;
            End(visitorId); // Others who wait look again for themselves.
            return found;
        }
    }

    public void Dispose() => _come.Dispose();

    private void Remember(Arrival arrival)
    {
        var (id, version) = (arrival.Visitor.Id, arrival.Visitor.Version);
        if (!_come.TryGetValue<Arrival>(id, out var before) || before!.Visitor.Version < version || (before.Visitor.Version == version && arrival.IsStored && !before.IsStored))
            _come.Set(id, arrival, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Kept, Size = 1 });
        End(id);
    }

    private Visitor? Come(Guid visitorId, long version, bool isHere) =>
        _come.TryGetValue<Arrival>(visitorId, out var come) && come!.Visitor.Version >= version && (isHere || come.IsStored) ? come.Visitor : null;

    private async Task<Visitor?> StoredAsync(Guid visitorId, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<MatchingDb>().Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == visitorId, cancel);
    }

    private void End(Guid visitorId)
    {
        if (_waiting.TryRemove(visitorId, out var waiting)) waiting.TrySetResult();
    }
}
