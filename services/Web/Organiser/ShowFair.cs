using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;
using Microsoft.AspNetCore.DataProtection;

namespace Matchmaking.Web.Organiser;

/// <summary>/organiser: the fair, what was imported, and how the next one comes in.</summary>
internal static class ShowFair
{
    public static void MapFair(this RouteGroupBuilder pages) =>
        pages.MapGet("/organiser", (Visit visit, ProfileClient profile, IDataProtectionProvider protection, string? problem, string? done, CancellationToken cancel) =>
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
                    Done = (object?)ImportReceipt.Open(protection, done, visit.Now),
                });
            }));
}
