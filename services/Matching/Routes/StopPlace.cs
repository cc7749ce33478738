using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;

namespace Matchmaking.Matching.Routes;

/// <summary>Where a stop takes place.</summary>
/// <param name="Kind">Of <see cref="PlaceKinds"/>.</param>
/// <param name="ExhibitorId">Whose it is: from a stand to itself there is no way.</param>
/// <param name="Text">As it is written: the sign in German, or the address.</param>
/// <param name="At">Of the address, or of the door of the fair; null: not known.</param>
internal sealed record StopPlace(string Kind, Guid ExhibitorId, string? Text = null, GeoPoint? At = null)
{
    /// <summary>False where nobody has to go anywhere.</summary>
    public bool IsSomewhere => Kind is PlaceKinds.Stand or PlaceKinds.City;

    public static StopPlace Of(string format, ExhibitorFacts exhibitor, FairFacts fair) =>
        format != PlaceKinds.Stand ? new StopPlace(format, exhibitor.Id)
        : exhibitor.IsInCity ? new StopPlace(PlaceKinds.City, exhibitor.Id, exhibitor.Address, exhibitor.At)
        : new StopPlace(PlaceKinds.Stand, exhibitor.Id, exhibitor.Stand, fair.At);

    /// <param name="now">As it stands in the catalogue; where the offer is gone, what was said when it was asked for.</param>
    public static StopPlace Of(Booking booking, OfferAt? now) =>
        now is not null ? Of(booking.Format, now.Exhibitor, now.Fair)
        : new StopPlace(booking.Format, booking.ExhibitorId, booking.Format == PlaceKinds.Stand ? booking.Offer.Stand : null);

    public RoutePlace View(string language) => new(Kind, Kind == PlaceKinds.Stand ? StandSign.In(Text, language) : Text, Kind == PlaceKinds.City ? At : null);
}
