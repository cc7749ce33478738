using MassTransit;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Matching.Visitors;

/// <summary>One more capability of a visitor. It may come before the profile itself: queues have no order among each other.</summary>
internal sealed class KnowVisitorLinkConsumer(MatchingDb db) : IConsumer<VisitorLinkIssued>
{
    public async Task Consume(ConsumeContext<VisitorLinkIssued> context)
    {
        var link = context.Message;
        if (await VisitorMark.TouchAsync(db, link.VisitorId, context.CancellationToken) is null) return;
        await KnowAsync(db, link.VisitorId, link.TokenHash, context.CancellationToken);
    }

    internal static async Task KnowAsync(MatchingDb db, Guid visitorId, string hash, CancellationToken cancel)
    {
        if (await db.VisitorTokens.FindAsync([hash], cancel) is null) db.VisitorTokens.Add(new VisitorToken { Hash = hash, VisitorId = visitorId });
    }
}
