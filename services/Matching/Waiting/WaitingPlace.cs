using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Visitors;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Waiting;

/// <summary>A visitor waits for a seat at a stand whose times are all taken. One place at a stand; it ends when a seat is offered or the visitor leaves.</summary>
internal sealed class WaitingPlace
{
    public Guid Id { get; init; }
    public Guid FairId { get; init; }
    public Guid VisitorId { get; init; }
    public Guid ExhibitorId { get; init; }
    public Guid OfferId { get; init; }
    public required string Format { get; init; }
    public DateTimeOffset At { get; init; }

    public static void Map(ModelBuilder model) => model.Entity<WaitingPlace>(row =>
    {
        row.ToTable("waiting");
        row.Property(w => w.Id).ValueGeneratedNever();
        row.Property(w => w.Format).HasMaxLength(10);
        row.HasIndex(w => new { w.VisitorId, w.ExhibitorId }).IsUnique().HasDatabaseName("ux_waiting_stand");
        row.HasIndex(w => new { w.FairId, w.ExhibitorId, w.Format }).HasDatabaseName("ix_waiting_queue");
        row.HasOne<Visitor>().WithMany().HasForeignKey(w => w.VisitorId).OnDelete(DeleteBehavior.Cascade);
    });

    /// <summary>
    /// Who comes first: whoever has the fewest meetings, so that all get one before anybody gets a third; among equals who has waited longest.
    /// </summary>
    /// <param name="queue">Of one stand: in whatever format they wait, it is for the same people there.</param>
    public static async Task<IReadOnlyList<WaitingPlace>> InOrderAsync(MatchingDb db, IReadOnlyCollection<WaitingPlace> queue, CancellationToken cancel)
    {
        var visitors = queue.Select(w => w.VisitorId).ToArray();
        var meetings = await db.Bookings.Where(b => visitors.Contains(b.VisitorId) && b.TableNo != null).GroupBy(b => b.VisitorId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return [.. queue.OrderBy(w => meetings.GetValueOrDefault(w.VisitorId)).ThenBy(w => w.At).ThenBy(w => w.Id)];
    }

    /// <summary>Who has an open meeting at a stand does not wait for one there.</summary>
    public static Task<bool> HasMeetingAsync(MatchingDb db, Guid visitorId, Guid exhibitorId, CancellationToken cancel) =>
        db.Bookings.AnyAsync(b => b.VisitorId == visitorId && b.ExhibitorId == exhibitorId && b.Ordinal != null, cancel);

    /// <summary>Their place there goes with what is saved next; where a seat is offered to them at this moment, one of the two comes too late.</summary>
    public static async Task EndWithNextSaveAsync(MatchingDb db, Guid visitorId, Guid exhibitorId, CancellationToken cancel)
    {
        if (await db.Waiting.SingleOrDefaultAsync(w => w.VisitorId == visitorId && w.ExhibitorId == exhibitorId, cancel) is { } place) db.Waiting.Remove(place);
    }

    /// <summary>At once, where nothing else is to be saved.</summary>
    public static async Task EndAsync(MatchingDb db, Guid visitorId, Guid exhibitorId, CancellationToken cancel)
    {
        var place = db.Waiting.Where(w => w.VisitorId == visitorId && w.ExhibitorId == exhibitorId);
        // A plain look first: on SQLite a delete takes the one writer's lock even if it finds nothing.
        if (await place.AnyAsync(cancel)) await place.ExecuteDeleteAsync(cancel);
    }

    /// <summary>The place as its visitor reads it, with how many come before.</summary>
    /// <param name="offer">As it stands in the catalogue.</param>
    public async Task<WaitingView> ViewAsync(MatchingDb db, OfferAt offer, string language, CancellationToken cancel)
    {
        var queue = await db.Waiting.AsNoTracking().Where(w => w.FairId == FairId && w.ExhibitorId == ExhibitorId).ToListAsync(cancel);
        var ahead = (await InOrderAsync(db, queue, cancel)).TakeWhile(w => w.Id != Id).Count();
        var snapshot = MeetingTexts.Snapshot(offer);
        return new WaitingView(Id, OfferId, ExhibitorId, snapshot.Titles.GetValueOrDefault(language, snapshot.Title), snapshot.Title, snapshot.Exhibitor,
            StandSign.In(snapshot.Stand, language), Format, At, ahead);
    }
}
