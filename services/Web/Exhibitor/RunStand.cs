using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Exhibitor;

/// <summary>/exhibitor/day: who comes today, who came, and who just walked in. /exhibitor/offers: what is published in the stand's name.</summary>
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
        pages.MapGet("/exhibitor/offers", (Visit visit, ProfileClient profile, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var exhibitor = await profile.Exhibitor(pass.Exhibitor!.Value, cancel);
                if (exhibitor.Problem is { } refusal) return Page.Refused(refusal, staff: true);
                return Page.Show<StandOffersPage>(new { Exhibitor = exhibitor.Value!, Offers = await Offers(profile, pass.Exhibitor.Value, cancel) });
            }));
    }

    /// <summary>Back to the day: with the meeting shown, or with why not.</summary>
    internal static IResult Told(Problem? problem, Guid? meeting) => problem switch
    {
        null => Page.Go(meeting is { } id ? $"/exhibitor/day?done={id}#m-{id:N}" : "/exhibitor/day"),
        { Status: 409 or 422 or 400 } => Page.Go($"/exhibitor/day?problem={Uri.EscapeDataString(problem.Code)}"),
        _ => Page.Refused(problem, staff: true),
    };

    /// <summary>The catalogue is asked page by page; ten pages are more offers than a fair has.</summary>
    private static async Task<IReadOnlyList<OfferView>> Offers(ProfileClient profile, Guid exhibitor, CancellationToken cancel)
    {
        var found = new List<OfferView>();
        for (var page = 1; page <= 10; page++)
        {
            if ((await profile.Offers(null, page, cancel)).Value is not { Items.Count: > 0 } some) break;
            found.AddRange(some.Items.Where(o => o.ExhibitorId == exhibitor));
            if (page * some.PageSize >= some.Total) break;
        }
        return found;
    }
}
