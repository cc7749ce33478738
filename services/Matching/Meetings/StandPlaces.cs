using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>A stand that wants only so many meetings has that many numbered places; two who take the same one at once meet at the index.</summary>
internal static class StandPlaces
{
    /// <returns>null: the stand takes as many as it has seats; or all places are taken by now, and then the board has shown none free.</returns>
    public static async Task<int?> FreeAsync(MatchingDb db, Slot slot, CancellationToken cancel) => slot.StandLimit is { } most
        ? Booking.FreeOrdinal(await db.Bookings.Where(b => b.ExhibitorId == slot.ExhibitorId && b.StandOrdinal != null).Select(b => b.StandOrdinal!.Value).ToListAsync(cancel), most)
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
