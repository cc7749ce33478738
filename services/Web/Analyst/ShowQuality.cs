using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;

namespace Matchmaking.Web.Analyst;

/// <summary>/analyst: whether it helped, for whom it is worse, what is missing.</summary>
internal static class ShowQuality
{
    public static void MapQuality(this RouteGroupBuilder pages) =>
        pages.MapGet("/analyst", (Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Gate.For(visit, "analyst", async pass =>
            {
                var reply = await matching.Quality(pass, cancel);
                return reply.Problem is { } refusal ? Page.Refused(refusal, staff: true) : Page.Show<QualityPage>(new { Summary = (QualitySummary)reply.Value! });
            }));
}
