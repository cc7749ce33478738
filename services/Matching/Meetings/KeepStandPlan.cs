using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>
/// The stand sets its day: hours, breaks, length, tables, formats. What has begun stays as it is, and so does every meeting: a plan that would take
/// away its time, its table or its link is refused with the names of those in the way, and who meets by another link hears of it. Where a table is to speak other languages, whoever would not be understood at it
/// is seated at a free one of that time at which they are, or is in the way too.
/// </summary>
internal static class KeepStandPlan
{
    private const int Tries = 20;
    private const string Path = "/api/exhibitors/{id:guid}/plan";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).WithSummary("From what the stand's slots are made").RequireAuthorization(Policies.Exhibitor).Refuses(404, "not-found");
        routes.MapPut(Path, KeepAsync).WithSummary("Set the stand's day; ?dryRun=true only shows what would come of it")
            .RequireAuthorization(Policies.Exhibitor).Refuses(404, "not-found").Refuses(409, "meetings-in-the-way", "no-slots", "changed-meanwhile");
    }

    private static async Task<Results<Ok<StandPlanView>, ProblemHttpResult>> ShowAsync(
        Guid id, ClaimsPrincipal caller, MatchingDb db, PublishedCatalogues catalogues, CancellationToken cancel)
    {
        if (id != caller.ExhibitorId() || await catalogues.ExhibitorAsync(id, cancel) is not var (catalogue, exhibitor)) return Nothing();
        var kept = await db.StandPlans.AsNoTracking().SingleOrDefaultAsync(p => p.ExhibitorId == id, cancel);
        return TypedResults.Ok(View(catalogue.Fair, exhibitor, kept, [], [], 0, 0));
    }

    private static async Task<Results<Ok<StandPlanView>, ProblemHttpResult>> KeepAsync(
        Guid id, StandPlan plan, ClaimsPrincipal caller, MeetingDesk desk, PublishedCatalogues catalogues, CancellationToken cancel, bool dryRun = false)
    {
        var db = desk.Db;
        if (id != caller.ExhibitorId() || await catalogues.ExhibitorAsync(id, cancel) is not var (catalogue, exhibitor)) return Nothing();
        if (StandPlans.Faults(plan).ToArray() is { Length: > 0 } faults) return Problem.Invalid(faults);
        var expected = plan.Version;
        plan = plan with { Version = null };
        SlotPlan.PlannedSlot[] all = [.. SlotPlan.Of(catalogue.Fair, exhibitor, plan)];
        if (all.Length == 0) return Problem.Of("no-slots", StatusCodes.Status409Conflict);

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            db.ChangeTracker.Clear();
            var now = desk.Clock.GetUtcNow();
            var kept = await db.StandPlans.SingleOrDefaultAsync(p => p.ExhibitorId == id, cancel);
            if (expected is not null && expected != (kept?.Version ?? 0)) return Problem.Of("changed-meanwhile", StatusCodes.Status409Conflict);
            SlotPlan.PlannedSlot[] planned = [.. all.Where(s => s.Start > now)];
            var known = await db.Slots.Include(s => s.Seats).Where(s => s.ExhibitorId == id && s.FairId == catalogue.Fair.Id && s.Start > now).AsSplitQuery().ToListAsync(cancel);
            var relinked = await RelinkedAsync(db, id, kept?.Plan, plan, now, cancel);
            var inTheWay = await InTheWayAsync(db, id, planned, known, relinked.Where(b => StandPlans.Join(plan, b) is null), now, cancel);
            var (reseated, unspoken) = CommonLanguage.IsInterpreted(catalogue, id) ? ([], []) : await UnspokenAsync(db, id, planned, known, now, cancel);
            inTheWay = [.. inTheWay, .. unspoken];
            var (before, after) = (known.Where(s => s.Seats.Exists(seat => !seat.Withdrawn)).Select(s => s.Key).ToHashSet(), planned.Select(s => s.Key).ToHashSet());
            var (added, removed) = (after.Count(s => !before.Contains(s)), before.Count(s => !after.Contains(s)));
            if (kept is null) kept = new KeptPlan { ExhibitorId = id, Plan = plan };
            if (dryRun) return TypedResults.Ok(View(catalogue.Fair, exhibitor, new KeptPlan { ExhibitorId = id, Plan = plan, Version = kept.Version }, all, inTheWay, added, removed));
            if (inTheWay.Count > 0) return Refused(inTheWay);

            if (kept.Version == 0) db.StandPlans.Add(kept);
            (kept.Plan, kept.Version, kept.At) = (plan, kept.Version + 1, now);
            if (plan.MostMeetings is not null) await StandPlaces.NumberAsync(db, id, cancel);
            // Booked since the look above: judged anew, so that it is named and not put off to a seat of its own.
            if (await SlotPlan.KeepAsync(db, catalogue.Fair.Id, planned, known, cancel)) continue;
            var (seated, stale) = (reseated.Select(r => r.Booking.Id).ToArray(), false);
            var bookings = await db.Bookings.WithCells().Where(b => seated.Contains(b.Id)).ToDictionaryAsync(b => b.Id, cancel);
            foreach (var (seen, slot, table) in reseated)
            {
                // Moved or called off between the looks: it is judged anew.
                if (stale = !bookings.TryGetValue(seen.Id, out var booking) || booking.Version != seen.Version) break;
                booking!.Reseat(slot, table);
                await AnnounceAsync(booking, now);
            }
            if (stale) continue;
            foreach (var booking in relinked.Where(b => !reseated.Exists(r => r.Booking.Id == b.Id)))
            {
                booking.Relocate();
                await AnnounceAsync(booking, now);
            }
            try
            {
                await db.SaveChangesAsync(cancel);
                return TypedResults.Ok(View(catalogue.Fair, exhibitor, kept, all, [], added, removed));
            }
            // Somebody has booked meanwhile, or the plan was set by somebody else: it is judged anew.
            catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || Refusals.ReferenceBroken(e) || Refusals.UniquenessBroken(e) is not null) { }
            catch (Exception e) when (Refusals.IsDeadlock(e)) { }
        }
        return Problem.Of("changed-meanwhile", StatusCodes.Status409Conflict);

        async Task AnnounceAsync(Booking booking, DateTimeOffset now) =>
            db.Announce(new MeetingRelocated(await desk.FactsAsync(booking, cancel), booking.Status, now), booking.VisitorId, booking.Version);
    }

    /// <summary>Meetings that are agreed on and not over, for which people were given another link or number than that of the plan.</summary>
    private static async Task<IReadOnlyList<Booking>> RelinkedAsync(MatchingDb db, Guid id, StandPlan? before, StandPlan plan, DateTimeOffset now, CancellationToken cancel) =>
        before?.VideoLink == plan.VideoLink && before?.Phone == plan.Phone ? []
        : [.. (await db.Bookings.WithCells().Where(b => b.ExhibitorId == id && b.Status == MeetingStatuses.Accepted && b.End > now).OrderBy(b => b.Start).ToListAsync(cancel))
            .Where(b => StandPlans.Join(before, b) != StandPlans.Join(plan, b))];

    /// <summary>Meetings still to come whose seat the plan does not have, times that were proposed and would be gone, and whose link would be.</summary>
    /// <param name="unlinked">Agreed on, and the plan has neither link nor number for them.</param>
    private static async Task<IReadOnlyList<MeetingInTheWay>> InTheWayAsync(
        MatchingDb db, Guid id, IReadOnlyCollection<SlotPlan.PlannedSlot> planned, IReadOnlyCollection<Slot> known, IEnumerable<Booking> unlinked, DateTimeOffset now, CancellationToken cancel)
    {
        var (without, slots) = (unlinked.Select(b => b.Id).ToHashSet(), known.ToDictionary(s => s.Id));
        var seats = planned.ToDictionary(s => s.Key, s => s.Seats.Count);
        var bookings = await db.Bookings.AsNoTracking().Where(b => b.ExhibitorId == id && (b.TableNo != null || b.Status == MeetingStatuses.Proposed)).OrderBy(b => b.Start).ToListAsync(cancel);
        return
        [
            .. from booking in bookings
               where without.Contains(booking.Id) || (booking.TableNo is { } table
                   ? booking.Start > now && Seats(new SlotKey(id, booking.Start.UtcDateTime, booking.End.UtcDateTime, booking.Format)) < table
                   // In whatever format they were proposed.
                   : booking.Proposals.Any(p => p.Start > now && slots.TryGetValue(p.Id, out var slot) && Seats(slot.Key) == 0))
               select Named(booking),
        ];

        int Seats(SlotKey time) => seats.GetValueOrDefault(time);
    }

    /// <summary>
    /// Meetings still to come at tables at which they are understood now and would not be by the plan. Who was never understood at theirs asked for it all
    /// the same, and loses nothing.
    /// </summary>
    private static async Task<(List<(Booking Booking, Slot Slot, int Table)> Reseated, List<MeetingInTheWay> InTheWay)> UnspokenAsync(
        MatchingDb db, Guid id, IReadOnlyCollection<SlotPlan.PlannedSlot> planned, IReadOnlyCollection<Slot> known, DateTimeOffset now, CancellationToken cancel)
    {
        var (plans, slots) = (planned.ToDictionary(s => s.Key), known.ToDictionary(s => s.Id));
        var bookings = await db.Bookings.AsNoTracking().Where(b => b.ExhibitorId == id && b.TableNo != null && b.End > now).OrderBy(b => b.Start).ThenBy(b => b.Id).ToListAsync(cancel);
        var visitors = bookings.Select(b => b.VisitorId).ToArray();
        var spoken = (await db.Visitors.AsNoTracking().Where(v => visitors.Contains(v.Id)).ToListAsync(cancel)).ToDictionary(v => v.Id, CommonLanguage.Of);
        var sitting = await (from walkIn in db.WalkIns join slot in db.Slots on walkIn.SlotId equals slot.Id where walkIn.ExhibitorId == id select new { slot.Start, slot.End, Table = walkIn.TableNo }).ToListAsync(cancel);
        var taken = bookings.Select(b => (b.Start, b.End, Table: b.TableNo!.Value)).Concat(sitting.Select(w => (w.Start, w.End, w.Table))).ToList();
        var (reseated, inTheWay) = (new List<(Booking, Slot, int)>(), new List<MeetingInTheWay>());
        foreach (var booking in bookings.Where(b => b.Start > now && slots.ContainsKey(b.SlotId)))
        {
            var (slot, table) = (slots[booking.SlotId], booking.TableNo!.Value);
            // Without its seat it is in the way already.
            if (!plans.TryGetValue(slot.Key, out var plan) || plan.Seats.Count < table || slot.Seats.Find(s => s.TableNo == table) is not { } seat) continue;
            if (Understands(plan.Seats[table - 1].Languages) || !Understands(seat.Languages)) continue;
            var free = Enumerable.Range(1, plan.Seats.Count).Where(t => Understands(plan.Seats[t - 1].Languages) && !taken.Exists(o => o.Table == t && o.Start < slot.End && slot.Start < o.End))
                .OrderBy(t => plan.Seats[t - 1].WalkIn).ThenBy(t => plan.Seats[t - 1].Languages.Count).Select(t => (int?)t).FirstOrDefault();
            if (free is { } other)
            {
                reseated.Add((booking, slot, other));
                taken.Add((slot.Start, slot.End, other));
            }
            else inTheWay.Add(Named(booking) with { Unspoken = true });

            bool Understands(IReadOnlyList<string> languages) => !spoken.TryGetValue(booking.VisitorId, out var theirs) || CommonLanguage.IsShared(theirs, languages);
        }
        return (reseated, inTheWay);
    }

    private static MeetingInTheWay Named(Booking booking) =>
        new(booking.Id, booking.StandKnows ? booking.Code : "", booking.Start, booking.End, booking.Format, booking.TableNo, booking.Status);

    private static ProblemHttpResult Refused(IReadOnlyList<MeetingInTheWay> inTheWay)
    {
        var problem = Problem.Of("meetings-in-the-way", StatusCodes.Status409Conflict);
        problem.ProblemDetails.Extensions["meetings"] = inTheWay;
        return problem;
    }

    private static StandPlanView View(
        FairFacts fair, ExhibitorFacts exhibitor, KeptPlan? kept, IReadOnlyList<SlotPlan.PlannedSlot> slots, IReadOnlyList<MeetingInTheWay> inTheWay, int added, int removed) => new(
        exhibitor.Id, kept is null ? null : kept.Plan with { Version = kept.Version },
        StandPlans.Effective(kept?.Plan, fair, exhibitor) with { Version = kept?.Version ?? 0 },
        [.. (slots.Count > 0 ? slots : [.. SlotPlan.Of(fair, exhibitor, kept?.Plan)]).OrderBy(s => s.Start).ThenBy(s => s.Format)
            .Select(s => new PlannedTime(s.Start, s.End, s.Format, s.Seats.Count, s.Seats.Count(seat => seat.WalkIn)))],
        added, removed, inTheWay);

    private static ProblemHttpResult Nothing() => Problem.Of("not-found", StatusCodes.Status404NotFound);
}
