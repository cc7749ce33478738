using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Visitors;

/// <summary>Knows visitors by their tokens.</summary>
internal sealed class VisitorTokens(IServiceScopeFactory scopes, TimeProvider clock) : ICapabilityHolders
{
    public async ValueTask<Guid?> FindAsync(string tokenHash, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
        return await (from token in db.VisitorTokens
                      join visitor in db.Visitors on token.VisitorId equals visitor.Id
                      where token.Hash == tokenHash && visitor.ExpiresAt > now
                      select (Guid?)visitor.Id).SingleOrDefaultAsync(cancel);
    }
}
