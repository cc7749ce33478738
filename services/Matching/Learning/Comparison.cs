using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning;

/// <summary>Rankers on the same new visitors: each visitor is judged once, by rankers that have learned from none of this visitor's outcomes.</summary>
internal static class Comparison
{
    /// <param name="rankers">A fresh set for each part.</param>
    /// <returns>For each ranker the NDCG of each judged visitor, in the same order; left out are visitors for whom nothing had a gain.</returns>
    public static IReadOnlyList<(string Ranker, double[] Ndcg)> Run(OutcomeTable data, Func<IReadOnlyList<IRanker>> rankers, int folds, int seed, Action<string>? tell = null)
    {
        var known = Enumerable.Range(0, data.Visitors.Count).Where(v => data.Of[v].Length > 0).ToArray();
        var parts = Folds.Split(known, folds, seed);
        var reached = new (string Ranker, double[] Ndcg)[folds][];
        Parallel.For(0, folds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, part =>
        {
            var training = known.Except(parts[part]).ToArray();
            var learned = data.Only(training);
            var judged = parts[part].Where(v => data.Of[v].Any(o => o.Grade > 0)).ToArray();
            reached[part] = [.. rankers().Select(ranker =>
            {
                ranker.Train(learned, training, seed);
                var scores = ranker.Score(judged);
                return (ranker.Name, judged.Select((v, i) => RankingQuality.Ndcg(scores.Row(i), data.Gains(v))).ToArray());
            })];
            tell?.Invoke($"part {part + 1} of {folds}: {string.Join(", ", reached[part].Select(r => FormattableString.Invariant($"{r.Ranker} {r.Ndcg.DefaultIfEmpty(double.NaN).Average():0.0000}")))}");
        });
        return [.. reached[0].Select((first, at) => (first.Ranker, reached.SelectMany(part => part[at].Ndcg).ToArray()))];
    }
}
