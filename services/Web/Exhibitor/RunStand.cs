using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Exhibitor;

/// <summary>/exhibitor/day: who comes today and who came. /exhibitor/offers: what is published in the stand's name.</summary>
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
        pages.MapPost("/exhibitor/check-in", (HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var code = new string([.. (await context.Request.ReadFormAsync(cancel))["code"].ToString().Where(char.IsLetterOrDigit)]);
                var meetings = (await matching.StandMeetings(pass, cancel)).Value ?? [];
                var meeting = meetings.Find(m => m.Status == "accepted" && m.Code.Equals(code, StringComparison.OrdinalIgnoreCase));
                return meeting is null ? Page.Go("/exhibitor/day?problem=code") : await Tell(pass, matching, meeting.Id, "held", cancel);
            }));
        pages.MapPost("/exhibitor/meetings/{id:guid}/outcome", (Guid id, HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var outcome = (await context.Request.ReadFormAsync(cancel))["outcome"].ToString();
                return outcome is "held" or "no-show" ? await Tell(pass, matching, id, outcome, cancel) : Page.Go("/exhibitor/day");
            }));
        pages.MapGet("/exhibitor/offers", (Visit visit, ProfileClient profile, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var exhibitor = await profile.Exhibitor(pass.Exhibitor!.Value, cancel);
                if (exhibitor.Problem is { } refusal) return Page.Refused(refusal, staff: true);
                return Page.Show<StandOffersPage>(new { Exhibitor = exhibitor.Value!, Offers = await Offers(profile, pass.Exhibitor.Value, cancel) });
            }));
    }

    private static async Task<IResult> Tell(StaffPass pass, MatchingClient matching, Guid id, string outcome, CancellationToken cancel)
    {
        var reply = await matching.Outcome(pass.Token, id, outcome, null, cancel);
        if (reply.Problem is not { } problem) return Page.Go($"/exhibitor/day?done={id}#m-{id:N}");
        return problem.Status is 409 or 422 or 400 ? Page.Go($"/exhibitor/day?problem={Uri.EscapeDataString(problem.Code)}") : Page.Refused(problem, staff: true);
    }

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
