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
        var used = await UsedAsync(db, visitorId, cancel);
        if (Booking.FreeOrdinal([.. used.Select(b => (b.Ordinal, IsOver(b)))], most.MeetingsAtOnce) is not { } ordinal) return (null, "cap-reached");
        var here = used.Where(b => b.ExhibitorId == exhibitorId && b.AtStand is not null);
        return Booking.FreeOrdinal([.. here.Select(b => (b.AtStand!.Value, IsOver(b)))], most.MeetingsAtStand) is { } atStand ? (new(ordinal, atStand), null) : (null, "stand-cap");

        bool IsOver(Used b) => Booking.IsOver(b.Status, b.End, now);
    }

    /// <summary>Beyond what the visitor may ask for, where need be.</summary>
    public static async Task<VisitorPlace> BeyondAsync(MatchingDb db, Guid visitorId, Guid exhibitorId, CancellationToken cancel)
    {
        var used = await UsedAsync(db, visitorId, cancel);
        int[] here = [.. used.Where(b => b.ExhibitorId == exhibitorId).Select(b => b.AtStand).OfType<int>()];
        return new(Booking.FreeOrdinal(used.Select(b => b.Ordinal), used.Count + 1)!.Value, Booking.FreeOrdinal(here, here.Length + 1)!.Value);
    }

    private sealed record Used(Guid ExhibitorId, int Ordinal, int? AtStand, string Status, DateTimeOffset End);

    private static Task<List<Used>> UsedAsync(MatchingDb db, Guid visitorId, CancellationToken cancel) =>
        db.Bookings.Where(b => b.VisitorId == visitorId && b.Ordinal != null).Select(b => new Used(b.ExhibitorId, b.Ordinal!.Value, b.OrdinalAtStand, b.Status, b.End)).ToListAsync(cancel);
}
