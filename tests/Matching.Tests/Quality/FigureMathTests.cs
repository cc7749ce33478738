using System.Diagnostics;
using System.Text.Json;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Quality;

namespace Matchmaking.Matching.Tests.Quality;

/// <summary>Measures against values worked by hand, and against an implementation of other people.</summary>
public sealed class FigureMathTests
{
    [Fact]
    public void Precision_recall_and_reciprocal_rank_by_hand()
    {
        int[] shown = [0, 3, 0, 1, 0, 2];
        Assert.Equal(2 / 5d, OrderFigures.Precision(shown, 5));
        Assert.Equal(2 / 4d, OrderFigures.Recall(shown, [4], 5));
        Assert.Equal(1 / 2d, OrderFigures.Reciprocal(shown));
        Assert.Equal((0, 0), (OrderFigures.Reciprocal([0, 0]), OrderFigures.Reciprocal([])));
    }

    [Fact]
    public void Chance_is_the_mean_of_all_orders()
    {
        int[] shown = [3, 0, 1, 0, 0];
        int[] elsewhere = [2];
        int[][] orders = [.. Orders(shown)];
        Assert.Equal(120, orders.Length);
        Assert.Equal(orders.Average(o => Measures.Ndcg(o, elsewhere, 2)!.Value), OrderFigures.ChanceNdcg(new OrderFigures.Judged(0, shown, [], elsewhere), 2), 12);
        Assert.Equal(orders.Average(OrderFigures.Reciprocal), OrderFigures.ChanceReciprocal(5, 2), 12);
        Assert.Equal(0, OrderFigures.ChanceReciprocal(5, 0));
        Assert.Equal(1, OrderFigures.ChanceReciprocal(3, 3), 12);

        static IEnumerable<int[]> Orders(int[] of) => of.Length == 0 ? [[]] : of.SelectMany((first, i) => Orders([.. of.Where((_, j) => j != i)]).Select(rest => (int[])[first, .. rest]));
    }

    [Fact]
    public void Coverage_is_what_fifty_lists_show_whoever_is_drawn()
    {
        // Of 60 lists one shows the second course, all the first: 50 drawn ones have the one list with 50/60.
        var people = Enumerable.Range(0, 60).Select(i => InventedPeople.Of("uk", shown: i == 7 ? [DemoFair.Course, DemoFair.SecondCourse] : [DemoFair.Course], came: [(DemoFair.Course, new OfferOutcome(Opened: true))])).ToArray();
        var desk = InventedPeople.Desk(people);
        var coverage = OrderFigures.Of(desk, OrderFigures.JudgedOf(desk))[0].Coverage!;
        Assert.Equal((1 + 50 / 60d) / 4, coverage.Value!.Value, 12);
        Assert.InRange(coverage.Value.Value, coverage.Low!.Value, coverage.High!.Value);
        Assert.Equal(FigureDesk.TooFew, OrderFigures.Of(InventedPeople.Desk([.. people.Take(49)]), [])[0].Coverage!.Missing);
    }

    [Fact]
    public void Intervals_quantiles_and_medians_of_tables()
    {
        // Newcombe 1998, table I: 81 of 263.
        var (low, high) = Measures.Wilson(81, 263);
        Assert.Equal((.2553, .3662), (Math.Round(low, 4), Math.Round(high, 4)));
        Assert.Equal((0d, .3244), (Measures.Wilson(0, 8).Low, Math.Round(Measures.Wilson(0, 8).High, 4)));
        // Student's t: .025 at 10 and 19 degrees of freedom, .0005 at 30.
        Assert.Equal(2.228, GapFigures.CriticalT(.025, 10), .003);
        Assert.Equal(2.093, GapFigures.CriticalT(.025, 19), .001);
        Assert.Equal(3.646, GapFigures.CriticalT(.0005, 30), .005);
        Assert.Equal(3, SupplyFigures.Median([1, 3, 9], [1, 1, 1]));
        Assert.Equal(6, SupplyFigures.Median([1, 3, 9], [1, 1, 2]));
        Assert.Equal(9, SupplyFigures.Median([1, 3, 9], [0, 0, 3]));
        // Bins 0-.2 and .6-.8: |.1 - 0| x 1/3 + |.7 - .5| x 2/3.
        Assert.Equal(.1 / 3 + .2 * 2 / 3, ChanceFigures.Error([(.1, false), (.7, true), (.7, false)], [1, 1, 1]), 12);
        Assert.Equal(.1, ExposureFigures.Tail([4, 1, 0, 5]), 12);
    }

    [Fact]
    public async Task They_agree_with_scikit_learn_and_numpy_on_random_data()
    {
        var cancel = TestContext.Current.CancellationToken;
        var random = new Random(11);
        var lists = Enumerable.Range(0, 200).Select(_ => Enumerable.Range(0, random.Next(2, 20)).Select(_ => random.Next(10) < 6 ? 0 : random.Next(1, 6)).ToArray()).Where(l => l.Any(g => g > 0)).ToArray();
        var shares = Enumerable.Range(0, 40).Select(_ => random.NextDouble() * random.NextDouble()).ToArray();
        var values = Enumerable.Range(0, 300).Select(_ => random.NextDouble()).ToArray();
        var chances = Enumerable.Range(0, 300).Select(i => (Chance: values[i], Kept: random.NextDouble() < values[i])).ToArray();
        const string Script = """
            import json, sys, numpy as np
            from sklearn.metrics import ndcg_score, precision_score, recall_score, brier_score_loss
            d = json.load(sys.stdin)
            rank = lambda l: -np.arange(len(l), dtype=float)
            ndcg = [float(ndcg_score([[2.0**g - 1 for g in l]], [rank(l)], k=5)) for l in d["lists"]]
            top = lambda l: [1 if i < 5 else 0 for i in range(len(l))]
            recall = [float(recall_score([g > 0 for g in l], top(l))) for l in d["lists"]]
            x = np.array(d["shares"]); n = len(x)
            gini = float(np.abs(x[:, None] - x[None, :]).sum() / (2 * n * n * x.mean()))
            v = np.array(d["values"]); r = np.random.default_rng(1)
            draws = np.sort([r.choice(v, len(v)).mean() for _ in range(4000)])
            json.dump(dict(ndcg=ndcg, recall=recall, gini=gini, brier=float(brier_score_loss(d["kept"], d["chances"])), low=float(draws[100]), high=float(draws[3900])), sys.stdout)
            """;
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (answer, complaint) = (python.StandardOutput.ReadToEndAsync(cancel), python.StandardError.ReadToEndAsync(cancel));
        await python.StandardInput.WriteAsync(JsonSerializer.Serialize(new { lists, shares, values, chances = chances.Select(c => c.Chance), kept = chances.Select(c => c.Kept ? 1 : 0) }));
        python.StandardInput.Close();
        await python.WaitForExitAsync(cancel);
        Assert.True(python.ExitCode == 0, "The distribution's Python with scikit-learn is needed (Debian: python3-sklearn, which tests/run.sh installs): " + await complaint);

        var theirs = JsonDocument.Parse(await answer).RootElement;
        Assert.Equal(Numbers("ndcg"), lists.Select(l => Math.Round(Measures.Ndcg(l, [])!.Value, 10)));
        Assert.Equal(Numbers("recall"), lists.Select(l => Math.Round(OrderFigures.Recall(l, [], 5), 10)));
        Assert.Equal(theirs.GetProperty("gini").GetDouble(), Measures.Gini(shares)!.Value, 10);
        Assert.Equal(theirs.GetProperty("brier").GetDouble(), chances.Average(c => Math.Pow(c.Chance - (c.Kept ? 1 : 0), 2)), 10);
        var interval = Resamples.Mean(values, FigureDesk.Seed);
        Assert.Equal(theirs.GetProperty("low").GetDouble(), interval.Low!.Value, .003);
        Assert.Equal(theirs.GetProperty("high").GetDouble(), interval.High!.Value, .003);

        IEnumerable<double> Numbers(string name) => theirs.GetProperty(name).EnumerateArray().Select(n => Math.Round(n.GetDouble(), 10));
    }
}
