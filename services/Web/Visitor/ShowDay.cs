using System.Text;
using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/day: the visitor's day in order, to carry along on a phone, on paper or in a calendar; and the changes to them.</summary>
internal static class ShowDay
{
    public static void MapDay(this RouteGroupBuilder pages)
    {
        pages.MapGet("/day", (Visit visit, MatchingClient matching, string? @new, string? problem, CancellationToken cancel) =>
            Day(visit, matching, false, Page.IdIn(@new), problem, cancel));
        pages.MapGet("/day/slip", (Visit visit, MatchingClient matching, CancellationToken cancel) => Day(visit, matching, true, null, null, cancel));
        pages.MapGet("/day/all.ics", Calendar);
        pages.MapGet("/day/{id:guid}.ics", OneCalendar);
        pages.MapGet("/day/{id:guid}", One);
        pages.MapPost("/day/{id:guid}/cancel", (Guid id, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Act(visit, id, pass => matching.Cancel(pass.Token, id, cancel)));
        pages.MapPost("/day/{id:guid}/choose", (Guid id, HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Take(id, context, visit, (pass, slot) => matching.Choose(pass.Token, id, slot, cancel), cancel));
        pages.MapPost("/day/{id:guid}/move", (Guid id, HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Take(id, context, visit, (pass, slot) => matching.Move(pass.Token, id, slot, cancel), cancel));
        pages.MapPost("/day/waiting/{id:guid}/leave", async (Guid id, Visit visit, MatchingClient matching, CancellationToken cancel) =>
        {
            if (visit.Visitor is not { } pass) return Page.Error("expired");
            return (await matching.StopWaiting(pass, id, cancel)).Problem is { Status: not 404 } problem ? Page.Refused(problem) : Page.Go("/day");
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
        var asking = matching.VisitorMeetings(pass, cancel);
        var choosing = matching.Choices(pass, cancel);
        var route = await matching.Route(pass, cancel);
        var (reply, choices) = (await asking, await choosing);
        if ((route.Problem ?? reply.Problem) is { } refusal) return Page.Refused(refusal);
        // What already has its meeting stands in the day itself.
        var bookmarked = (choices.Value ?? []).Where(c => c.Choice == OfferChoices.Bookmarked && reply.Value!.About(c.OfferId) is null);
        return Page.Show<DayPage>(new
        {
            Stops = (IReadOnlyList<RouteStop>)route.Value!,
            Bookmarked = (IReadOnlyList<OfferChosen>)[.. bookmarked],
            Meetings = (IReadOnlyList<Meeting>)[.. reply.Value!.OrderBy(m => m.Slot.Start)],
            Slip = slip,
            Fresh = fresh,
            Problem = problem,
            Code = VisitorCode.Of(pass.Id),
            CheckIn = $"{visit.Origin}/exhibitor/check-in/{VisitorCode.Of(pass.Id)}",
            Link = $"{visit.Origin}/link/{pass.Id}/{pass.Token}?to=day",
        });
    }

    private static async Task<IResult> One(Guid id, Visit visit, MatchingClient matching, string? problem, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var reply = await matching.VisitorMeetings(pass, cancel);
        if (reply.Problem is { } refusal) return Page.Refused(refusal);
        if (reply.Value!.Find(m => m.Id == id) is not { } meeting) return Page.Error("missing");
        var others = reply.Value!.Where(m => m.Id != id).ToArray();
        var slots = (await matching.Slots(meeting.OfferId, cancel)).Value ?? [];
        return Page.Show<MeetingPage>(new
        {
            Meeting = meeting,
            Problem = problem,
            Slots = (IReadOnlyList<SlotView>)[.. slots.Where(s => s.Free > 0 && s.Start > visit.Now && (s.Id != meeting.Slot.Id || (meeting.Status == "proposed" && !meeting.IsHeldSeat()))
                && !others.IsBusy(s)).OrderBy(s => s.Start)],
        });
    }

    /// <summary>A time chosen in a form; none chosen: the page again, which says so.</summary>
    private static async Task<IResult> Take(Guid id, HttpContext context, Visit visit, Func<VisitorPass, Guid, Task<Reply<Meeting>>> take, CancellationToken cancel)
    {
        var form = await context.Request.ReadFormAsync(cancel);
        return Guid.TryParse(form["slot"], out var slot) ? await Act(visit, id, pass => take(pass, slot)) : Page.Go($"/day/{id}?problem=no-time");
    }

    private static async Task<IResult> Act(Visit visit, Guid id, Func<VisitorPass, Task<Reply<Meeting>>> act)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var reply = await act(pass);
        if (reply.Problem is not { } problem) return Page.Go("/day");
        return problem.CanBeSaid ? Page.Go($"/day/{id}?problem={Uri.EscapeDataString(problem.Said)}") : Page.Refused(problem);
    }

    private static async Task<IResult> OneCalendar(Guid id, Visit visit, MatchingClient matching, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var reply = await matching.Calendar(pass.Token, id, cancel);
        return reply.Problem is { } refusal ? Page.Refused(refusal) : File(reply.Value!, $"{id}.ics");
    }

    private static async Task<IResult> Calendar(Visit visit, MatchingClient matching, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var reply = await matching.RouteCalendar(pass, cancel);
        if (reply.Problem is { Code: "no-meetings" }) return Page.Go("/day");
        return reply.Problem is { } refusal ? Page.Refused(refusal) : File(reply.Value!, "fair.ics");
    }

    private static IResult File(string calendar, string name) =>
        TypedResults.File(Encoding.UTF8.GetBytes(calendar), "text/calendar; charset=utf-8", name);
}
