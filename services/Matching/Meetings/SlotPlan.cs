using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>Which slots a stand has: its hours less its breaks, in steps of its length, for each of its formats.</summary>
internal static class SlotPlan
{
    /// <param name="WalkInsFrom">From when the kept seats can be booked too.</param>
    /// <param name="StandLimit">How many meetings the stand wants on its day.</param>
    internal sealed record PlannedSlot(
        Guid ExhibitorId, DateTimeOffset Start, DateTimeOffset End, string Format, DateTimeOffset WalkInsFrom, int? StandLimit, IReadOnlyList<PlannedSeat> Seats)
    {
        public SlotKey Key => new(ExhibitorId, Start.UtcDateTime, End.UtcDateTime, Format);
    }

    /// <param name="Languages">Spoken at the table.</param>
    internal readonly record struct PlannedSeat(bool WalkIn, IReadOnlyList<string> Languages);

    /// <summary>The plan follows from the catalogue and the stand's own plan alone: the same again, the same slots.</summary>
    public static IEnumerable<PlannedSlot> Of(FairFacts fair, ExhibitorFacts exhibitor, StandPlan? own)
    {
        var plan = StandPlans.Effective(own, fair, exhibitor);
        var length = TimeSpan.FromMinutes(plan.SlotMinutes!.Value);
        var starts = Hours(fair, plan).SelectMany(h => Enumerable.Range(0, (int)((h.To - h.From) / length)).Select(n => h.From + n * length)).ToArray();
        // What is kept is kept for people at the stand; where nobody is met there, for nobody. The tables are the same people in every format.
        var kept = plan.Formats!.Contains("stand") ? Kept(plan.WalkInEvery!.Value, starts, plan.Tables!.Count, TimeZoneInfo.FindSystemTimeZoneById(fair.Zone)) : [];
        return from format in plan.Formats
               from step in Enumerable.Range(0, starts.Length)
               let walkInsFrom = plan.WalkInFreedMinutes is { } minutes ? starts[step] - TimeSpan.FromMinutes(minutes) : fair.Opens.ToUniversalTime()
               select new PlannedSlot(exhibitor.Id, starts[step], starts[step] + length, format, walkInsFrom, plan.MostMeetings,
                   [.. plan.Tables!.Select((table, n) => new PlannedSeat(kept.Contains((step, n + 1)), table.Languages!))]);
    }

    /// <summary>
    /// Seats kept for people without a date. A diagonal over slots and tables gives every table its share, and a stand of as many tables as the share is small
    /// always a seat of each sort. An hour that has several seats and none of the diagonal keeps the one nearest to it, so that somebody who walks in never
    /// waits for more than an hour; an hour of one seat is kept or not, as the diagonal says: there the share is one of the day.
    /// </summary>
    /// <param name="every">Each so many is kept; 0: none.</param>
    private static HashSet<(int Step, int Table)> Kept(int every, DateTimeOffset[] starts, int tables, TimeZoneInfo zone)
    {
        if (every == 0) return [];
        var seats = Enumerable.Range(0, starts.Length).SelectMany(step => Enumerable.Range(1, tables).Select(table => (Step: step, Table: table))).ToArray();
        var kept = seats.Where(s => (s.Step + s.Table) % every == 0).ToHashSet();
        foreach (var hour in seats.GroupBy(s => TimeZoneInfo.ConvertTime(starts[s.Step], zone) is var at ? (at.Date, at.Hour) : default).Where(h => h.Count() > 1 && !h.Any(kept.Contains)).ToArray())
            kept.Add(hour.MaxBy(s => (s.Step + s.Table) % every));
        return kept;
    }

    /// <summary>When people are received, in UTC and in order: opening hours within the fair's, without the breaks.</summary>
    private static List<(DateTimeOffset From, DateTimeOffset To)> Hours(FairFacts fair, StandPlan plan)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(fair.Zone);
        var (opens, closes) = (fair.Opens.ToUniversalTime(), fair.Closes.ToUniversalTime());
        var hours = new List<(DateTimeOffset From, DateTimeOffset To)>();
        for (var day = DayTimes.DayOf(opens, zone); day <= DayTimes.DayOf(closes, zone); day = day.AddDays(1))
        {
            var breaks = Spans(plan.Breaks!, day).OrderBy(b => b.From).ToArray();
            foreach (var (from, to) in Joined(Spans(plan.Open!, day)))
            {
                var begin = from;
                foreach (var pause in breaks.Where(b => b.To > from && b.From < to))
                {
                    if (pause.From > begin) hours.Add((begin, pause.From));
                    if (pause.To > begin) begin = pause.To;
                }
                if (to > begin) hours.Add((begin, to));
            }
        }
        return hours;

        IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Spans(IEnumerable<HoursOfDay> spans, DateOnly day) =>
            from span in spans
            let bounds = (From: At(day, span.From), To: At(day, span.To))
            let clipped = (From: bounds.From > opens ? bounds.From : opens, To: bounds.To < closes ? bounds.To : closes)
            where clipped.To > clipped.From
            select clipped;

        DateTimeOffset At(DateOnly day, string? clock)
        {
            StandPlans.Reads(clock, out var time);
            return DayTimes.At(day, time, zone);
        }
    }

    /// <summary>Spans that touch or overlap are one.</summary>
    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Joined(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> spans)
    {
        (DateTimeOffset From, DateTimeOffset To)? open = null;
        foreach (var span in spans.OrderBy(s => s.From))
        {
            if (open is { } before && span.From <= before.To) open = (before.From, span.To > before.To ? span.To : before.To);
            else
            {
                if (open is { } done) yield return done;
                open = span;
            }
        }
        if (open is { } last) yield return last;
    }

    /// <summary>Brings a fair's slots and seats in line with its catalogue and the stands' plans.</summary>
    /// <param name="freed">Seats of meetings that are called off in the same save.</param>
    public static async Task KeepAsync(MatchingDb db, CataloguePublished published, IReadOnlySet<(Guid SlotId, int Table)> freed, CancellationToken cancel)
    {
        var stands = published.Exhibitors.Select(e => e.Id).ToArray();
        var plans = await db.StandPlans.AsNoTracking().Where(p => stands.Contains(p.ExhibitorId)).ToDictionaryAsync(p => p.ExhibitorId, p => p.Plan, cancel);
        var known = await db.Slots.Include(s => s.Seats).Where(s => s.FairId == published.FairId).AsSplitQuery().ToListAsync(cancel);
        await KeepAsync(db, published.FairId, [.. published.Exhibitors.SelectMany(e => Of(published.Fair, e, plans.GetValueOrDefault(e.Id)))], known, cancel, freed);
    }

    /// <summary>
    /// What is new is added, nothing is made twice. A seat that is gone is deleted, so that nobody who saw it free can still take it; one that a
    /// meeting holds stays for that meeting alone.
    /// </summary>
    /// <param name="known">All slots that the plan is to replace, with their seats.</param>
    /// <returns>Whether a meeting holds a seat that the plan does not have: that stays for it alone.</returns>
    public static async Task<bool> KeepAsync(MatchingDb db, Guid fairId, IReadOnlyCollection<PlannedSlot> planned, IReadOnlyCollection<Slot> known, CancellationToken cancel,
        IReadOnlySet<(Guid SlotId, int Table)>? freed = null)
    {
        var (ids, left) = (known.Select(s => s.Id).ToArray(), known.ToDictionary(s => s.Key));
        var walkedIn = (await db.WalkIns.Where(w => ids.Contains(w.SlotId)).Select(w => new { w.SlotId, w.TableNo }).ToListAsync(cancel)).Select(w => (w.SlotId, w.TableNo)).ToHashSet();
        var held = (await db.Bookings.Where(b => ids.Contains(b.SlotId) && b.TableNo != null).Select(b => new { b.SlotId, Table = b.TableNo!.Value }).ToListAsync(cancel))
            .Select(b => (b.SlotId, b.Table)).ToHashSet();
        if (freed is not null) held.ExceptWith(freed);
        var isHeld = false;
        foreach (var plan in planned)
        {
            if (!left.Remove(plan.Key, out var slot))
                db.Slots.Add(slot = new Slot { Id = Guid.CreateVersion7(), FairId = fairId, ExhibitorId = plan.ExhibitorId, Start = plan.Start, End = plan.End, Format = plan.Format });
            (slot.WalkInsFrom, slot.StandLimit) = (plan.WalkInsFrom, plan.StandLimit);
            for (var table = 1; table <= plan.Seats.Count; table++)
            {
                var seat = slot.Seats.Find(s => s.TableNo == table);
                if (seat is null && walkedIn.Contains((slot.Id, table))) continue;
                if (seat is null) slot.Seats.Add(seat = new Seat { SlotId = slot.Id, TableNo = table });
                (seat.WalkIn, seat.Languages, seat.Withdrawn) = (plan.Seats[table - 1].WalkIn, plan.Seats[table - 1].Languages, false);
            }
            foreach (var gone in slot.Seats.Where(s => s.TableNo > plan.Seats.Count).ToArray()) TakeAway(slot, gone);
        }
        foreach (var slot in left.Values)
            foreach (var gone in slot.Seats.ToArray()) TakeAway(slot, gone);
        return isHeld;

        void TakeAway(Slot slot, Seat seat)
        {
            if (held.Contains((slot.Id, seat.TableNo))) seat.Withdrawn = isHeld = true;
            else slot.Seats.Remove(seat);
        }
    }
}
