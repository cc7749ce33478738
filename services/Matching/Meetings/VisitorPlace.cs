using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>
/// A visitor has so many numbered places for meetings, and so many at each stand; two that take the same one at once meet at the index. The second number
/// is not left to a count: of two requests at once that count alike, a third that is called off at that moment would let both in.
/// </summary>
internal readonly record struct VisitorPlace(int Ordinal, int AtStand)
{
    /// <returns>The lowest place that is free; else the code of the refusal.</returns>
    public static async Task<(VisitorPlace? Place, string? Refusal)> FreeAsync(MatchingDb db, Guid visitorId, Guid exhibitorId, MatchingOptions most, DateTimeOffset now, CancellationToken cancel)
    {
        var used = await UsedAsync(db, visitorId, exhibitorId, cancel);
        if (Booking.FreeOrdinal(used.InAll, most.MeetingsAtOnce) is not { } ordinal) return (null, "cap-reached");
        // What is over and was not recorded yet cannot be called off any more, and stands in nobody's way.
        var over = await db.Bookings.CountAsync(b => b.VisitorId == visitorId && b.ExhibitorId == exhibitorId && b.OrdinalAtStand != null && b.Status == MeetingStatuses.Accepted && b.End <= now, cancel);
        return Booking.FreeOrdinal(used.AtStand, most.MeetingsAtStand + over) is { } atStand ? (new(ordinal, atStand), null) : (null, "stand-cap");
    }

    /// <summary>Beyond what the visitor may ask for, where need be.</summary>
    public static async Task<VisitorPlace> BeyondAsync(MatchingDb db, Guid visitorId, Guid exhibitorId, CancellationToken cancel)
    {
        var used = await UsedAsync(db, visitorId, exhibitorId, cancel);
        return new(Booking.FreeOrdinal(used.InAll, used.InAll.Count + 1)!.Value, Booking.FreeOrdinal(used.AtStand, used.AtStand.Count + 1)!.Value);
    }

    private static async Task<(List<int> InAll, List<int> AtStand)> UsedAsync(MatchingDb db, Guid visitorId, Guid exhibitorId, CancellationToken cancel)
    {
        var used = await db.Bookings.Where(b => b.VisitorId == visitorId && b.Ordinal != null).Select(b => new { b.Ordinal, b.ExhibitorId, b.OrdinalAtStand }).ToListAsync(cancel);
        return ([.. used.Select(b => b.Ordinal).OfType<int>()], [.. used.Where(b => b.ExhibitorId == exhibitorId).Select(b => b.OrdinalAtStand).OfType<int>()]);
    }
}
