using MassTransit;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Visitors;

/// <summary>A profile came or changed: our copy follows it, and whoever waits for its list is told; the first list is announced.</summary>
internal sealed class RankVisitorConsumer(MatchingDb db, VisitorLists lists, VisitorArrivals arrivals, TimeProvider clock)
    : IConsumer<VisitorProfileSubmitted>, IPreparedConsumer<VisitorProfileSubmitted>
{
    public async Task PrepareAsync(IReadOnlyList<VisitorProfileSubmitted> messages, CancellationToken cancel)
    {
        var ids = messages.Select(m => m.VisitorId).Distinct().ToArray();
        var hashes = messages.Select(m => m.TokenHash).Distinct().ToArray();
        await (from mark in db.VisitorMarks
               where ids.Contains(mark.Id)
               from visitor in db.Visitors.Where(v => v.Id == mark.Id).DefaultIfEmpty()
               from token in db.VisitorTokens.Where(t => t.VisitorId == mark.Id && hashes.Contains(t.Hash)).DefaultIfEmpty()
               select new { mark, visitor, token }).LoadAsync(cancel);
    }

    public async Task Consume(ConsumeContext<VisitorProfileSubmitted> context)
    {
        if (await KeepAsync(db, context.Message, context.CancellationToken) is not { } visitor) return;
        var come = visitor.AsIs();
        if (db.Entry(visitor).State == EntityState.Added)
        {
            var count = await lists.CountAsync(visitor, context.CancellationToken);
            db.Announce(new MatchesRanked(visitor.Id, visitor.FairId, visitor.Version, count, clock.GetUtcNow()), visitor.Id, visitor.Version);
        }
        // Who waits need not wait for our copy to be committed: Profile has these needs for good. Only what is recorded of a first list needs the copy.
        else arrivals.Tell(come);
        db.WhenSaved(() => arrivals.Keep(come));
    }

    /// <returns>The copy as it now is; null where there is nothing to do: the visitor was erased, or we had this version or a newer one.</returns>
    internal static async Task<Visitor?> KeepAsync(MatchingDb db, VisitorProfileSubmitted submitted, CancellationToken cancel)
    {
        var known = await db.Visitors.FindAsync([submitted.VisitorId], cancel);
        if (known is not null && known.Version >= submitted.Version) return null;
        if (await VisitorMark.TouchAsync(db, submitted.VisitorId, cancel) is null) return null;
        await KnowVisitorLinkConsumer.KnowAsync(db, submitted.VisitorId, submitted.TokenHash, cancel);

        // Contact stays in Profile; should one ever slip into an event, it is not stored here.
        var needs = submitted.Needs with { Contact = null };
        if (known is null)
        {
            known = new Visitor
            {
                Id = submitted.VisitorId,
                FairId = submitted.FairId,
                Version = submitted.Version,
                Needs = needs,
                ExpiresAt = submitted.ExpiresAt,
                Since = submitted.At,
            };
            db.Visitors.Add(known);
        }
        else
        {
            (known.FairId, known.Version, known.Needs, known.ExpiresAt) = (submitted.FairId, submitted.Version, needs, submitted.ExpiresAt);
        }
        return known;
    }
}
