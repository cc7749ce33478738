using MassTransit;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Visitors;

/// <summary>A profile came or changed: our copy follows it, and whoever waits for its list is told; the first list is announced.</summary>
internal sealed class RankVisitorConsumer(MatchingDb db, VisitorLists lists, VisitorArrivals arrivals, TimeProvider clock)
    : IConsumer<VisitorProfileSubmitted>, IShortConsumer<VisitorProfileSubmitted>, IPreparedConsumer<VisitorProfileSubmitted>
{
    /// <summary>Who waits for one of these need not wait for our copy; where there is none yet, it is not theirs to have.</summary>
    public async Task<IReadOnlyCollection<Guid>> ConsumeAsync(IReadOnlyList<Arrived<VisitorProfileSubmitted>> messages, CancellationToken cancel)
    {
        foreach (var (_, message) in messages) arrivals.Tell(Of(message));
        if (db is not MatchingDbPostgres) return [];
        var done = await FollowedProfiles.StoreAsync(db, messages, clock.GetUtcNow(), cancel);
        foreach (var (id, message) in messages)
            if (done.Contains(id)) arrivals.Keep(Of(message));
        return done;
    }

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
        if (await KeepAsync(db, context.Message, context.CancellationToken) is not { } visitor)
        {
            // Erased: it was told before anybody could know.
            if (await db.Visitors.FindAsync([context.Message.VisitorId], context.CancellationToken) is null) arrivals.Forget(context.Message.VisitorId);
            return;
        }
        var come = visitor.AsIs();
        if (db.Entry(visitor).State == EntityState.Added)
        {
            var count = await lists.CountAsync(visitor, context.CancellationToken);
            db.Announce(new MatchesRanked(visitor.Id, visitor.FairId, visitor.Version, count, clock.GetUtcNow()), visitor.Id, visitor.Version);
        }
        db.WhenSaved(() => arrivals.Keep(come));
    }

    /// <returns>The copy as it now is; null where there is nothing to do: the visitor was erased, or we had this version or a newer one.</returns>
    internal static async Task<Visitor?> KeepAsync(MatchingDb db, VisitorProfileSubmitted submitted, CancellationToken cancel)
    {
        var known = await db.Visitors.FindAsync([submitted.VisitorId], cancel);
        if (known is not null && known.Version >= submitted.Version) return null;
        if (await VisitorMark.TouchAsync(db, submitted.VisitorId, cancel) is null) return null;
        await KnowVisitorLinkConsumer.KnowAsync(db, submitted.VisitorId, submitted.TokenHash, cancel);
        if (known is null) return db.Visitors.Add(Of(submitted)).Entity;
        (known.FairId, known.Version, known.Needs, known.ExpiresAt) = (submitted.FairId, submitted.Version, submitted.Needs with { Contact = null }, submitted.ExpiresAt);
        return known;
    }

    private static Visitor Of(VisitorProfileSubmitted submitted) => new()
    {
        Id = submitted.VisitorId,
        FairId = submitted.FairId,
        Version = submitted.Version,
        // Contact stays in Profile; should one ever slip into an event, it is not stored here.
        Needs = submitted.Needs with { Contact = null },
        ExpiresAt = submitted.ExpiresAt,
        Since = submitted.At,
    };
}
