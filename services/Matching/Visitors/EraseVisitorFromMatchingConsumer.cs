using MassTransit;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Waiting;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Visitors;

/// <summary>
/// Everything about the visitor goes, meetings and what was shown included: figures must not lead back to somebody who left.
/// Seats are free again and exhibitors are told, in words that name nobody. What remains is the mark, which late events cannot pass.
/// </summary>
internal sealed class EraseVisitorFromMatchingConsumer(MatchingDb db, PublishedCatalogues catalogues, VisitorArrivals arrivals, ReadyLists ready, FreedSeats freed, TimeProvider clock) : IConsumer<VisitorErased>
{
    public async Task Consume(ConsumeContext<VisitorErased> context)
    {
        var (visitorId, erasureId, _) = context.Message;
        var cancel = context.CancellationToken;
        var now = clock.GetUtcNow();
        await db.EraseFromBackboneAsync(visitorId, cancel);

        var mark = await VisitorMark.OfAsync(db, visitorId, cancel);
        mark.Stamp++;
        mark.ErasedAt ??= now;

        var bookings = await db.Bookings.WithCells().Where(b => b.VisitorId == visitorId).ToListAsync(cancel);
        foreach (var booking in bookings.Where(b => b.IsOpen && b.StandKnows && b.End > now))
        {
            // The event is about the stand now: under the visitor's id the tombstones of others would rightly drop it.
            var facts = MeetingTexts.Facts(booking, await catalogues.OfferAsync(booking.OfferId, cancel), null) with { VisitorId = Guid.Empty, Version = booking.Version + 1 };
            db.Announce(new MeetingCancelled(facts, MeetingSides.Visitor, now), booking.ExhibitorId, facts.Version);
        }
        db.KeptAnswers.RemoveRange(await db.KeptAnswers.Where(a => a.VisitorId == visitorId).ToListAsync(cancel));
        db.Bookings.RemoveRange(bookings);
        db.Waiting.RemoveRange(await db.Waiting.Where(w => w.VisitorId == visitorId).ToListAsync(cancel));
        db.PlannedMeetings.RemoveRange(await db.PlannedMeetings.Where(m => m.VisitorId == visitorId).ToListAsync(cancel));
        db.Choices.RemoveRange(await db.Choices.Where(c => c.VisitorId == visitorId).ToListAsync(cancel));
        db.VisitorTokens.RemoveRange(await db.VisitorTokens.Where(t => t.VisitorId == visitorId).ToListAsync(cancel));
        if (await db.Visitors.FindAsync([visitorId], cancel) is { } visitor)
        {
            db.ShownLists.RemoveRange(await db.ShownLists.Where(l => l.RecordKey == visitor.RecordKey).ToListAsync(cancel));
            db.OpenedOffers.RemoveRange(await db.OpenedOffers.Where(o => o.RecordKey == visitor.RecordKey).ToListAsync(cancel));
            db.Visitors.Remove(visitor);
        }

        db.Announce(new ErasureConfirmed(erasureId, visitorId, "matching", now), visitorId, long.MaxValue);
        db.WhenSaved(() =>
        {
            arrivals.Forget(visitorId);
            ready.Forget(visitorId);
            freed.Look();
        });
    }
}
