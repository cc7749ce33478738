using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>A stand that wants only so many meetings has that many numbered places; two who take the same one at once meet at the index.</summary>
internal static class StandPlaces
{
    /// <returns>null: the stand takes as many as it has seats; or all places are taken by now, and then the board has shown none free.</returns>
    public static async Task<int?> FreeAsync(MatchingDb db, Guid exhibitorId, CancellationToken cancel) =>
        await db.StandPlans.Where(p => p.ExhibitorId == exhibitorId).Select(p => p.MostMeetings).SingleOrDefaultAsync(cancel) is { } most
            ? Booking.FreeOrdinal(await db.Bookings.Where(b => b.ExhibitorId == exhibitorId && b.StandOrdinal != null).Select(b => b.StandOrdinal!.Value).ToListAsync(cancel), most)
            : null;

    /// <summary>Gives those that were booked before there was a limit their places; they keep their seats where they are more than it allows.</summary>
    public static async Task NumberAsync(MatchingDb db, Guid exhibitorId, CancellationToken cancel)
    {
        var seated = await db.Bookings.Where(b => b.ExhibitorId == exhibitorId && b.TableNo != null).OrderBy(b => b.Id).ToListAsync(cancel);
        var free = new Queue<int>(Enumerable.Range(1, seated.Count).Except(seated.Select(b => b.StandOrdinal).OfType<int>()));
        foreach (var booking in seated.Where(b => b.StandOrdinal is null)) booking.StandOrdinal = free.Dequeue();
    }
}
