using System.Collections.Concurrent;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Visitors;

/// <summary>Knows visitors by their tokens. Hits are remembered for some seconds; misses never, as a token may be on its way.</summary>
internal sealed class VisitorTokens(IServiceScopeFactory scopes, TimeProvider clock) : ICapabilityHolders
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, (Guid Visitor, DateTimeOffset Until)> _hits = new();

    public async ValueTask<Guid?> FindAsync(string tokenHash, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_hits.TryGetValue(tokenHash, out var hit) && hit.Until > now) return hit.Visitor;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
        var found = await (from token in db.VisitorTokens
                           join visitor in db.Visitors on token.VisitorId equals visitor.Id
                           where token.Hash == tokenHash && visitor.ExpiresAt > now
                           select (Guid?)visitor.Id).SingleOrDefaultAsync(cancel);
        if (found is not { } id) return null;
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
