using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>A slot with its seats as they stand now.</summary>
/// <param name="Open">Tables that nobody has, in order; at the same time a table is one in all formats.</param>
/// <param name="Free">Those of them that can be booked now; none where the stand has as many meetings as it wants.</param>
/// <param name="WalkIn">Tables still kept for people without a date.</param>
/// <param name="Taken">Tables of meetings in this very slot.</param>
internal sealed record SlotState(Slot Slot, IReadOnlyList<int> Open, IReadOnlyList<int> Free, IReadOnlyList<int> WalkIn, IReadOnlyList<int> Taken)
{
    /// <summary>As the stand itself sees it, which may give away the seats that it keeps.</summary>
    public SlotState ForStand => this with { Free = Open, WalkIn = [] };

    /// <summary>As somebody sees it who has a seat at this stand and would change it: the stand's meetings become no more by that.</summary>
    public SlotState ForHolder => this with { Free = [.. Open.Except(WalkIn)] };

    /// <summary>The same with only those free tables at which any of these languages is spoken.</summary>
    public SlotState Understood(IReadOnlyCollection<string> spoken) =>
        this with { Free = [.. Slot.Seats.Where(s => Free.Contains(s.TableNo) && CommonLanguage.IsShared(spoken, s.Languages)).Select(s => s.TableNo).Order()] };

    /// <summary>
    /// A free table for who speaks these languages: one at which any of them is spoken, and among those one where the fewest others are, so that
    /// the rare ones are left to whom they serve. Of tables that are alike the first.
    /// </summary>
    /// <param name="crowd">True where others ask for the same time at this moment: of tables that are alike any.</param>
    public int TableFor(IReadOnlyCollection<string> spoken, bool crowd)
    {
        var ranked = Slot.Seats.Where(s => Free.Contains(s.TableNo)).OrderBy(s => s.TableNo)
            .Select(s => (Table: s.TableNo, Rank: (IsStrange: !CommonLanguage.IsShared(spoken, s.Languages), s.Languages.Count))).ToArray();
        var best = ranked.Min(s => s.Rank);
        int[] alike = [.. ranked.Where(s => s.Rank == best).Select(s => s.Table)];
        return alike[crowd ? Random.Shared.Next(alike.Length) : 0];
    }

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
    /// <summary>As a time to look at: none of the seats that are kept for people without a date counts as free.</summary>
    public static readonly DateTimeOffset WithoutKept = DateTimeOffset.MinValue;

    /// <summary>Slots of these exhibitors with at least one seat, by time.</summary>
    public static Task<IReadOnlyList<SlotState>> OfExhibitorsAsync(MatchingDb db, Guid fairId, IReadOnlyCollection<Guid> exhibitors, DateTimeOffset now, CancellationToken cancel) =>
        ReadAsync(db, db.Slots.Where(s => s.FairId == fairId && exhibitors.Contains(s.ExhibitorId)), now, cancel);

    /// <summary>All slots of a fair with at least one seat, by time.</summary>
    public static Task<IReadOnlyList<SlotState>> OfFairAsync(MatchingDb db, Guid fairId, DateTimeOffset now, CancellationToken cancel) =>
        ReadAsync(db, db.Slots.Where(s => s.FairId == fairId), now, cancel);

    /// <param name="except">A meeting that would give back what it holds.</param>
    public static async Task<SlotState?> OfSlotAsync(MatchingDb db, Guid slotId, DateTimeOffset now, CancellationToken cancel, Guid? except = null) =>
        (await ReadAsync(db, db.Slots.Where(s => s.Id == slotId), now, cancel, except)).SingleOrDefault();

    private static async Task<IReadOnlyList<SlotState>> ReadAsync(MatchingDb db, IQueryable<Slot> chosen, DateTimeOffset now, CancellationToken cancel, Guid? except = null)
    {
        // Of a slot at all tables of which somebody just sat down there is no seat left, but it is there. Both in one statement: between two they may stand up again.
        var slots = await chosen.AsNoTracking().Include(s => s.Seats).OrderBy(s => s.Start).ThenBy(s => s.Format)
            .Select(s => new { Slot = s, IsSeated = db.WalkIns.Any(w => w.SlotId == s.Id) }).ToListAsync(cancel);
        var held = (await (from booking in db.Bookings
                           join slot in chosen on booking.SlotId equals slot.Id
                           where booking.TableNo != null && booking.Id != except
                           select new { booking.SlotId, Table = booking.TableNo!.Value }).ToListAsync(cancel)).ToLookup(b => b.SlotId, b => b.Table);
        var elsewhere = (await (from booking in db.Bookings
                                from slot in chosen
                                where booking.ExhibitorId == slot.ExhibitorId && booking.SlotId != slot.Id && booking.TableNo != null && booking.Id != except && booking.Start < slot.End && slot.Start < booking.End
                                select new { SlotId = slot.Id, Table = booking.TableNo!.Value }).ToListAsync(cancel))
            .Concat(await (from walkIn in db.WalkIns
                           join at in db.Slots on walkIn.SlotId equals at.Id
                           from slot in chosen
                           where at.ExhibitorId == slot.ExhibitorId && at.Id != slot.Id && at.Start < slot.End && slot.Start < at.End
                           select new { SlotId = slot.Id, Table = walkIn.TableNo }).ToListAsync(cancel)).ToLookup(b => b.SlotId, b => b.Table);
        var full = (await StandPlaces.FullAsync(db, [.. slots.Select(s => s.Slot)], cancel)).ToHashSet();
        var states = new List<SlotState>();
        foreach (var (slot, isSeated) in slots.Select(s => (s.Slot, s.IsSeated)))
        {
            var taken = held[slot.Id].Order().ToArray();
            var walkInsOpen = now >= slot.WalkInsFrom;
            var open = slot.Seats.Where(s => !s.Withdrawn && !taken.Contains(s.TableNo) && !elsewhere[slot.Id].Contains(s.TableNo)).OrderBy(s => s.TableNo).ToArray();
            if (open.Length == 0 && taken.Length == 0 && !isSeated && slot.Seats.TrueForAll(s => s.Withdrawn)) continue;
            states.Add(new SlotState(slot, [.. open.Select(s => s.TableNo)],
                full.Contains(slot.ExhibitorId) ? [] : [.. open.Where(s => walkInsOpen || !s.WalkIn).Select(s => s.TableNo)],
                [.. open.Where(s => !walkInsOpen && s.WalkIn).Select(s => s.TableNo)], taken));
        }
        return states;
    }
}
