using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Waiting;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Scheduling;

/// <summary>
/// Turns the meetings of published schedules into meetings, one save each, under the constraints under which people book. Beside the meeting the save says
/// that it is booked, so whoever comes second, or again after a crash, finds it done. Who was faster keeps the seat; it is told why one could not be booked.
/// </summary>
internal sealed class BookSchedule(PublishedCatalogues catalogues, EligibilityGate gate, Backbone backbone, IOptions<MatchingOptions> options, TimeProvider clock)
{
    private const int AtOnce = 50, Tries = 30;

    /// <summary>Books what is not booked yet; of several replicas one does it.</summary>
    public async Task PublishedAsync(MatchingDb db, CancellationToken cancel)
    {
        foreach (var id in await db.Schedules.Where(s => s.State == ScheduleStates.Published && s.BookedAt == null).OrderBy(s => s.PublishedAt).Select(s => s.Id).ToListAsync(cancel))
        {
            var most = 0;
            while (await TakeAsync(db, id, cancel))
            {
                db.ChangeTracker.Clear();
                most = most > 0 ? most : await db.Schedules.Where(s => s.Id == id).Select(s => s.MostPerVisitor).SingleAsync(cancel);
                // First wishes first: where seats are gone, those are sought who have something left to lose.
                var next = await db.PlannedMeetings.AsNoTracking().Where(m => m.ScheduleId == id && m.Outcome == null)
                    .OrderBy(m => m.Wish).ThenBy(m => m.VisitorId).ThenBy(m => m.ExhibitorId).Take(AtOnce).ToListAsync(cancel);
                foreach (var planned in next) await BookAsync(db, planned, most, cancel);
                if (next.Count > 0) continue;
                await EndAsync(db, id, cancel);
                break;
            }
        }
    }

    /// <summary>All is tried: in the same save each stand is told once how many meetings it has by it, since it is told of none of them singly.</summary>
    private async Task EndAsync(MatchingDb db, Guid id, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var schedule = await db.Schedules.SingleAsync(s => s.Id == id, cancel);
        (schedule.BookedAt, schedule.HeldUntil) = (now, 0);
        var booked = await (from planned in db.PlannedMeetings
                            join meeting in db.Bookings on planned.MeetingId equals meeting.Id
                            where planned.ScheduleId == id && planned.Outcome == PlannedRow.Booked
                            select new { meeting.ExhibitorId, meeting.Start }).ToListAsync(cancel);
        var zone = (await catalogues.OfFairAsync(schedule.FairId, cancel))?.Fair.Zone;
        foreach (var stand in booked.GroupBy(m => m.ExhibitorId))
            if (zone is not null) db.Announce(new MeetingsPlanned(schedule.FairId, id, stand.Key, stand.Count(), stand.Min(m => m.Start), zone, now), stand.Key, 1);
        await db.SaveChangesAsync(cancel);
    }

    private async Task<bool> TakeAsync(MatchingDb db, Guid id, CancellationToken cancel)
    {
        var now = Dialect.Of(db).Now;
        var take = $"update schedules set held_by = {{0}}, held_until = {now} + {{1}} where id = {{2}} and booked_at is null and (held_until < {now} or held_by = {{0}})";
        return await db.Database.ExecuteSqlRawAsync(take, [backbone.InstanceId, (long)ScheduleLease.Length.TotalMilliseconds, id], cancel) == 1;
    }

    /// <summary>What is not decided after so many tries is tried again with the next look.</summary>
    internal async Task BookAsync(MatchingDb db, PlannedRow planned, int mostPerVisitor, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            db.ChangeTracker.Clear();
            var row = await db.PlannedMeetings.SingleOrDefaultAsync(m => m.ScheduleId == planned.ScheduleId && m.VisitorId == planned.VisitorId && m.ExhibitorId == planned.ExhibitorId, cancel);
            if (row is not { Outcome: null }) return;
            await DecideAsync(db, row, mostPerVisitor, cancel);
            try
            {
                await db.SaveChangesAsync(cancel);
                return;
            }
            catch (DbUpdateConcurrencyException) { } // Booked elsewhere, or the place in the queue is gone.
            catch (DbUpdateException e) when (Refusals.UniquenessBroken(e) is not null) { } // Somebody was faster: the next look says with what.
            catch (DbUpdateException e) when (!Refusals.IsOutage(e)) { if (attempt + 1 == Tries) throw; } // The visitor is being erased: the row goes too.
        }
    }

    private async Task DecideAsync(MatchingDb db, PlannedRow row, int mostPerVisitor, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var offer = await catalogues.OfferAsync(row.OfferId, cancel);
        var visitor = await db.Visitors.FindAsync([row.VisitorId], cancel);
        var state = await SlotBoard.OfSlotAsync(db, row.SlotId, SlotBoard.WithoutKept, cancel);
        if (state is not null && visitor is not null && !(offer is not null && CommonLanguage.IsInterpreted(offer.Catalogue, row.ExhibitorId))) state = state.Understood(CommonLanguage.Of(visitor));
        var theirs = await db.Bookings.AsNoTracking().Where(b => b.VisitorId == row.VisitorId).ToListAsync(cancel);
        var ordinal = Booking.FreeOrdinal(theirs, options.Value.MeetingsAtOnce, now);
        if (WhyNot() is { } why)
        {
            row.Outcome = why;
            return;
        }
        // The table of the draft, or another one at which they are understood, where that is gone or others speak there now.
        var table = state!.Free.Contains(row.TableNo) ? row.TableNo : state.TableFor(CommonLanguage.Of(visitor!), crowd: true);
        // Their only one at this stand: else it is told as already asked for.
        var booking = Booking.Schedule(row.VisitorId, row.OfferId, MeetingTexts.Snapshot(offer!), state.Slot, table, new(ordinal!.Value, AtStand: 1), MeetingCode.Draw(), now);
        booking.StandOrdinal = await StandPlaces.FreeAsync(db, state.Slot, cancel);
        (row.Outcome, row.MeetingId) = (PlannedRow.Booked, booking.Id);
        db.Bookings.Add(booking);
        await WaitingPlace.EndWithNextSaveAsync(db, row.VisitorId, row.ExhibitorId, cancel);
        db.Announce(new MeetingAccepted(MeetingTexts.Facts(booking, offer, visitor) with { Join = await StandPlans.JoinAsync(db, booking, cancel) }, now, MeetingSides.System), booking.VisitorId, booking.Version);

        string? WhyNot()
        {
            if (offer is null || visitor is null || offer.Exhibitor.Id != row.ExhibitorId) return NotBookedReasons.OfferGone;
            if (state is null || state.Free.Count == 0) return NotBookedReasons.SlotTaken;
            if (state.Slot.Start <= now) return NotBookedReasons.SlotOver;
            if (theirs.Exists(b => b.ExhibitorId == row.ExhibitorId && b.Status != MeetingStatuses.Expired)) return NotBookedReasons.AlreadyAsked;
            if (theirs.Exists(b => b.TableNo is not null && b.Start < state.Slot.End && state.Slot.Start < b.End) || !visitor.Suits(offer.Fair, state.Slot.Start, state.Slot.End))
                return NotBookedReasons.VisitorBusy;
            if (ordinal is null || theirs.Count(b => b.FairId == offer.Fair.Id && b.TableNo is not null) >= mostPerVisitor) return NotBookedReasons.CapReached;
            return gate.MayRequest(visitor, offer, now) ? null : NotBookedReasons.NotEligible;
        }
    }
}
