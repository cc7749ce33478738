using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/matches: the visitor's next steps, with reasons and times.</summary>
internal static class ShowMatches
{
    public static void MapMatches(this RouteGroupBuilder pages) => pages.MapGet("/matches", Show);

    private static async Task<IResult> Show(
        HttpContext context, Visit visit, MatchingClient matching, string? kind, string? set, string? de, string? problem, string? all, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var listed = matching.Matches(pass, cancel);
        var met = matching.VisitorMeetings(pass, cancel);
        var reply = await listed;
        if (reply.Problem is { } refusal) return Page.Refused(refusal);
        if (reply.Value is not { } matches) return Page.Show<PreparingPage>();
        return Page.Show<MatchesPage>(new
        {
            Matches = matches,
            Meetings = (IReadOnlyList<Meeting>)((await met).Value ?? []),
            Kind = kind,
            // A form with a switch that is off sends nothing: "set" tells that it was there.
            German = visit.Language != "de" && (set is null ? de != "0" : de == "1"),
            Problem = problem,
            All = all == "1",
        });
    }
}
