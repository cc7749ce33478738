using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Meetings;

namespace Matchmaking.Matching.Quality;

/// <summary>What came of each place of each list that a visitor was shown: every outcome counts once, with the last list that showed its offer before.</summary>
internal static class ListOutcomes
{
    /// <param name="lists">Of one visitor, by time.</param>
    public static OfferOutcome[][] Of(ShownList[] lists, IEnumerable<OpenedOffer> opened, IEnumerable<Booking> bookings)
    {
        var outcomes = lists.Select(l => new OfferOutcome[l.Offers.Count]).ToArray();
        foreach (var look in opened)
            if (PlaceOf(look.OfferId, look.At) is { } at) outcomes[at.List][at.Place] = outcomes[at.List][at.Place] with { Opened = true };
        foreach (var booking in bookings.Where(b => !b.IsPlanned))
            if (PlaceOf(booking.OfferId, booking.RequestedAt) is { } at) outcomes[at.List][at.Place] = With(outcomes[at.List][at.Place], booking);
        return outcomes;

        (int List, int Place)? PlaceOf(Guid offer, DateTimeOffset when)
        {
            for (var list = lists.Length - 1; list >= 0; list--)
                if (lists[list].At <= when && IndexOf(lists[list].Offers, offer) is >= 0 and var place) return (list, place);
            return null;
        }
    }

    /// <summary>By offer, wherever it was found: on a list, by a search, at the stand.</summary>
    public static Dictionary<Guid, OfferOutcome> ByOffer(IEnumerable<OpenedOffer> opened, IEnumerable<Booking> bookings)
    {
        var outcomes = opened.ToDictionary(o => o.OfferId, _ => new OfferOutcome(Opened: true));
        foreach (var booking in bookings.Where(b => !b.IsPlanned)) outcomes[booking.OfferId] = With(outcomes.GetValueOrDefault(booking.OfferId), booking);
        return outcomes;
    }

    private static OfferOutcome With(in OfferOutcome before, Booking booking) => before with
    {
        Requested = true,
        Accepted = before.Accepted || booking.AcceptedAt is not null,
        Declined = before.Declined || booking.Status is MeetingStatuses.Declined or MeetingStatuses.Expired,
        Held = before.Held || booking.Status == MeetingStatuses.Held,
        NoShow = before.NoShow || booking.Status == MeetingStatuses.NoShow,
        Useful = booking.Useful ?? before.Useful,
    };

    private static int IndexOf(IReadOnlyList<Guid> offers, Guid offer)
    {
        for (var i = 0; i < offers.Count; i++)
            if (offers[i] == offer) return i;
        return -1;
    }
}
