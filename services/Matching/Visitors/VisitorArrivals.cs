using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Visitors;

/// <summary>
/// Lets a request wait for a profile that is still on its way. In the replica that takes it in, the waiting are handed it as soon as it is
/// committed; in others they look at the database every few milliseconds.
/// </summary>
internal sealed class VisitorArrivals(IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(40);
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<Visitor?>> _waiting = new();

    /// <summary>The visitor as committed; from now on it is only read.</summary>
    public void Tell(Visitor visitor) => End(visitor.Id, visitor);

    /// <returns>The visitor at that version or a newer one; null where it has not come in time.</returns>
    public async Task<Visitor?> WaitAsync(Guid visitorId, long version, TimeSpan patience, CancellationToken cancel)
    {
        var until = clock.GetUtcNow() + patience;
        while (true)
        {
            // Registered before the look, so that an arrival between look and wait is not missed.
            var arrival = _waiting.GetOrAdd(visitorId, _ => new TaskCompletionSource<Visitor?>(TaskCreationOptions.RunContinuationsAsynchronously));
            await using (var scope = scopes.CreateAsyncScope())
            {
                var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
                var known = await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == visitorId, cancel);
                if (known is not null && known.Version >= version)
                {
                    _waiting.TryRemove(new KeyValuePair<Guid, TaskCompletionSource<Visitor?>>(visitorId, arrival));
                    return known;
                }
            }
            if (clock.GetUtcNow() >= until)
            {
                End(visitorId, null); // Others who wait look again for themselves.
                return null;
            }
            await Task.WhenAny(arrival.Task, Task.Delay(LookAgain, clock, cancel));
            cancel.ThrowIfCancellationRequested();
            if (arrival.Task is { IsCompletedSuccessfully: true, Result: { } come } && come.Version >= version) return come;
        }
    }

    private void End(Guid visitorId, Visitor? visitor)
    {
        if (_waiting.TryRemove(visitorId, out var waiting)) waiting.TrySetResult(visitor);
    }
}
