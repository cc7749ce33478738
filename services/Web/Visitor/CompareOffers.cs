using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>An offer to be compared: what it is, and how it is for this visitor.</summary>
public sealed record Compared(OfferView Offer, VisitorOffer Own);

/// <summary>/compare?id=…&amp;id=…: two or three offers beside each other.</summary>
internal static class CompareOffers
{
    private const int Most = 3;

    public static void MapCompare(this RouteGroupBuilder pages) => pages.MapGet("/compare", Show);

    private static async Task<IResult> Show(Visit visit, ProfileClient profile, MatchingClient matching, string[]? id, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var asked = (id ?? []).Select(Page.IdIn).OfType<Guid>().Distinct().Take(Most).ToArray();
        var compared = new List<Compared>(asked.Length);
        foreach (var (offer, own) in asked.Select(one => (profile.Offer(one, cancel), matching.Offer(pass, one, cancel))).ToArray())
        {
            if ((await own).Problem is { Status: 401 } over) return Page.Refused(over);
            // What was withdrawn meanwhile is left out.
            if ((await offer).Value is { } there && (await own).Value is { } mine) compared.Add(new(there, mine));
        }
        return Page.Show<ComparePage>(new { Offers = (IReadOnlyList<Compared>)compared });
    }
}
