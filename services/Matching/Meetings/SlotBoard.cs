using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>A slot with its seats as they stand now.</summary>
/// <param name="Free">Tables that can be booked now, in order.</param>
/// <param name="WalkIn">Tables still kept for people without a date.</param>
internal sealed record SlotState(Slot Slot, IReadOnlyList<int> Free, IReadOnlyList<int> WalkIn, IReadOnlyList<int> Taken)
{
    /// <summary>Why it is not a time that this stand can be met at; null: nothing speaks against it now.</summary>
    /// <param name="field">In which the slot was named.</param>
    public static Refusal? Unfit(SlotState? state, Guid exhibitorId, DateTimeOffset now, string field) =>
        state is null || state.Slot.ExhibitorId != exhibitorId ? new Refusal("unknown-slot", Field: field)
        : state.Slot.Start <= now ? new Refusal("slot-over")
        : state.Free.Count == 0 ? new Refusal("slot-taken")
        : null;
}

/// <summary>
/// Which seats are free. A picture to choose by, never a promise: whether a seat is had, the database's constraint decides when it is taken.
/// </summary>
internal static class SlotBoard
{
    /// <summary>Slots of these exhibitors with at least one seat, by time.</summary>
    /// <param name="walkInsOpen">True once the fair has opened: then the kept seats can be booked too.</param>
    public static Task<IReadOnlyList<SlotState>> OfExhibitorsAsync(MatchingDb db, Guid fairId, IReadOnlyCollection<Guid> exhibitors, bool walkInsOpen, CancellationToken cancel) =>
        ReadAsync(db, db.Slots.Where(s => s.FairId == fairId && exhibitors.Contains(s.ExhibitorId)), walkInsOpen, cancel);

    /// <summary>All slots of a fair with at least one seat, by time.</summary>
    public static Task<IReadOnlyList<SlotState>> OfFairAsync(MatchingDb db, Guid fairId, bool walkInsOpen, CancellationToken cancel) =>
        ReadAsync(db, db.Slots.Where(s => s.FairId == fairId), walkInsOpen, cancel);

    public static async Task<SlotState?> OfSlotAsync(MatchingDb db, Guid slotId, bool walkInsOpen, CancellationToken cancel) =>
        (await ReadAsync(db, db.Slots.Where(s => s.Id == slotId), walkInsOpen, cancel)).SingleOrDefault();

    private static async Task<IReadOnlyList<SlotState>> ReadAsync(MatchingDb db, IQueryable<Slot> chosen, bool walkInsOpen, CancellationToken cancel)
    {
        var slots = await chosen.AsNoTracking().Include(s => s.Seats).AsSplitQuery().OrderBy(s => s.Start).ThenBy(s => s.Format).ToListAsync(cancel);
        var held = (await (from booking in db.Bookings
                           join slot in chosen on booking.SlotId equals slot.Id
                           where booking.TableNo != null
                           select new { booking.SlotId, Table = booking.TableNo!.Value }).ToListAsync(cancel)).ToLookup(b => b.SlotId, b => b.Table);
        var states = new List<SlotState>();
        foreach (var slot in slots)
        {
            var taken = held[slot.Id].Order().ToArray();
            var open = slot.Seats.Where(s => !s.Withdrawn && !taken.Contains(s.TableNo)).OrderBy(s => s.TableNo).ToArray();
            if (open.Length == 0 && taken.Length == 0 && slot.Seats.TrueForAll(s => s.Withdrawn)) continue;
            states.Add(new SlotState(slot, [.. open.Where(s => walkInsOpen || !s.WalkIn).Select(s => s.TableNo)],
                [.. open.Where(s => !walkInsOpen && s.WalkIn).Select(s => s.TableNo)], taken));
        }
        return states;
    }
}
