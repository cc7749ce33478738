using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>POST /wait: a place in the queue of a stand whose times are all taken.</summary>
internal static class JoinQueue
{
    public static void MapQueue(this RouteGroupBuilder pages) => pages.MapPost("/wait", Join);

    private static async Task<IResult> Join(HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var form = await context.Request.ReadFormAsync(cancel);
        if (!Guid.TryParse(form["offer"], out var offer)) return Page.Error("missing");
        var reply = await matching.Wait(pass, offer, form["format"].ToString(), cancel);
        if (reply.Problem is not { } problem) return Page.Go("/day#waiting");
        if (!problem.CanBeSaid) return Page.Refused(problem);
        return Page.Go($"{(problem.Said == "offer-gone" ? "/matches" : $"/offers/{offer}")}?problem={Uri.EscapeDataString(problem.Said)}");
    }
}
