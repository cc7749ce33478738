using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Ranking.Scoring;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Matching.Models;

/// <summary>
/// What each feature adds to the score of an offer, for needs that somebody types in: an analyst understands a ranking without seeing anybody's needs.
/// Nothing is stored.
/// </summary>
internal static class ExplainRanking
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/models/explain", HandleAsync).WithSummary("What each feature adds to an offer's score for these needs; nothing is stored")
            .RequireAuthorization(Policies.Analyst).Refuses(404, "not-found").Refuses(422, ModelFaults.OfFiles);

    private static async Task<Results<Ok<RankingExplained>, ProblemHttpResult>> HandleAsync(
        RankingQuestion asked, MatchingDb db, Champion champion, RulePacks packs, PublishedCatalogues catalogues, TimeProvider clock, CancellationToken cancel)
    {
        if (asked.Needs is null) return Problem.Invalid("needs", "required");
        if (asked.OfferId is not { } offerId) return Problem.Invalid("offerId", "required");
        var needs = NeedsRules.Tidy(asked.Needs);
        // Nobody is matched here, so neither a language nor a consent is needed; what is given has to be right all the same.
        var faults = NeedsRules.Check(needs).Where(f => f.Code is not ("required" or "consent-needed") || f.Field.Contains('[')).Select(f => new FieldFault("needs." + f.Field, f.Code, f.Arguments)).ToList();
        if (faults.Count > 0) return Problem.Invalid(faults);
        if (await catalogues.OfferAsync(offerId, cancel) is not { } found || !found.Catalogue.Snapshot.TryOffer(offerId, out var offer)) return Problem.Invalid("offerId", "unknown-id");
        var day = found.Catalogue.DayOf(clock.GetUtcNow());
        if (asked.At is { } at && !Times.IsDay(at, out day))
        {
            if (Times.Fault(at, out var moment) is { } fault) return Problem.Invalid("at", fault);
            day = found.Catalogue.DayOf(moment);
        }

        var model = champion.Current?.Model;
        if (asked.Version == Baseline.RankedBy.Kind) model = null;
        else if (asked.Version is { } version && version != model?.Version)
        {
            (model, var why) = await KeptModel.ReadAsync(db, version, cancel);
            if (model is null) return why is null ? Problem.Of("not-found", StatusCodes.Status404NotFound) : Problem.Of(why, StatusCodes.Status422UnprocessableEntity);
        }

        var (facts, catalogue) = (VisitorFacts.Of(needs), found.Catalogue.Snapshot);
        var verdict = packs.Current.At(day).Judge(facts, catalogue, offer).Verdict;
        var row = RowOf(facts, catalogue, offer, verdict);
        var (score, outputs) = model is null ? OfBaseline(row) : OfModel(model, row);
        return TypedResults.Ok(new RankingExplained(ModelChange.Named(model?.Version), offerId, day, verdict.Code(), score, outputs));
    }

    internal static float[] RowOf(in VisitorFacts facts, CatalogueSnapshot catalogue, int offer, Verdict verdict)
    {
        var row = new float[Features.All.Count];
        Features.OfVisitor(facts, row.AsSpan(0, Features.VisitorCount));
        Features.OfOffer(catalogue, offer, row.AsSpan(Features.VisitorCount, Features.OfferCount));
        Features.OfPair(facts, catalogue, offer, verdict, float.NaN, row.AsSpan(Features.PairStart));
        return row;
    }

    internal static (double Score, IReadOnlyList<OutputExplained> Outputs) OfBaseline(float[] row)
    {
        var pair = row.AsSpan(Features.PairStart);
        var parts = Baseline.Explain(pair).Select(p => new FeaturePart(p.Feature.Name, p.Feature.Meaning, Known(p.Value), p.Part, p.Part));
        var score = Baseline.Score(pair);
        return (score, [new OutputExplained("score", 0, score, 0, Told(parts))]);
    }

    internal static (double Score, IReadOnlyList<OutputExplained> Outputs) OfModel(LearnedModel model, float[] row)
    {
        var link = model.Score;
        var (use, chance) = (model.Usefulness.Score(row), model.Acceptance.Score(row));
        return (link.Of((float)use, (float)chance),
        [
            Explained("usefulness", model.Usefulness, use, x => link.Of((float)x, 1)),
            Explained("acceptance", model.Acceptance, chance, x => (double)link.Of(0, (float)x) - link.Of(0, 1)),
        ]);

        // The score is a function of the one output plus one of the other. What an output makes of the score beyond its base is shared out by the
        // Shapley values of that output, which are exact: in proportion, since neither function is a line.
        OutputExplained Explained(string name, Forest forest, double value, Func<double, double> toScore)
        {
            var contributions = new ForestContributions(forest);
            var (shares, from) = (contributions.Explain(row), contributions.Base);
            var per = value == from ? 0 : (toScore(value) - toScore(from)) / (value - from);
            var parts = shares.Select((part, i) => new FeaturePart(Features.All[i].Name, Features.All[i].Meaning, Known(row[i]), part, part * per));
            return new OutputExplained(name, from, value, toScore(from), Told(parts));
        }
    }

    private static IReadOnlyList<FeaturePart> Told(IEnumerable<FeaturePart> parts) => [.. parts.Where(p => p.Part != 0).OrderByDescending(p => Math.Abs(p.Part)).ThenBy(p => p.Feature, StringComparer.Ordinal)];

    private static double? Known(float value) => float.IsFinite(value) ? value : null;
}
