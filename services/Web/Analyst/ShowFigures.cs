using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;
using Microsoft.AspNetCore.Components;

namespace Matchmaking.Web.Analyst;

/// <summary>The analyst's desk: pages of figures, all of the question in the address.</summary>
internal static class ShowFigures
{
    public static void MapFigures(this RouteGroupBuilder pages)
    {
        MapPage<RankingPage>("/analyst/ranking", measured: true);
        MapPage<FairnessPage>("/analyst/fairness");
        MapPage<StandsPage>("/analyst/exposure");
        MapPage<GapsPage>("/analyst/gaps");
        MapPage<FairReportPage>("/analyst/report", published: true);
        pages.MapGet("/analyst/compare", (Visit visit, MatchingClient matching, ProfileClient profile, CancellationToken cancel) => Gate.For(visit, "analyst", async pass =>
        {
            var (inquiry, choices) = (Inquiry.In(visit.Path), await DeskChoices.Of(pass, matching, profile, cancel));
            var (first, second) = (Desk.Of(inquiry, pass, matching, choices, cancel), Desk.Of(inquiry.Second, pass, matching, choices, cancel));
            var (one, other) = (await first, await second);
            return (one.Refusal ?? other.Refusal) is { } refusal ? Page.Refused(refusal, staff: true)
                : Page.Show<ComparePage>(new { one.Desk, Second = other.Desk }, one.Desk.Mistakes.Count + other.Desk.Mistakes.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
        }));

        void MapPage<T>(string path, bool measured = false, bool published = false) where T : IComponent =>
            pages.MapGet(path, (Visit visit, MatchingClient matching, ProfileClient profile, CancellationToken cancel) =>
                Gate.For(visit, "analyst", pass => AskAsync<T>(Inquiry.In(visit.Path), pass, matching, profile, cancel, measured, published)));
    }

    public static async Task<IResult> AskAsync<T>(Inquiry inquiry, StaffPass pass, MatchingClient matching, ProfileClient profile, CancellationToken cancel, bool measured = false, bool published = false) where T : IComponent
    {
        var (desk, refusal) = await Desk.Of(inquiry, pass, matching, await DeskChoices.Of(pass, matching, profile, cancel), cancel, measured, published);
        return refusal is not null ? Page.Refused(refusal, staff: true) : Page.Show<T>(new { Desk = desk }, desk.Mistakes.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
