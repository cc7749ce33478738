using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>A stand that wants only so many meetings has that many numbered places; two who take the same one at once meet at the index.</summary>
internal static class StandPlaces
{
    /// <returns>A number for one meeting more. Where all were taken a moment ago it is one of those: the index refuses it, and the next look shows none free. null: the stand sets no limit.</returns>
    public static Task<int?> FreeAsync(MatchingDb db, Slot slot, CancellationToken cancel) => NextAsync(db, slot, (used, most) => Booking.FreeOrdinal(used, most) ?? most, cancel);

    /// <summary>As <see cref="FreeAsync"/>, for a time that the stand itself has proposed: its own limit does not stand against that.</summary>
    public static Task<int?> BeyondAsync(MatchingDb db, Slot slot, CancellationToken cancel) => NextAsync(db, slot, (used, _) => Booking.FreeOrdinal(used, used.Count + 1)!.Value, cancel);

    private static async Task<int?> NextAsync(MatchingDb db, Slot slot, Func<List<int>, int, int> next, CancellationToken cancel) => slot.StandLimit is { } most
        ? next(await db.Bookings.Where(b => b.ExhibitorId == slot.ExhibitorId && b.StandOrdinal != null).Select(b => b.StandOrdinal!.Value).ToListAsync(cancel), most)
        : null;

    /// <returns>Of the stands of these slots those that have as many meetings as they want.</returns>
    public static async Task<IEnumerable<Guid>> FullAsync(MatchingDb db, IEnumerable<Slot> slots, CancellationToken cancel)
    {
        var limits = slots.Where(s => s.StandLimit is not null).DistinctBy(s => s.ExhibitorId).ToDictionary(s => s.ExhibitorId, s => s.StandLimit!.Value);
        if (limits.Count == 0) return [];
        Guid[] stands = [.. limits.Keys];
        var held = await db.Bookings.Where(b => stands.Contains(b.ExhibitorId) && b.TableNo != null).GroupBy(b => b.ExhibitorId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        return held.Where(h => h.Count >= limits[h.Key]).Select(h => h.Key);
    }

    /// <summary>Gives those that were booked before there was a limit their places; they keep their seats where they are more than it allows.</summary>
    public static async Task NumberAsync(MatchingDb db, Guid exhibitorId, CancellationToken cancel)
    {
        var seated = await db.Bookings.Where(b => b.ExhibitorId == exhibitorId && b.TableNo != null).OrderBy(b => b.Id).ToListAsync(cancel);
        var free = new Queue<int>(Enumerable.Range(1, seated.Count).Except(seated.Select(b => b.StandOrdinal).OfType<int>()));
        foreach (var booking in seated.Where(b => b.StandOrdinal is null)) booking.StandOrdinal = free.Dequeue();
    }
}
