using System.Collections.Concurrent;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Visitors;

/// <summary>
/// Knows visitors by their tokens. Hits are remembered for a minute, or until an erasure; on another replica an erased visitor's token may open
/// a door for that long, behind which nobody is found any more.
/// </summary>
internal sealed class VisitorTokens(IServiceScopeFactory scopes, TimeProvider clock) : ICapabilityHolders
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, (Guid Visitor, DateTimeOffset Until)> _hits = new();

    public async ValueTask<Guid?> FindAsync(string tokenHash, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_hits.TryGetValue(tokenHash, out var hit) && hit.Until > now) return hit.Visitor;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProfileDb>();
        if (await db.VisitorTokens.Where(t => t.Hash == tokenHash).Select(t => (Guid?)t.VisitorId).SingleOrDefaultAsync(cancel) is not { } id) return null;
        if (_hits.Count >= MostRemembered) _hits.Clear();
        _hits[tokenHash] = (id, now + Remembered);
        return id;
    }

    public void Forget(Guid visitorId)
    {
        foreach (var (hash, hit) in _hits)
            if (hit.Visitor == visitorId) _hits.TryRemove(hash, out _);
    }
}
