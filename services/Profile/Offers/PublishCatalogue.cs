using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Exhibitors;
using Matchmaking.Profile.Fairs;

namespace Matchmaking.Profile.Offers;

/// <summary>
/// Every change of a fair's catalogue goes out as the whole of it. The fair's row is read first and its version is a concurrency token: of two
/// changes at once the later save is refused and made anew, so no version ever says two things.
/// </summary>
internal static class PublishCatalogue
{
    /// <param name="exhibitors">Of the fair, withdrawn ones as well.</param>
    /// <param name="offers">Of the fair, withdrawn ones as well.</param>
    public static void Announce(ProfileDb db, Fair fair, IEnumerable<Exhibitor> exhibitors, IEnumerable<Offer> offers, DateTimeOffset now)
    {
        fair.CatalogueVersion++;
        var shown = exhibitors.Where(e => e.Published).ToDictionary(e => e.Id);
        db.Announce(new CataloguePublished(fair.Id, fair.CatalogueVersion, fair.Facts, [.. shown.Values.Select(e => e.Facts)],
            [.. offers.Where(o => o.Published && shown.ContainsKey(o.ExhibitorId)).Select(o => o.Facts)], now), fair.Id, fair.CatalogueVersion);
    }
}
