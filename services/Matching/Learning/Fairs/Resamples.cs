namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>95 % percentile bootstrap intervals. People are drawn, never single places of a list: what one person did hangs together.</summary>
internal static class Resamples
{
    private const int Rounds = 1000;

    public static readonly Estimate Nothing = new(0, null, null, null);

    /// <summary>Of a mean, one value a person.</summary>
    public static Estimate Mean(IReadOnlyList<double> values, int seed)
    {
        if (values.Count == 0) return Nothing;
        var (mean, low, high) = RankingQuality.Bootstrap(values, seed, Rounds);
        return Of(values.Count, mean, low, high);
    }

    /// <summary>Of the difference of two means over different people.</summary>
    public static Estimate Difference(IReadOnlyList<double> some, IReadOnlyList<double> others, int seed) => Compare(some, others, (a, b) => a - b, seed);

    /// <summary>Of the ratio of two means over different people; nothing where the others' is 0.</summary>
    public static Estimate Ratio(IReadOnlyList<double> some, IReadOnlyList<double> others, int seed) => Compare(some, others, (a, b) => a / b, seed);

    private static Estimate Compare(IReadOnlyList<double> some, IReadOnlyList<double> others, Func<double, double, double> of, int seed)
    {
        if (some.Count == 0 || others.Count == 0 || !double.IsFinite(of(some.Average(), others.Average()))) return Nothing;
        // Read millions of times: through the interface of a list each read costs as much as the draw.
        var (random, these, those) = (new Random(seed), some.ToArray(), others.ToArray());
        return Percentiles(these.Length, of(these.Average(), those.Average()), () => of(Drawn(these), Drawn(those)));

        double Drawn(double[] of)
        {
            var sum = 0d;
            for (var i = 0; i < of.Length; i++) sum += of[random.Next(of.Length)];
            return sum / of.Length;
        }
    }

    /// <summary>Of anything that can be computed when each person counts so many times.</summary>
    public static Estimate Statistic(int people, Func<int[], double> of, int seed)
    {
        if (people == 0) return Nothing;
        var (random, times) = (new Random(seed), new int[people]);
        Array.Fill(times, 1);
        return Percentiles(people, of(times), () =>
        {
            Array.Clear(times);
            for (var i = 0; i < people; i++) times[random.Next(people)]++;
            return of(times);
        });
    }

    private static Estimate Percentiles(int n, double value, Func<double> draw)
    {
        var drawn = Enumerable.Range(0, Rounds).Select(_ => draw()).Where(double.IsFinite).Order().ToArray();
        return drawn.Length == 0 ? Of(n, value, double.NaN, double.NaN) : Of(n, value, drawn[(int)(drawn.Length * .025)], drawn[(int)(drawn.Length * .975)]);
    }

    private static Estimate Of(int n, double mean, double low, double high) => new(n, Finite(mean), Finite(low), Finite(high));

    public static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
