using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>How good an offer looks before anything is learned, as terms of a small regression: 1, the pair's features (not known: 0), the baseline's score and its square.</summary>
internal static class PairTerms
{
    public const int Count = Features.PairCount + 3;

    /// <summary>Position of the baseline's score.</summary>
    public const int Baseline = 1 + Features.PairCount;

    public static void Fill(ReadOnlySpan<float> pair, Span<double> into)
    {
        into[0] = 1;
        for (var f = 0; f < Features.PairCount; f++) into[1 + f] = float.IsNaN(pair[f]) ? 0 : pair[f];
        double score = Ranking.Baseline.Score(pair);
        into[Baseline] = score;
        into[Baseline + 1] = score * score;
    }

    public static double[] Of(ShownRow row)
    {
        var terms = new double[Count];
        Fill(row.Pair, terms);
        return terms;
    }
}
