namespace Matchmaking.Matching.Learning;

/// <summary>How good an order was, and how sure one may be of it.</summary>
internal static class RankingQuality
{
    public const int Depth = 10;

    private static readonly double[] Discounts = [.. Enumerable.Range(0, 100).Select(place => 1 / Math.Log2(place + 2))];

    /// <summary>Gain of the best order that these grades allow; a grade is its own gain.</summary>
    public static double Ideal(IEnumerable<float> grades, int depth = Depth) =>
        grades.Where(g => g > 0).OrderDescending().Take(depth).Select((g, place) => g * Discounts[place]).Sum();

    /// <summary>Normalised discounted cumulative gain of the whole catalogue ordered by score; equal scores stand in the catalogue's order.</summary>
    /// <param name="gains">Of every offer, 0 where nothing came of it.</param>
    /// <returns>0 to 1; NaN where nothing had a gain, so that there is no order to judge.</returns>
    public static double Ndcg(ReadOnlySpan<float> scores, ReadOnlySpan<float> gains, int depth = Depth)
    {
        var positive = new List<float>();
        foreach (var gain in gains)
            if (gain > 0) positive.Add(gain);
        if (positive.Count == 0) return double.NaN;
        var sum = 0d;
        var top = Top(scores, depth);
        for (var place = 0; place < top.Length; place++) sum += Math.Max(0, gains[top[place]]) * Discounts[place];
        return sum / Ideal(positive, depth);
    }

    /// <summary>Indexes of the highest scores, highest first; of equal ones the lower index first.</summary>
    public static int[] Top(ReadOnlySpan<float> scores, int depth)
    {
        var top = new int[Math.Min(depth, scores.Length)];
        var filled = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (filled == top.Length && !(scores[i] > scores[top[filled - 1]])) continue;
            var at = filled == top.Length ? filled - 1 : filled++;
            while (at > 0 && scores[i] > scores[top[at - 1]]) top[at] = top[--at];
            top[at] = i;
        }
        return top;
    }

    /// <summary>95 % interval of a mean, from resampled visitors.</summary>
    public static (double Mean, double Low, double High) Bootstrap(IReadOnlyList<double> values, int seed, int rounds = 2000)
    {
        if (values.Count == 0) return (double.NaN, double.NaN, double.NaN);
        var random = new Random(seed);
        var means = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var sum = 0d;
            for (var i = 0; i < values.Count; i++) sum += values[random.Next(values.Count)];
            means[round] = sum / values.Count;
        }
        Array.Sort(means);
        return (values.Average(), means[(int)(rounds * .025)], means[(int)(rounds * .975)]);
    }
}
