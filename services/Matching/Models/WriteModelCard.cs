using System.Globalization;
using System.Text;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Models;

/// <summary>What a model is, from what, for what and how far it may be trusted, written from its facts and report alone (Mitchell et al. 2019, Model Cards for Model Reporting).</summary>
internal static class WriteModelCard
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/models/{version}/card", HandleAsync).WithSummary("The model's card in Markdown: data, people, features, seed, report, groups, limits").RequireAuthorization(Policies.Analyst).Refuses(404, "not-found");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> HandleAsync(string version, MatchingDb db, CancellationToken cancel)
    {
        if (await ListModels.ViewsAsync(db.Models.Where(m => m.Version == version), cancel) is not [var model]) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var changes = await db.ModelChanges.AsNoTracking().Where(c => c.To == version).OrderBy(c => c.Number).ToListAsync(cancel);
        return TypedResults.Text(Card(model, [.. changes.Select(c => c.View)]), "text/markdown", Encoding.UTF8);
    }

    /// <param name="changes">By which it came into force.</param>
    public static string Card(ModelView model, IReadOnlyList<ModelChangeView> changes)
    {
        var (f, r, card) = (model.Facts, model.Report, new StringBuilder());
        Line($"# Model {model.Version}");
        Line($"State: {model.State}{(model.Fault is { } fault ? $"; this program cannot rank by it ({fault})" : "")}. Made {Day(model.CreatedAt)}{(model.Uploaded ? ", trained elsewhere and uploaded" : "")}.");
        foreach (var change in changes) Line($"- {change.Kind} on {Day(change.At)} by {change.By} ({change.Role}): {change.Reason}");
        Line("\n## What it is for\nIt orders the offers of an integration fair for one visitor: two forests of trees, for how useful an offer will be and for whether a stand agrees. It decides nothing about anybody: rules say who may, people say what they want, and a person puts it in force.");
        Line($"\n## Data\n{f.Lists} lists of {f.Visitors} people, {Day(f.From)} to {Day(f.To)}, {(model.FairId is { } fair ? $"of the fair {fair}" : "of several fairs")}; only of who agreed to a review. {f.Outcomes} places of which anything came, {f.Requests} requests answered, {f.ExplorationLists} lists with something left to chance, {f.UnknownOffers} places passed over because the catalogue no longer had the offer. Seed {f.Seed}: the same data give the same model.");
        Line($"\n## Features\nFingerprint {model.Fingerprint}. No identity, contact, note or place of living.\n\n| Feature | Meaning |\n|---|---|");
        foreach (var feature in Features.All) Line($"| {feature.Name} | {Cell(feature.Meaning)} |");
        Line($"\n## Report\nRecommendation: **{r.Sentence}**{(r.Because.Count > 0 ? $" ({string.Join(", ", r.Because)})" : "")}. Judged by {r.Lists} later lists of {r.Visitors} other people{(r is { From: { } from, To: { } to } ? $", {Day(from)} to {Day(to)}" : "")}.\n\n| Measure | before | this model | difference (95 %) |\n|---|---|---|---|");
        foreach (var (name, paired) in ((string, Paired)[])[("NDCG@5", r.Ndcg5), ("NDCG@5, corrected for where people look", r.Ndcg5Seen)]) Line($"| {name} | {Number(paired.Champion.Mean)} | {Number(paired.Challenger.Mean)} | {Of(paired.Difference)} |");
        foreach (var value in r.Values) Line($"| use per list, {value.Method} | {Number(value.Logged.Mean)} | {(value.Refused is { } refused ? $"not told: {refused}" : Number(value.DoublyRobust.Mean))} | {Of(value.Difference)} |");
        Line($"| Gini of stands' exposure | {Number(r.Exposure.GiniBefore)} | {Number(r.Exposure.GiniAfter)} | |");
        Line($"| share of offers in any first five | {Number(r.Exposure.CoverageBefore)} | {Number(r.Exposure.CoverageAfter)} | |");
        Line("\n## Groups\nThose of fewer than 20 people are not told.\n\n| Group | people | NDCG@5 | less that of the others (95 %) | change (95 %) | |\n|---|---|---|---|---|---|");
        foreach (var g in r.Groups.Where(g => g.People >= GroupsFrom)) Line($"| {g.By} {g.Group} | {g.People} | {Number(g.Ndcg5.Mean)} | {Of(g.Gap)} | {Of(g.Change)} | {(g.Worse ? "**worse**" : "")} |");
        Line("\n## Limits");
        Line("- Learned from what people did with lists that were shown: what stood low was looked at less. The correction is estimated, and " + (r.ExaminationKnown ? "its estimate is from these data." : "there was too little to estimate it, so a common curve is taken."));
        Line($"- What the fair, its stands and its visitors were then: it may be wrong at another place or time. {r.Groups.Count(g => g.Worse)} of {r.Groups.Count} groups are worse than before; a group that is not in the table is not known to be served well.");
        if (f.ExplorationLists == 0) Line("- No list was left to chance: what another order would bring can hardly be told.");
        Line("- Of people who did not agree to a review nothing was learned; they may differ.");
        return card.ToString();

        void Line(string text) => card.Append(text).Append('\n');
    }

    private const int GroupsFrom = 20;

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Of(Estimate e) => e.Mean is null ? "–" : $"{Number(e.Mean)} ({Number(e.Low)} to {Number(e.High)})";

    private static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
