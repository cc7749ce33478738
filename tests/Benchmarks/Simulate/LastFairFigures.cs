namespace Matchmaking.Benchmarks.Simulate;

/// <summary>The figures that decide, with 95 % intervals by the bootstrap over visitors.</summary>
/// <param name="Rows">Every ranker, the learned ones by fairs.</param>
/// <param name="Closed">Share of the way from the baseline to the oracle, by fairs learned from.</param>
/// <param name="GiniRatio">The newest model's over popularity's.</param>
/// <param name="Groups">The newest model's mean and the baseline's, by group.</param>
internal sealed record LastFairFigures(
    IReadOnlyList<RankerRow> Rows, IReadOnlyList<Spread> Closed, Spread WorstGroup, Spread WorstGroupOfBaseline, Spread GiniRatio, Spread UseRatio,
    IReadOnlyList<(string Name, int People, double Learned, double Baseline, double Oracle)> Groups)
{
    public static LastFairFigures Of(LastFair last, int seed)
    {
        var (people, c) = (last.People.Count, last.Fair.Catalogue);
        var groups = DayFigures.Groups(last.People);
        var newest = last.Learned[^1];
        (string, DayFigures)[] rankers =
        [
            ("chance", last.Chance), ("popularity", last.Popularity), ("baseline", last.Baseline),
            .. last.Learned.Select((figures, i) => ($"learned from {i + 1}", figures)), ("oracle", last.Oracle),
        ];
        return new LastFairFigures(
            [.. rankers.Select(r => Row(r.Item1, r.Item2))],
            [.. last.Learned.Select(learned => Spread.Of(people, seed, drawn => (learned.Mean(drawn) - last.Baseline.Mean(drawn)) / (last.Oracle.Mean(drawn) - last.Baseline.Mean(drawn))))],
            Spread.Of(people, seed, drawn => newest.WorstOverMean(drawn, groups)), Spread.Of(people, seed, drawn => last.Baseline.WorstOverMean(drawn, groups)),
            Spread.Of(people, seed, drawn => Gini(newest, drawn) / Gini(last.Popularity, drawn)),
            Spread.Of(people, seed, drawn => drawn.Sum(v => newest.Day.Use[v]) / drawn.Sum(v => last.Baseline.Day.Use[v])),
            [.. groups.Select(g => (g.Name, g.Has.Count(h => h), Of(newest, g.Has), Of(last.Baseline, g.Has), Of(last.Oracle, g.Has)))]);

        double Gini(DayFigures figures, int[] drawn) => figures.Gini(drawn, c.Exhibitor, c.Exhibitors.Length);

        static double Of(DayFigures figures, bool[] has) => figures.Mean(Enumerable.Range(0, has.Length).Where(v => has[v]));

        RankerRow Row(string name, DayFigures figures) => new(name, Spread.Of(people, seed, drawn => figures.Mean(drawn)), Spread.Of(people, seed, drawn => Gini(figures, drawn)),
            Spread.Of(people, seed, drawn => drawn.Sum(v => figures.Day.Use[v])), Spread.Of(people, seed, drawn => (double)drawn.Count(v => figures.Day.Met[v]) / people),
            figures.Day.Requested, figures.Day.Held);
    }
}

/// <param name="Use">True use of all held meetings.</param>
/// <param name="Met">Share of the visitors with at least one held meeting.</param>
internal sealed record RankerRow(string Name, Spread Ndcg, Spread Gini, Spread Use, Spread Met, int Requested, int Held);
