using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Quality;

/// <summary>The measures of a list and of its fairness. Pure, and the same wherever they are shown.</summary>
internal static class Measures
{
    /// <summary>
    /// NDCG@k = DCG@k / IDCG@k with DCG@k = sum over i = 1..k of (2^grade_i - 1) / log2(i + 1). The ideal has all grades of the visitor in
    /// descending order, those of offers that the list did not show included: what somebody found elsewhere, the list has missed.
    /// </summary>
    /// <param name="shown">Grades in the order shown; 0: nothing came of it.</param>
    /// <param name="elsewhere">Grades of offers that were not on the list.</param>
    /// <returns>0 to 1; null where there is no grade at all.</returns>
    public static double? Ndcg(IReadOnlyList<int> shown, IEnumerable<int> elsewhere, int k = 5)
    {
        var ideal = ListQuality.Dcg([.. shown.Concat(elsewhere).OrderDescending().Select(Gain)], k);
        return ideal == 0 ? null : ListQuality.Dcg([.. shown.Select(Gain)], k) / ideal;
    }

    /// <summary>Gini coefficient of non-negative shares: 0 all alike, towards 1 one has all; null where there is nothing to share.</summary>
    public static double? Gini(IEnumerable<double> shares)
    {
        var sorted = shares.Order().ToArray();
        var sum = sorted.Sum();
        if (sum <= 0) return null;
        var n = sorted.Length;
        return sorted.Select((x, i) => (2 * (i + 1) - n - 1) * x).Sum() / (n * sum);
    }

    public static double Gain(int grade) => Math.Pow(2, grade) - 1;

    /// <summary>95 % interval of a share, after Wilson (1927): true to its word with few cases, too, and never outside 0 to 1.</summary>
    /// <param name="off">By how many hits the number may be off beside chance, as it may be rounded.</param>
    public static (double Low, double High) Wilson(int hits, int of, double off = 0)
    {
        const double Z = 1.959964;
        return (Math.Max(0, Edge(Math.Max(0, hits - off), -1)), Math.Min(1, Edge(Math.Min(of, hits + off), 1)));

        double Edge(double count, int side)
        {
            var (share, spread) = (count / of, Z * Z / of);
            return (share + spread / 2 + side * Z * Math.Sqrt((share * (1 - share) + spread / 4) / of)) / (1 + spread);
        }
    }
}
