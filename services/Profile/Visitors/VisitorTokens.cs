using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Visitors;

/// <summary>Knows visitors by their tokens.</summary>
internal sealed class VisitorTokens(IServiceScopeFactory scopes) : ICapabilityHolders
{
    public async ValueTask<Guid?> FindAsync(string tokenHash, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProfileDb>();
        return await db.VisitorTokens.Where(t => t.Hash == tokenHash).Select(t => (Guid?)t.VisitorId).SingleOrDefaultAsync(cancel);
    }
}
