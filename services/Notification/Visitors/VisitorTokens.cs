using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Visitors;

/// <summary>Knows visitors by their capabilities.</summary>
internal sealed class VisitorTokens(IServiceScopeFactory scopes, TimeProvider clock) : ICapabilityHolders
{
    public async ValueTask<Guid?> FindAsync(string tokenHash, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
        var now = clock.GetUtcNow();
        return await (
            from link in db.Links
            join visitor in db.Visitors on link.VisitorId equals visitor.Id
            where link.TokenHash == tokenHash && visitor.ErasedAt == null && (visitor.ExpiresAt == null || visitor.ExpiresAt > now)
            select (Guid?)visitor.Id).SingleOrDefaultAsync(cancel);
    }
}
