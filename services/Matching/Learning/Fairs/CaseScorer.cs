using System.Runtime.CompilerServices;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Ranking.Scoring;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>Scores every offer of a case's catalogue for its visitor, on whatever scale: only the order within the visitor's list is looked at.</summary>
/// <param name="judged">The rules' answers, by <see cref="CatalogueSnapshot.SideOf"/>.</param>
/// <param name="scores">By index of the offer; to be filled.</param>
internal delegate void CaseScorer(ShownCase shown, Judgements judged, Span<float> scores);

internal static class CaseScorers
{
    /// <summary>The ranking of the first fair.</summary>
    public static void Baseline(ShownCase shown, Judgements judged, Span<float> scores) => Weighted(shown, judged, scores, Ranking.Baseline.Weights);

    /// <summary>The same with other weights, by pair feature.</summary>
    public static CaseScorer Weighted(float[] weights) => (shown, judged, scores) => Weighted(shown, judged, scores, weights);

    private static void Weighted(ShownCase shown, Judgements judged, Span<float> scores, float[] weights)
    {
        Span<float> pair = stackalloc float[Features.PairCount];
        for (var offer = 0; offer < scores.Length; offer++)
        {
            Features.OfPair(shown.Facts, shown.Catalogue, offer, judged.VerdictOn(offer), float.NaN, pair);
            scores[offer] = Ranking.Baseline.Score(pair, weights);
        }
    }

    /// <summary>A learned model as it is served. For one thread at a time.</summary>
    public static CaseScorer Learned(LearnedModel model) => Learned(model.Usefulness, model.Acceptance, model.Score);

    /// <summary>The same of its parts.</summary>
    public static CaseScorer Learned(Forest usefulness, Forest acceptance, LearnedScore score)
    {
        var model = new LearnedOutputs(usefulness, acceptance);
        return (shown, judged, scores) =>
        {
            var (use, chance) = model.Of(shown, judged);
            for (var offer = 0; offer < scores.Length; offer++) scores[offer] = score.Of(use[offer], chance[offer]);
        };
    }

    /// <summary>Who ordered the lists, where only the model in force is at hand.</summary>
    public static Func<RankedBy, CaseScorer?> Rankers(LearnedModel? champion)
    {
        if (champion is null) return _ => null;
        var (by, scorer) = (Models.ModelChange.Named(champion.Version), Learned(champion));
        return ranked => ranked == by ? scorer : null;
    }
}

/// <summary>What the two forests say about every offer of a case's catalogue.</summary>
internal sealed class LearnedOutputs(Forest usefulness, Forest acceptance)
{
    private readonly FactoredScorer _use = Compile(usefulness), _chance = Compile(acceptance);
    private readonly ConditionalWeakTable<CatalogueSnapshot, Prepared> _prepared = [];
    private readonly PairColumns _pairs = new(Features.PairCount);

    private sealed record Prepared(OfferMasks Use, OfferMasks Chance);

    public (float[] Use, float[] Chance) Of(ShownCase shown, Judgements judged)
    {
        var c = shown.Catalogue;
        var prepared = _prepared.GetValue(c, _ => new Prepared(Prepare(_use, c), Prepare(_chance, c)));
        Span<float> visitor = stackalloc float[Features.VisitorCount], pair = stackalloc float[Features.PairCount];
        Features.OfVisitor(shown.Facts, visitor);
        _pairs.Reset(c.Count);
        for (var offer = 0; offer < c.Count; offer++)
        {
            Features.OfPair(shown.Facts, c, offer, judged.VerdictOn(offer), float.NaN, pair);
            _pairs.Set(offer, pair);
        }
        var (use, chance) = (new float[c.Count], new float[c.Count]);
        _use.Score(prepared.Use, visitor, _pairs, use);
        _chance.Score(prepared.Chance, visitor, _pairs, chance);
        return (use, chance);
    }

    private static FactoredScorer Compile(Forest forest) => new(forest, Features.VisitorCount, Features.OfferCount);

    private static OfferMasks Prepare(FactoredScorer scorer, CatalogueSnapshot c) => scorer.Prepare(c.Count, (offer, into) => Features.OfOffer(c, offer, into));
}
