using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Quality;

/// <summary>The measures of a list and of its fairness. Pure, and the same wherever they are shown.</summary>
internal static class Measures
{
    /// <summary>Fixed, so that the same data always give the same interval.</summary>
    private const int Seed = 20080621, Resamples = 1000;

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

    /// <summary>
    /// 95 % percentile bootstrap, over people, of the overall mean and of each group's gap to it. One draw of people serves all of them,
    /// so a gap's interval knows that the group is part of the whole.
    /// </summary>
    /// <param name="values">One value a person.</param>
    /// <param name="groups">Indexes of each group's people.</param>
    /// <param name="gaps">NaN for a group of which nobody has a value.</param>
    public static (double Low, double High) MeanInterval(IReadOnlyList<double> values, IReadOnlyList<int[]> groups, out IReadOnlyList<(double Low, double High)> gaps)
    {
        var random = new Random(Seed);
        var n = values.Count;
        var means = new double[Resamples];
        var gapDraws = groups.Select(_ => new List<double>(Resamples)).ToArray();
        var weight = new int[n];
        for (var draw = 0; draw < Resamples; draw++)
        {
            Array.Clear(weight);
            for (var i = 0; i < n; i++) weight[random.Next(n)]++;
            var total = 0d;
            for (var i = 0; i < n; i++) total += weight[i] * values[i];
            means[draw] = total / n;
            for (var g = 0; g < groups.Count; g++)
            {
                var (sum, count) = (0d, 0);
                foreach (var i in groups[g])
                {
                    sum += weight[i] * values[i];
                    count += weight[i];
                }
                if (count > 0) gapDraws[g].Add(sum / count - means[draw]);
            }
        }
        gaps = [.. gapDraws.Select(Percentiles)];
        return Percentiles([.. means]);
    }

    private static (double Low, double High) Percentiles(List<double> draws)
    {
        if (draws.Count == 0) return (double.NaN, double.NaN);
        draws.Sort();
        return (At(0.025), At(0.975));

        double At(double share) => draws[(int)Math.Round(share * (draws.Count - 1))];
    }

    public static double Gain(int grade) => Math.Pow(2, grade) - 1;

    /// <summary>95 % interval of a share, after Wilson (1927): true to its word with few cases, too, and never outside 0 to 1.</summary>
    public static (double Low, double High) Wilson(int hits, int of)
    {
        const double Z = 1.959964;
        var (share, spread) = ((double)hits / of, Z * Z / of);
        var (middle, half) = (share + spread / 2, Z * Math.Sqrt((share * (1 - share) + spread / 4) / of));
        return (Math.Max(0, (middle - half) / (1 + spread)), Math.Min(1, (middle + half) / (1 + spread)));
    }
}
