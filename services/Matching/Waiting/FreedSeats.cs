using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Waiting;

/// <summary>
/// Offers freed seats to those who wait, in fair order. The seat is held for them meanwhile; where they let the time pass, it goes to the next.
/// Looks when a seat was given back here, and every few seconds for what other replicas gave back.
/// </summary>
internal sealed partial class FreedSeats(
    IServiceScopeFactory scopes, PublishedCatalogues catalogues, IOptions<MatchingOptions> options, TimeProvider clock, ILogger<FreedSeats> log) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>A seat is held through the night, and nobody's offer runs out in their sleep: its time limit begins in the morning.</summary>
    private static readonly TimeOnly Morning = new(8, 0), Evening = new(20, 0);
    private readonly SemaphoreSlim _bell = new(0);

    /// <summary>A seat was given back.</summary>
    public void Look() => _bell.Release();

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await _bell.WaitAsync(LookAgain, stopping);
                await OfferAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                if (Refusals.IsOutage(e)) LogLater(log, e.GetType().Name);
                else LogFailed(log, e);
            }
        }
    }

    /// <returns>How many seats were offered.</returns>
    internal async Task<int> OfferAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
        var offered = 0;
        foreach (var stand in (await db.Waiting.AsNoTracking().ToListAsync(cancel)).GroupBy(w => (w.FairId, w.ExhibitorId)))
            if (await catalogues.OfFairAsync(stand.Key.FairId, cancel) is { } fair && clock.GetUtcNow() < fair.Fair.Closes) offered += await OfferAsync(db, fair, [.. stand], cancel);
        return offered;
    }

    private async Task<int> OfferAsync(MatchingDb db, FairCatalogue fair, IReadOnlyCollection<WaitingPlace> queue, CancellationToken cancel)
    {
        var (now, first) = (clock.GetUtcNow(), queue.First());
        var awake = Awake(fair, now);
        var states = (await SlotBoard.OfExhibitorsAsync(db, fair.Fair.Id, [first.ExhibitorId], now, cancel)).Where(s => Until(s.Slot) > awake).ToArray();
        // At one time the table goes first at which fewest languages are spoken, as where people ask (SlotState.TableFor).
        var seats = states.SelectMany(s => s.Slot.Seats.Where(seat => s.Free.Contains(seat.TableNo)).OrderBy(seat => seat.Languages.Count).ThenBy(seat => seat.TableNo)
            .Select(seat => (s.Slot, Table: seat.TableNo, seat.Languages))).ToList();
        var interprets = CommonLanguage.IsInterpreted(fair, first.ExhibitorId);
        var (offered, served) = (0, new HashSet<Guid>());
        var order = seats.Count == 0 ? [] : await WaitingPlace.InOrderAsync(db, queue, cancel);
        // First to who is understood there. What is left goes to the others, who chose to wait for this stand: an empty table helps nobody.
        foreach (var (place, strange) in order.Select(p => (p, false)).Concat(order.Select(p => (p, true))))
        {
            if (seats.Count == 0) break;
            if (served.Contains(place.Id)) continue;
            db.ChangeTracker.Clear();
            if (await db.Visitors.FindAsync([place.VisitorId], cancel) is not { } visitor || await catalogues.OfferAsync(place.OfferId, cancel) is not { } offer) continue;
            var theirs = await db.Bookings.AsNoTracking().Where(b => b.VisitorId == place.VisitorId && (b.TableNo != null || b.Ordinal != null)).ToListAsync(cancel);
            // They have one here meanwhile: asked for by themselves, or in a schedule.
            if (theirs.Exists(b => b.ExhibitorId == place.ExhibitorId && b.Ordinal != null))
            {
                await WaitingPlace.EndAsync(db, place.VisitorId, place.ExhibitorId, cancel);
                continue;
            }
            var spoken = CommonLanguage.Of(visitor);
            var at = seats.FindIndex(s => s.Slot.Format == place.Format && (strange || interprets || CommonLanguage.IsShared(spoken, s.Languages)) && visitor.Suits(fair.Fair, s.Slot.Start, s.Slot.End)
                && !theirs.Exists(b => b.TableNo != null && b.Start < s.Slot.End && s.Slot.Start < b.End));
            if (at < 0 || Booking.FreeOrdinal(theirs, options.Value.MeetingsAtOnce, now) is not { } ordinal) continue;

            var (slot, table, _) = seats[at];
            // Their only one at this stand, or they would not be offered it.
            var booking = Booking.OfferSeat(place.VisitorId, place.OfferId, MeetingTexts.Snapshot(offer), slot, table, new(ordinal, AtStand: 1), MeetingCode.Draw(), now, Until(slot));
            booking.StandOrdinal = await StandPlaces.FreeAsync(db, slot, cancel);
            db.Waiting.Remove(place);
            db.Bookings.Add(booking);
            db.Announce(new SeatOffered(MeetingTexts.Facts(booking, offer, visitor), now), booking.VisitorId, booking.Version);
            try { await db.SaveChangesAsync(cancel); }
            // Somebody was faster with the seat, or the visitor has left meanwhile: they are looked at again in a moment.
            catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || Refusals.UniquenessBroken(e) is not null) { continue; }
            // The table is given in every format.
            seats.RemoveAll(s => s.Table == table && s.Slot.Start < slot.End && slot.Start < s.Slot.End);
            served.Add(place.Id);
            offered++;
        }
        return offered;

        DateTimeOffset Until(Slot slot) => Booking.OfferedUntil(awake, slot.Start, fair.Fair.Opens);
    }

    /// <summary>Now by day and in the hours of the fair, and in the night the next morning, by the clock of the fair.</summary>
    private static DateTimeOffset Awake(FairCatalogue fair, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(fair.Fair.Zone);
        var (time, opens, closes) = (DayTimes.TimeOf(now, zone), DayTimes.TimeOf(fair.Fair.Opens, zone), DayTimes.TimeOf(fair.Fair.Closes, zone));
        var (morning, evening) = (opens < Morning ? opens : Morning, closes > Evening ? closes : Evening);
        return time.IsBetween(morning, evening) ? now : DayTimes.At(DayTimes.DayOf(now, zone).AddDays(time < morning ? 0 : 1), morning, zone);
    }

    public override void Dispose()
    {
        _bell.Dispose();
        base.Dispose();
    }

    [LoggerMessage(303, LogLevel.Warning, "Offers of freed seats put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);

    [LoggerMessage(304, LogLevel.Error, "Offering freed seats failed; it is tried again")]
    private static partial void LogFailed(ILogger log, Exception e);
}
