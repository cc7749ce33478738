using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;

namespace Matchmaking.Web.Organiser;

/// <summary>/organiser: the fair, what was imported, and how the next one comes in.</summary>
internal static class ShowFair
{
    public static void MapFair(this RouteGroupBuilder pages) =>
        pages.MapGet("/organiser", (Visit visit, ProfileClient profile, CancellationToken cancel) =>
            Gate.For(visit, "organiser", async _ =>
            {
                var exhibitors = profile.Exhibitors(cancel);
                var counts = new Dictionary<string, int>();
                foreach (var kind in Codes.OfferKinds) counts[kind] = (await profile.Offers(kind, 1, cancel)).Value?.Total ?? 0;
                return Page.Show<FairPage>(new { Exhibitors = (await exhibitors).Value?.Total ?? 0, Offers = (IReadOnlyDictionary<string, int>)counts });
            }));
}
