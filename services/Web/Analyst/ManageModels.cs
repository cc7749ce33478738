using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;

namespace Matchmaking.Web.Analyst;

/// <summary>/analyst/models: what ranks, what was learned and how good it is; a person puts it in force, or goes back, on a page of its own.</summary>
internal static class ManageModels
{
    public static void MapModels(this RouteGroupBuilder pages)
    {
        pages.MapGet("/analyst/models", (Visit visit, MatchingClient matching, string? done, string? problem, CancellationToken cancel) =>
            WithModels(visit, matching, cancel, (_, models) => Task.FromResult(Page.Show<ModelsPage>(new { Models = models, Done = done, Problem = problem }))));
        pages.MapPost("/analyst/models/train", (Visit visit, MatchingClient matching, CancellationToken cancel) => Gate.For(visit, "analyst", async pass =>
            (await matching.Train(pass, cancel)).Problem is { } problem ? Page.Refused(problem, staff: true) : Page.Go("/analyst/models?done=training#training")));

        // Without a version: back to what ranked before.
        pages.MapGet("/analyst/models/decide", (Visit visit, MatchingClient matching, string? version, CancellationToken cancel) =>
            WithModels(visit, matching, cancel, (_, models) => Task.FromResult(Confirm(models, version, new ModelDecision(null, null, models.Champion?.Version), []))));
        pages.MapPost("/analyst/models/decide", (HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel) =>
            WithModels(visit, matching, cancel, async (pass, models) =>
            {
                var form = await context.Request.ReadFormAsync(cancel);
                var (version, expected) = (OrNull("version"), OrNull("expected"));
                var decision = new ModelDecision(form["name"].ToString().Trim(), form["reason"].ToString().Trim(), expected);
                var mistakes = new Dictionary<string, string>();
                if (decision.Name!.Length is 0 or > ConfirmPage.LongestName) mistakes["name"] = "mistake.name";
                if (decision.Reason!.Length is 0 or > ConfirmPage.LongestReason) mistakes["reason"] = "mistake.reason";
                if (mistakes.Count > 0) return Confirm(models, version, decision, mistakes);
                var reply = await matching.Decide(pass, version, decision, cancel);
                return reply.Problem switch
                {
                    null => Page.Go($"/analyst/models?done={reply.Value!.Kind}"),
                    { Status: 409 or 422 or 400 } problem => Page.Go($"/analyst/models?problem={Uri.EscapeDataString(problem.Code)}"),
                    var problem => Page.Refused(problem, staff: true),
                };

                string? OrNull(string field) => form[field].ToString() is { Length: > 0 } text ? text : null;
            }));
    }

    private static Task<IResult> WithModels(Visit visit, MatchingClient matching, CancellationToken cancel, Func<StaffPass, ModelsView, Task<IResult>> page) =>
        Gate.For(visit, "analyst", async pass =>
        {
            var reply = await matching.Models(pass, cancel);
            return reply.Problem is { } refusal ? Page.Refused(refusal, staff: true) : await page(pass, reply.Value!);
        });

    private static IResult Confirm(ModelsView models, string? version, ModelDecision entered, Dictionary<string, string> mistakes)
    {
        // What was on the page a moment ago may be gone.
        var challenger = models.Challengers.FirstOrDefault(m => m.Version == version);
        if (version is null ? models.RollbackTo is null : challenger is null) return Page.Go("/analyst/models?problem=changed-meanwhile");
        return Page.Show<ConfirmPage>(new { Models = models, Challenger = challenger, Entered = entered, Mistakes = mistakes }, mistakes.Count > 0 ? 400 : 200);
    }
}
