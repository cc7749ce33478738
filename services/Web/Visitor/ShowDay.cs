using System.Text;
using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/day: the visitor's meetings in order, to carry along on a phone, on paper or in a calendar; and the changes to them.</summary>
internal static class ShowDay
{
    public static void MapDay(this RouteGroupBuilder pages)
    {
        pages.MapGet("/day", (Visit visit, MatchingClient matching, Guid? @new, string? problem, CancellationToken cancel) =>
            Day(visit, matching, false, @new, problem, cancel));
        pages.MapGet("/day/slip", (Visit visit, MatchingClient matching, CancellationToken cancel) => Day(visit, matching, true, null, null, cancel));
        pages.MapGet("/day/all.ics", Calendar);
        pages.MapGet("/day/{id:guid}.ics", OneCalendar);
        pages.MapGet("/day/{id:guid}", One);
        pages.MapPost("/day/{id:guid}/cancel", (Guid id, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Act(visit, id, pass => matching.Cancel(pass.Token, id, cancel)));
        pages.MapPost("/day/{id:guid}/choose", async (Guid id, HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
        {
            var form = await context.Request.ReadFormAsync(cancel);
            if (!Guid.TryParse(form["slot"], out var slot)) return Page.Go($"/day/{id}?problem=no-time");
            return await Act(visit, id, pass => matching.Choose(pass.Token, id, slot, cancel));
        });
        pages.MapPost("/day/{id:guid}/useful", async (Guid id, HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
        {
            var form = await context.Request.ReadFormAsync(cancel);
            if (!int.TryParse(form["useful"], out var useful) || useful is < 1 or > 5) return Page.Go("/day");
            return await Act(visit, id, pass => matching.Outcome(pass.Token, id, "held", useful, cancel));
        });
    }

    private static async Task<IResult> Day(Visit visit, MatchingClient matching, bool slip, Guid? fresh, string? problem, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var reply = await matching.VisitorMeetings(pass, cancel);
        if (reply.Problem is { } refusal) return Page.Refused(refusal);
        return Page.Show<DayPage>(new
        {
            Meetings = (IReadOnlyList<Meeting>)[.. reply.Value!.OrderBy(m => m.Slot.Start)],
            Slip = slip,
            Fresh = fresh,
            Problem = problem,
            Link = $"{visit.Origin}/link/{pass.Id}/{pass.Token}?to=day",
        });
    }

    private static async Task<IResult> One(Guid id, Visit visit, MatchingClient matching, string? problem, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var reply = await matching.VisitorMeetings(pass, cancel);
        if (reply.Problem is { } refusal) return Page.Refused(refusal);
        return reply.Value!.Find(m => m.Id == id) is { } meeting
            ? Page.Show<MeetingPage>(new { Meeting = meeting, Problem = problem }) : Page.Error("missing");
    }

    private static async Task<IResult> Act(Visit visit, Guid id, Func<VisitorPass, Task<Reply<Meeting>>> act)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var reply = await act(pass);
        if (reply.Problem is not { } problem) return Page.Go("/day");
        return problem.Status is 409 or 422 or 400 ? Page.Go($"/day/{id}?problem={Uri.EscapeDataString(problem.Code)}") : Page.Refused(problem);
    }

    private static async Task<IResult> OneCalendar(Guid id, Visit visit, MatchingClient matching, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var reply = await matching.Calendar(pass.Token, id, cancel);
        return reply.Problem is { } refusal ? Page.Refused(refusal) : File(reply.Value!, $"{id}.ics");
    }

    /// <summary>All meetings in one file: the events of each, after the head and zones of the first.</summary>
    private static async Task<IResult> Calendar(Visit visit, MatchingClient matching, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var reply = await matching.VisitorMeetings(pass, cancel);
        if (reply.Problem is { } refusal) return Page.Refused(refusal);
        var whole = "";
        foreach (var meeting in reply.Value!.Where(m => m.Status is "requested" or "accepted" or "proposed"))
        {
            if ((await matching.Calendar(pass.Token, meeting.Id, cancel)).Value is not { } one) continue;
            whole = whole.Length == 0 ? one : whole.Insert(whole.LastIndexOf("END:VCALENDAR", StringComparison.Ordinal), Events(one));
        }
        return whole.Length == 0 ? Page.Go("/day") : File(whole, "fair.ics");
    }

    private static string Events(string calendar)
    {
        var from = calendar.IndexOf("BEGIN:VEVENT", StringComparison.Ordinal);
        var to = calendar.LastIndexOf("END:VCALENDAR", StringComparison.Ordinal);
        return from < 0 || to < from ? "" : calendar[from..to];
    }

    private static IResult File(string calendar, string name) =>
        TypedResults.File(Encoding.UTF8.GetBytes(calendar), "text/calendar; charset=utf-8", name);
}
