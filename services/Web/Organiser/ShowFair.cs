using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;

namespace Matchmaking.Web.Organiser;

/// <summary>/organiser: the fair, what was imported, and how the next one comes in.</summary>
internal static class ShowFair
{
    public static void MapFair(this RouteGroupBuilder pages) =>
        pages.MapGet("/organiser", (Visit visit, ProfileClient profile, string? problem, int? exhibitors, int? offers, int? skipped, CancellationToken cancel) =>
            Gate.For(visit, "organiser", async _ =>
            {
                var published = profile.Exhibitors(cancel);
                var counts = new Dictionary<string, int>();
                foreach (var kind in Codes.OfferKinds) counts[kind] = (await profile.Offers(kind, 1, cancel)).Value?.Total ?? 0;
                return Page.Show<FairPage>(new
                {
                    Exhibitors = (await published).Value?.Total ?? 0,
                    Offers = (IReadOnlyDictionary<string, int>)counts,
                    Problem = problem,
                    Done = exhibitors is { } e && offers is { } o ? (e, o, skipped ?? 0) : ((int, int, int)?)null,
                });
            }));
}
