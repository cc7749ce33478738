using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Visitors;
using Matchmaking.Matching.Waiting;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>Where a meeting is changed: loads it for the side that asks, changes it, announces the change, and saves once.</summary>
internal sealed class MeetingDesk(MatchingDb db, PublishedCatalogues catalogues, MeetingViews views, FreedSeats freed, VisitorArrivals arrivals, FreshMarks marks, TimeProvider clock)
{
    private const int Tries = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public TimeProvider Clock => clock;
    public MatchingDb Db => db;

    /// <summary>The visitor who asks; one whose profile is still on its way here is waited for.</summary>
    /// <returns>null: there is none.</returns>
    public async Task<Visitor?> VisitorAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancel) is { } here) return here;
        return (await marks.ReadAsync("subject:" + id)).Version is not null ? await arrivals.WaitAsync(id, version: 1, standing: null, isNoted: true, Patience, cancel) : null;
    }

    /// <summary>The meeting if it is the caller's, from either side; else null: whether it exists is not told.</summary>
    public async Task<Booking?> FindAsync(Guid id, ClaimsPrincipal caller, CancellationToken cancel)
    {
        var booking = await db.Bookings.WithCells().SingleOrDefaultAsync(b => b.Id == id, cancel);
        if (booking is null) return null;
        return SideOf(caller) == MeetingSides.Visitor
            ? booking.VisitorId == caller.VisitorId() ? booking : null
            : booking.ExhibitorId == caller.ExhibitorId() && booking.StandKnows && (caller.OnlyMeeting() ?? booking.Id) == booking.Id ? booking : null;
    }

    public static string SideOf(ClaimsPrincipal caller) => caller.VisitorId() is not null ? MeetingSides.Visitor : MeetingSides.Exhibitor;

    /// <summary>
    /// Changes the meeting and saves. Where somebody else was faster, it is loaded and judged anew: the loser gets the answer that fits what the
    /// meeting has become.
    /// </summary>
    /// <param name="change">Asks the meeting to change; its refusal is the answer.</param>
    /// <param name="announce">Adds the event; not called where nothing changed.</param>
    public async Task<Results<Ok<Meeting>, ProblemHttpResult>> ChangeAsync(
        Guid id, ClaimsPrincipal caller, Func<Booking, Task<Refusal?>> change, Action<Booking, MeetingFacts> announce, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            db.ChangeTracker.Clear();
            if (await FindAsync(id, caller, cancel) is not { } booking) return Problem.Of("not-found", StatusCodes.Status404NotFound);
            var (before, seat) = (booking.Version, (booking.SlotId, booking.TableNo));
            if (await change(booking) is { } no) return no.Answer;
            if (booking.Version > before) announce(booking, await FactsAsync(booking, cancel));
            try
            {
                await db.SaveChangesAsync(cancel);
                if (seat.TableNo is not null && seat != (booking.SlotId, booking.TableNo)) freed.Look();
                return TypedResults.Ok(await ViewAsync(booking, caller, cancel));
            }
            catch (DbUpdateConcurrencyException) { }
            // The stand has taken the table out of its day.
            catch (DbUpdateException e) when (Refusals.ReferenceBroken(e)) { }
            catch (Exception e) when (Refusals.IsDeadlock(e)) { }
            catch (DbUpdateException e) when (Refusals.UniquenessBroken(e) is { } broken)
            {
                // What stands in the way may be this meeting itself, as another press has just moved it.
                if (IsVisitorsTime(broken) && await db.Bookings.AnyAsync(b => b.Id == id && b.Version == before, cancel)) return Problem.Of("visitor-busy", StatusCodes.Status409Conflict);
                if (!IsVisitorsTime(broken) && !IsSeat(broken) && !IsOrdinal(broken) && !IsStandOrdinal(broken)) throw;
            }
        }
        return Problem.Of("changed-meanwhile", StatusCodes.Status409Conflict);
    }

    public async Task<MeetingFacts> FactsAsync(Booking booking, CancellationToken cancel) =>
        MeetingTexts.Facts(booking, await catalogues.OfferAsync(booking.OfferId, cancel), await db.Visitors.FindAsync([booking.VisitorId], cancel)) with
        { Join = await StandPlans.JoinAsync(db, booking, cancel) };

    /// <summary>A free table of this time for the booking's visitor.</summary>
    public async Task<int> TableAsync(SlotState state, Booking booking, CancellationToken cancel) =>
        state.TableFor(await db.Visitors.FindAsync([booking.VisitorId], cancel) is { } visitor ? CommonLanguage.Of(visitor) : [], crowd: true);

    public Task<Meeting> ViewAsync(Booking booking, ClaimsPrincipal caller, CancellationToken cancel) => views.OfAsync(booking, SideOf(caller), cancel);

    // What a broken uniqueness is called: by its constraint on PostgreSQL, by its columns on SQLite.
    public static bool IsSeat(string broken) => broken.Contains("ux_meetings_seat") || broken.Contains("meetings.table_no") || broken.Contains("table_cells");

    public static bool IsVisitorsTime(string broken) => broken.Contains("meeting_cells");

    public static bool IsOrdinal(string broken) => broken.Contains("ux_meetings_ordinal") || broken.Contains("meetings.ordinal");

    public static bool IsStandOrdinal(string broken) => broken.Contains("ux_meetings_stand_ordinal") || broken.Contains("meetings.stand_ordinal");

    public static bool IsCode(string broken) => broken.Contains("ux_meetings_code") || broken.Contains("meetings.code");
}
