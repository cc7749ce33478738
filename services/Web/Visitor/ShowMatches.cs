using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/matches: the visitor's next steps, with reasons and times.</summary>
internal static class ShowMatches
{
    public static void MapMatches(this RouteGroupBuilder pages) => pages.MapGet("/matches", Show);

    private static async Task<IResult> Show(
        HttpContext context, Visit visit, MatchingClient matching, string? kind, string[]? only, string? de, string? problem, string? all, string? gone, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var listed = matching.Matches(pass, cancel);
        var met = matching.VisitorMeetings(pass, cancel);
        var choosing = matching.Choices(pass, cancel);
        var reply = await listed;
        if (reply.Problem is { } refusal) return Page.Refused(refusal);
        if (reply.Value is not { } matches) return Page.Show<PreparingPage>();
        IReadOnlyList<OfferChosen> chosen = (await choosing).Value ?? [];
        return Page.Show<MatchesPage>(new
        {
            Matches = matches,
            Meetings = (IReadOnlyList<Meeting>)((await met).Value ?? []),
            Choices = chosen,
            Filter = MatchFilter.Of(kind, only ?? []),
            Gone = Page.IdIn(gone) is { } offer ? chosen.FirstOrDefault(c => c.OfferId == offer && c.Choice == OfferChoices.NotForMe) : null,
            German = visit.Language != "de" && de == "1" ? ((await matching.MatchesInGerman(pass, cancel)).Value?.Items ?? []).ToDictionary(m => m.OfferId) : null,
            Problem = problem,
            All = all == "1",
        });
    }
}
