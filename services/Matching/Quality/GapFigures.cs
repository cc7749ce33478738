using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Quality;

/// <summary>
/// For whom it is worse: each group against all others within the filter, as difference and as ratio of means. Many groups are looked at, and one of twenty
/// 95 % intervals lies beside the truth: a group is called worse only where its test says so at 5 % for all groups of the answer together.
/// </summary>
internal static class GapFigures
{
    /// <summary>Means of fewer people are told, but not compared.</summary>
    private const int Smallest = QualityFigures.SmallestGroup;

    public static readonly IReadOnlyList<string> By = ["language", "german", "age", "channel"];

    /// <summary>Definitions whose means are compared.</summary>
    public static readonly IReadOnlyList<string> Compared = ["order.ndcg", "funnel.requested"];

    public static IReadOnlyList<GapRow> Of(FigureDesk desk, IReadOnlyList<OrderFigures.Judged> judged)
    {
        GapRow[] rows = [.. Compared.SelectMany(of => Rows(desk, of, Values(desk, judged, of)))];
        var tests = rows.Count(r => r.Test is not null);
        return [.. rows.Select(r => r with { Worse = r.Test is { } test && test < -CriticalT(.05 / (2 * tests), r.Freedom) })];
    }

    /// <summary>The people of one group that is compared; its figure is the difference, or the mean where that alone is told.</summary>
    public static CountedPeople Counted(FigureDesk desk, string of, string by, string group)
    {
        var values = Values(desk, OrderFigures.JudgedOf(desk), of);
        // Where all are of one group nothing is compared.
        int[] people = desk.Filter.Of(by) is not null ? [] : values.Whole?.Within(desk.Filter.With(by, group)) ?? [];
        var row = Rows(desk, of, values).FirstOrDefault(r => r.By == by && r.Group == group);
        return new(row is null ? desk.Nothing("gap.difference") : row.Difference.Value is null ? row.Mean : row.Difference, people, p => values.Of(p) > 0) { Veiled = (values.Part ?? values.Whole)?.Veiled };
    }

    /// <summary>What is compared.</summary>
    /// <param name="Whole">Whose mean it is.</param>
    /// <param name="Part">Where the mean is a share: who counts; else null.</param>
    /// <param name="Of">What each of them brings to it.</param>
    private sealed record Comparison(ToldSet? Whole, ToldSet? Part, Func<int, double> Of)
    {
        /// <summary>Variance of a mean since blocks may be rounded.</summary>
        public double Doubt(FigureFilter filter, int people) => Part is null ? 0 : Part.Blocks.Variance(Part.MayBeRounded(Whole!, filter)) / people / people;
    }

    private static Comparison Values(FigureDesk desk, IReadOnlyList<OrderFigures.Judged> judged, string of)
    {
        if (of == Compared[0])
        {
            var ndcg = judged.ToDictionary(j => j.Person, j => Measures.Ndcg(j.Shown, j.Elsewhere, desk.Depth)!.Value);
            return new(OrderFigures.ToldOf(desk, judged), null, p => ndcg[p]);
        }
        var funnel = desk.OffersFunnel;
        return funnel[2] is { } asked ? new(funnel[0]!.In(asked), asked, p => asked.Has[p] ? 1 : 0) : new(null, null, _ => 0);
    }

    private static IEnumerable<GapRow> Rows(FigureDesk desk, string of, Comparison values)
    {
        if (values.Whole is not { } whole) yield break;
        int[] everybody = whole.Within(desk.Filter);
        foreach (var (by, attribute) in By.Select((by, i) => (by, i + 3)).Where(x => desk.Filter.Of(x.by) is null))
        {
            foreach (var name in desk.People.Select(p => p.Labels[attribute]).Distinct().Order(StringComparer.Ordinal))
            {
                var group = desk.Filter.With(by, name);
                int[] some = whole.Within(group);
                if (some.Length == 0) continue;
                double[] mine = [.. some.Select(values.Of)], others = [.. everybody.Except(some).Select(values.Of)];
                var mean = values.Part is { } part ? desk.Share(of, whole, part, group).Figure : desk.Mean(of, mine);
                if (mine.Length < Smallest || others.Length < Smallest)
                {
                    yield return new GapRow(of, by, name, mean, desk.Nothing("gap.difference"), desk.Nothing("gap.ratio"), false, null, 0);
                    continue;
                }
                var (difference, error, freedom) = Welch(mine, others);
                // Blocks of the others are those of all that are not of the group.
                if (error == 0) freedom = mine.Length + others.Length - 2;
                error = Math.Sqrt(error * error + values.Doubt(group, mine.Length) + values.Doubt(desk.Filter, others.Length) - values.Doubt(group, others.Length));
                // Nobody differs from anybody of the own side: there is nothing to be unsure of, and no test.
                double? test = error > 0 ? difference / error : null, half = error > 0 ? CriticalT(.025, freedom) * error : null;
                yield return new GapRow(of, by, name, mean, new Figure("gap.difference", difference, difference - half, difference + half, mine.Length, null),
                    desk.Of("gap.ratio", Resamples.Ratio(mine, others, FigureDesk.Seed)), false, test, freedom);
            }
        }
    }

    /// <summary>Difference of two means, its standard error and degrees of freedom, where the sides may vary differently (Welch 1947).</summary>
    private static (double Difference, double Error, double Freedom) Welch(double[] some, double[] others)
    {
        var (a, b) = (Variance(some) / some.Length, Variance(others) / others.Length);
        return (some.Average() - others.Average(), Math.Sqrt(a + b), a + b == 0 ? 0 : (a + b) * (a + b) / (a * a / (some.Length - 1) + b * b / (others.Length - 1)));

        static double Variance(double[] values)
        {
            var mean = values.Average();
            return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
        }
    }

    /// <summary>Above which Student's t lies with this chance; by the expansion of Fisher and Cornish (1960), within 1 % from 8 degrees of freedom on.</summary>
    public static double CriticalT(double chance, double freedom)
    {
        var z = Normal(chance);
        return z + (Math.Pow(z, 3) + z) / (4 * freedom) + (5 * Math.Pow(z, 5) + 16 * Math.Pow(z, 3) + 3 * z) / (96 * freedom * freedom);
    }

    /// <summary>Above which a standard normal value lies with this chance, by halving; the tail by its continued fraction (Abramowitz and Stegun 26.2.14).</summary>
    private static double Normal(double chance)
    {
        var (low, high) = (0d, 40d);
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (Tail(middle) > chance) low = middle;
            else high = middle;
        }
        return low;

        static double Tail(double x)
        {
            var fraction = x + 1e-300;
            for (var k = 400; k >= 1; k--) fraction = x + k / fraction;
            return Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) / fraction;
        }
    }
}
