using System.Globalization;
using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Exhibitor;

/// <summary>/exhibitor/plan: the stand's times and tables, with a look at what comes of a change before it is made.</summary>
internal static class SetStandPlan
{
    public static void MapStandPlan(this RouteGroupBuilder pages)
    {
        pages.MapGet("/exhibitor/plan", (Visit visit, MatchingClient matching, ProfileClient profile, bool? kept, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var view = await matching.Plan(pass, cancel);
                return view.Problem is { } refusal ? Page.Refused(refusal, staff: true) : await Show(pass, profile, view.Value!, view.Value!.Effective, null, isPreview: false, kept == true, cancel);
            }));
        pages.MapPost("/exhibitor/plan", (HttpContext context, Visit visit, MatchingClient matching, ProfileClient profile, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var form = await context.Request.ReadFormAsync(cancel);
                var plan = Read(form);
                Problem? refused = null;
                if (form["do"] == "keep")
                {
                    refused = (await matching.KeepPlan(pass, plan, dryRun: false, cancel)).Problem;
                    if (refused is null) return Page.Go("/exhibitor/plan?kept=true");
                }
                // What comes of it, or in whose way it is; of a plan that makes no sense nothing comes, and the one in force is shown beside its faults.
                var preview = await matching.KeepPlan(pass, plan with { Version = null }, dryRun: true, cancel);
                if (preview.Value is { } shown) return await Show(pass, profile, shown, plan, refused, isPreview: true, isKept: false, cancel);
                var inForce = await matching.Plan(pass, cancel);
                return inForce.Problem is { } gone ? Page.Refused(gone, staff: true) : await Show(pass, profile, inForce.Value!, plan, preview.Problem, isPreview: false, isKept: false, cancel);
            }));
    }

    private static Task<IResult> Show(
        StaffPass pass, ProfileClient profile, StandPlanView view, StandPlan plan, Problem? problem, bool isPreview, bool isKept, CancellationToken cancel) =>
        Gate.WithExhibitor(pass, profile, exhibitor => Page.Show<PlanPage>(new { Exhibitor = exhibitor, View = view, Plan = plan, Problem = problem?.Code, Told = (IReadOnlyList<(string, string)>)[.. (problem?.Errors ?? new Dictionary<string, string[]>()).SelectMany(e => e.Value.Select(told => (e.Key, told)))], IsPreview = isPreview, IsKept = isKept }), cancel);

    private static StandPlan Read(IFormCollection form)
    {
        var tables = Math.Clamp(Number(form["tables"]) ?? 1, 1, PlanPage.MostTables);
        return new StandPlan(
            Hours("open"), Hours("break"), Number(form["minutes"]), [.. Enumerable.Range(0, tables).Select(n => new TablePlan([.. form[$"lang{n}"].OfType<string>()]))],
            [.. form["format"].OfType<string>()], Text("video"), Text("phone"), Number(form["walkin"]), Number(form["freed"]), Number(form["most"]),
            long.TryParse(form["version"], CultureInfo.InvariantCulture, out var version) ? version : null);

        // Of a row that is half filled in the service says what is missing; an empty one is none.
        List<HoursOfDay> Hours(string name) =>
            [.. form[name + "From"].Zip(form[name + "To"]).Where(h => !string.IsNullOrWhiteSpace(h.First) || !string.IsNullOrWhiteSpace(h.Second)).Take(9).Select(h => new HoursOfDay(h.First, h.Second))];

        string? Text(string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

        static int? Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
