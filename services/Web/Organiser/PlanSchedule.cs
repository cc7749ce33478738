using System.Globalization;
using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;

namespace Matchmaking.Web.Organiser;

/// <summary>/organiser/schedule: a schedule for the whole fair is drawn up, watched, looked at, and published on a page of its own.</summary>
internal static class PlanSchedule
{
    private const string Home = "/organiser/schedule";

    public static void MapSchedule(this RouteGroupBuilder pages)
    {
        pages.MapGet(Home, (Visit visit, MatchingClient matching, Guid? id, string? done, string? problem, CancellationToken cancel) => Gate.For(visit, "organiser", async pass =>
        {
            var reply = await matching.Schedules(pass, cancel);
            if (reply.Problem is { } refusal) return Page.Refused(refusal, staff: true);
            return Page.Show<SchedulePage>(new { Schedules = (IReadOnlyList<ScheduleView>)reply.Value!, Chosen = Chosen(reply.Value!, id), Done = done, Problem = problem });
        }));
        pages.MapPost(Home, (HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) => Gate.For(visit, "organiser", async pass =>
        {
            var form = await context.Request.ReadFormAsync(cancel);
            if (!Number("most", out var most) || !Number("stand", out var stand) || !Number("seconds", out var seconds)) return Page.Go($"{Home}?problem=numbers#start");
            var reply = await matching.DrawSchedule(pass, new ScheduleRequest(null, most, stand, seconds), cancel);
            return reply.Problem switch
            {
                null => Page.Go($"{Home}?id={reply.Value!.Id}"),
                { Status: 400 } => Page.Go($"{Home}?problem=numbers#start"),
                // Pressed twice: it is under way.
                { Code: "schedule-drawing" } => Page.Go(Home),
                var problem => Page.Refused(problem, staff: true),
            };

            bool Number(string field, out int? number)
            {
                var text = form[field].ToString().Trim();
                var whole = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n);
                number = whole ? n : null;
                return whole || text.Length == 0;
            }
        }));
        pages.MapPost(Home + "/{id:guid}/cancel", (Guid id, Visit visit, MatchingClient matching, CancellationToken cancel) => Decide(visit, matching, id, "cancel", cancel));
        pages.MapGet(Home + "/{id:guid}/publish", (Guid id, Visit visit, MatchingClient matching, CancellationToken cancel) => Gate.For(visit, "organiser", async pass =>
        {
            var reply = await matching.Schedule(pass, id, cancel);
            if (reply.Problem is { } refusal) return Page.Refused(refusal, staff: true);
            return reply.Value is { State: "draft" } draft ? Page.Show<PublishPage>(new { Draft = draft }) : Page.Go($"{Home}?problem=not-a-draft");
        }));
        pages.MapPost(Home + "/{id:guid}/publish", (Guid id, Visit visit, MatchingClient matching, CancellationToken cancel) => Decide(visit, matching, id, "publish", cancel));
    }

    /// <summary>What is under way, else what waits for a decision, else the last one that has figures.</summary>
    private static ScheduleView? Chosen(List<ScheduleView> all, Guid? id) =>
        all.Find(s => s.Id == id) ?? all.Find(s => s.State == "drawing") ?? all.Find(s => s.State == "draft") ?? all.Find(s => s.State == "published") ?? all.FirstOrDefault();

    private static Task<IResult> Decide(Visit visit, MatchingClient matching, Guid id, string act, CancellationToken cancel) => Gate.For(visit, "organiser", async pass =>
        (await matching.DecideSchedule(pass, id, act, cancel)).Problem switch
        {
            null => Page.Go($"{Home}?id={id}&done={act}"),
            { Status: 409 } problem => Page.Go($"{Home}?problem={Uri.EscapeDataString(problem.Code)}"),
            var problem => Page.Refused(problem, staff: true),
        });
}
