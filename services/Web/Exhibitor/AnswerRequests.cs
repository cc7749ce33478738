using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Exhibitor;

/// <summary>/exhibitor: requests by deadline beside the stand's day, the answers to them, and what then waits for the visitor's choice.</summary>
internal static class AnswerRequests
{
    public static void MapInbox(this RouteGroupBuilder pages)
    {
        pages.MapGet("/exhibitor", (Visit visit, MatchingClient matching, string? problem, string? done, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var asked = matching.StandMeetings(pass, cancel);
                var planned = matching.Plan(pass, cancel);
                var day = await matching.StandDay(pass, cancel);
                var (meetings, plan) = (await asked, await planned);
                if (meetings.Problem is { } refusal) return Page.Refused(refusal, staff: true);
                if (day.Problem is { } closed) return Page.Refused(closed, staff: true);
                return Page.Show<InboxPage>(new { Meetings = (IReadOnlyList<Meeting>)meetings.Value!, Day = day.Value!, Plan = plan.Value?.Effective, Problem = problem, Done = Page.IdIn(done) });
            }));
        pages.MapPost("/exhibitor/meetings/{id:guid}/answer", (Guid id, HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var answer = Read(await context.Request.ReadFormAsync(cancel));
                if (Mistake(answer) is { } mistake) return Page.Go("/exhibitor?problem=" + mistake);
                var reply = await matching.Answer(pass.Token, id, answer!, cancel);
                if (reply.Problem is not { } problem) return Page.Go("/exhibitor");
                return problem.CanBeSaid ? Page.Go($"/exhibitor?problem={Uri.EscapeDataString(problem.Said)}") : Page.Refused(problem, staff: true);
            }));
    }

    /// <returns>With all times that were ticked. null: other times were to be proposed, and none was.</returns>
    internal static MeetingAnswer? Read(IFormCollection form)
    {
        var slots = form["slots"].Select(s => Guid.TryParse(s, out var slot) ? slot : Guid.Empty).Where(s => s != Guid.Empty).Distinct().ToArray();
        return form["do"].ToString().Split(':') switch
        {
            ["accept"] => new("accept"),
            ["propose"] when slots.Length > 0 => new("propose", null, slots),
            ["decline", var reason] when DeclineReasons.All.Contains(reason) => new("decline", reason),
            _ => null,
        };
    }

    /// <returns>The code of what is wrong with it, among the texts "problem.*"; null: it can be sent.</returns>
    internal static string? Mistake(MeetingAnswer? answer) => answer switch { null => "no-time", { SlotIds.Count: > ProposeTimes.Most } => "times-many", _ => null };
}
