using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>How good an offer looks before anything is learned, as terms of a small regression: 1, the pair's features (not known: 0), the baseline's score and its square.</summary>
internal static class PairTerms
{
    public const int Count = Features.PairCount + 3;

    public static void Fill(ReadOnlySpan<float> pair, Span<double> into)
    {
        into[0] = 1;
        for (var f = 0; f < Features.PairCount; f++) into[1 + f] = float.IsNaN(pair[f]) ? 0 : pair[f];
        double score = Baseline.Score(pair);
        into[1 + Features.PairCount] = score;
        into[2 + Features.PairCount] = score * score;
    }

    public static double[] Of(ShownRow row)
    {
        var terms = new double[Count];
        Fill(row.Pair, terms);
        return terms;
    }
}
