using Matchmaking.Matching.Learning.Numerics;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning;

/// <summary>Outcomes as a matrix, a row for each visitor and a column for each offer.</summary>
internal static class Targets
{
    /// <summary>Grades as they are.</summary>
    public static Matrix Grades(OutcomeTable data, IReadOnlyList<int> visitors, int[]? offers = null) => Fill(data, visitors, offers, _ => 1);

    /// <summary>
    /// Grades over the gain of the visitor's best list. The order by the mean of these has the highest expected NDCG of all orders, because NDCG is a sum of
    /// them over places; grades as they are would let those count most who grade most and highest.
    /// </summary>
    public static Matrix Shares(OutcomeTable data, IReadOnlyList<int> visitors, int[]? offers = null) => Fill(data, visitors, offers, outcomes =>
        RankingQuality.Ideal(outcomes.Select(o => o.Grade)) is var ideal and > 0 ? (float)(1 / ideal) : 0);

    private static Matrix Fill(OutcomeTable data, IReadOnlyList<int> visitors, int[]? offers, Func<Outcome[], float> scale)
    {
        var place = Enumerable.Range(0, data.Offers.Count).ToArray();
        if (offers is not null)
        {
            Array.Fill(place, -1);
            for (var j = 0; j < offers.Length; j++) place[offers[j]] = j;
        }
        var filled = new Matrix(visitors.Count, offers?.Length ?? data.Offers.Count);
        for (var i = 0; i < visitors.Count; i++)
        {
            var by = scale(data.Of[visitors[i]]);
            foreach (var outcome in data.Of[visitors[i]])
                if (place[outcome.Offer] is var at and >= 0) filled[i, at] = Math.Max(0, outcome.Grade) * outcome.Weight * by;
        }
        return filled;
    }

    /// <summary>Mean share of each offer over the visitors: popularity.</summary>
    public static float[] MeanShares(OutcomeTable data, IReadOnlyList<int> visitors)
    {
        var sums = new double[data.Offers.Count];
        foreach (var visitor in visitors)
        {
            var ideal = RankingQuality.Ideal(data.Of[visitor].Select(o => o.Grade));
            if (ideal <= 0) continue;
            foreach (var outcome in data.Of[visitor]) sums[outcome.Offer] += Math.Max(0, outcome.Grade) * outcome.Weight / ideal;
        }
        return Array.ConvertAll(sums, sum => (float)(sum / Math.Max(1, visitors.Count)));
    }
}
