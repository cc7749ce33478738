using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Exhibitor;

/// <summary>/exhibitor/day: who comes today, who came, and who just walked in.</summary>
internal static class RunStand
{
    public static void MapStand(this RouteGroupBuilder pages)
    {
        pages.MapGet("/exhibitor/day", (Visit visit, MatchingClient matching, string? problem, string? done, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var asked = matching.StandMeetings(pass, cancel);
                var day = await matching.StandDay(pass, cancel);
                var meetings = await asked;
                if (meetings.Problem is { } refusal) return Page.Refused(refusal, staff: true);
                if (day.Problem is { } closed) return Page.Refused(closed, staff: true);
                return Page.Show<StandPage>(new { Meetings = (IReadOnlyList<Meeting>)meetings.Value!, Day = day.Value!, Problem = problem, Done = Page.IdIn(done) });
            }));
        pages.MapPost("/exhibitor/meetings/{id:guid}/outcome", (Guid id, HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass => (await context.Request.ReadFormAsync(cancel))["outcome"].ToString() switch
            {
                "undo" => Told((await matching.UndoOutcome(pass.Token, id, cancel)).Problem, id),
                ("held" or "no-show") and var outcome => Told((await matching.Outcome(pass.Token, id, outcome, null, cancel)).Problem, id),
                _ => Page.Go("/exhibitor/day"),
            }));
        pages.MapPost("/exhibitor/walk-ins", (HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var form = await context.Request.ReadFormAsync(cancel);
                return form["seat"].ToString().Split(':') is [var slotText, var tableText] && Guid.TryParse(slotText, out var slot) && int.TryParse(tableText, out var table)
                    ? Told((await matching.WalkIn(pass, slot, table, form["do"] != "undo", cancel)).Problem, null)
                    : Page.Go("/exhibitor/day");
            }));
    }

    /// <summary>Back to the day: with the meeting shown, or with why not.</summary>
    internal static IResult Told(Problem? problem, Guid? meeting) => problem switch
    {
        null => Page.Go(meeting is { } id ? $"/exhibitor/day?done={id}#m-{id:N}" : "/exhibitor/day"),
        { CanBeSaid: true } => Page.Go($"/exhibitor/day?problem={Uri.EscapeDataString(problem.Said)}"),
        _ => Page.Refused(problem, staff: true),
    };
}
