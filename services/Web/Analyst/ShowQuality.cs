using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;

namespace Matchmaking.Web.Analyst;

/// <summary>/analyst: whether it helped, for whom it is worse, what is missing; with a question in the address the same of some.</summary>
internal static class ShowQuality
{
    public static void MapQuality(this RouteGroupBuilder pages) =>
        pages.MapGet("/analyst", (Visit visit, MatchingClient matching, ProfileClient profile, CancellationToken cancel) =>
            Gate.For(visit, "analyst", async pass =>
            {
                var inquiry = Inquiry.In(visit.Path);
                if (inquiry.IsOfSome) return await ShowFigures.AskAsync<SomePage>(inquiry, pass, matching, profile, cancel);
                var (asked, choices, definitions) = (matching.Quality(pass, cancel), DeskChoices.Of(pass, matching, profile, cancel), matching.Definitions(pass, cancel));
                var reply = await asked;
                return reply.Problem is { } refusal ? Page.Refused(refusal, staff: true)
                    : Page.Show<QualityPage>(new { Summary = (QualitySummary)reply.Value!, Desk = Desk.Without(inquiry, await choices) with { Definitions = (await definitions).Value?.ToDictionary(d => d.Id) ?? [] } });
            }));
}
