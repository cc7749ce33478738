using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// How good an offer looks before anything is learned, as terms of a small regression: 1, the pair's features (not known: 0), the baseline's score and its
/// square, and what not knowing means. A 0 in its place would read as something that was said: no language shared, German just as the offer wants it.
/// </summary>
internal static class PairTerms
{
    public const int Count = Features.PairCount + 6;

    /// <summary>Position of the baseline's score.</summary>
    public const int Baseline = 1 + Features.PairCount;

    private const int LanguageUnknown = Baseline + 2, LevelUnknown = Baseline + 3, EntryForUnknown = Baseline + 4;
    private const int German = (int)VisitorField.German;
    private static readonly int Entry = Enumerable.Range(0, Features.All.Count).First(f => Features.All[f].Name == "offer.entry");

    /// <param name="features">As <see cref="Features.All"/>.</param>
    public static void Fill(ReadOnlySpan<float> features, Span<double> into)
    {
        var pair = features[Features.PairStart..];
        into[0] = 1;
        for (var f = 0; f < Features.PairCount; f++) into[1 + f] = Known(pair[f]);
        double score = Ranking.Baseline.Score(pair);
        into[Baseline] = score;
        into[Baseline + 1] = score * score;
        into[LanguageUnknown] = float.IsNaN(pair[Features.Language]) ? 1 : 0;
        into[LevelUnknown] = float.IsNaN(pair[Features.LevelGap]) ? 1 : 0;
        // Who does not say how much German they have may lack the more, the more is asked for.
        into[EntryForUnknown] = float.IsNaN(features[German]) ? Known(features[Entry]) : 0;
    }

    public static double[] Of(ShownRow row)
    {
        var terms = new double[Count];
        Fill(row.Features, terms);
        return terms;
    }

    private static double Known(float value) => float.IsNaN(value) ? 0 : value;
}
