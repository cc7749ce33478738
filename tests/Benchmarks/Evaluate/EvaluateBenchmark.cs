using System.Diagnostics;
using Matchmaking.Matching.Learning;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Benchmarks.Evaluate;

/// <summary>How well lists for new visitors are ordered, learned from data of any kind: popularity, ridge regression from the profile, and our learner.</summary>
internal static class EvaluateBenchmark
{
    private const int Refused = 2;

    public static Task<int> RunAsync(string[] args) => Task.FromResult(EvaluateOptions.Parse(args) is { } options ? Run(options) : EvaluateOptions.Usage());

    private static int Run(EvaluateOptions options)
    {
        if (Load(options, out var data) is { } refusal)
        {
            Console.Error.WriteLine(refusal);
            return Refused;
        }
        var judged = data.Of.Count(of => of.Any(o => o.Grade > 0));
        if (judged < 2 * options.Folds)
        {
            Console.Error.WriteLine(new Refusal(options.Outcomes, 0, $"{judged} visitors with a grade above 0", $"For {options.Folds} parts at least {2 * options.Folds} are needed: take fewer parts with --folds, or more data."));
            return Refused;
        }
        Console.WriteLine($"{data.Visitors.Count} visitors, {data.Offers.Count} offers, {data.Of.Sum(of => of.Length)} outcomes; NDCG@{RankingQuality.Depth} over the whole catalogue, gain = grade, "
            + $"for {judged} visitors in {options.Folds} parts, each ranked by profile alone");
        var clock = Stopwatch.StartNew();
        var results = Comparison.Run(data, () => [new PopularityRanker(), new RidgeRanker(), new LearnedRanker()], options.Folds, options.Seed, Console.WriteLine);
        Console.WriteLine($"{clock.Elapsed.TotalSeconds:0} s");
        foreach (var (ranker, ndcg) in results) Say(ranker, RankingQuality.Bootstrap(ndcg, options.Seed));

        // Paired: how much one visitor's list can be good at all differs far more than the rankers do.
        var ours = results[^1];
        var rival = results.SkipLast(1).MaxBy(r => r.Ndcg.Average());
        var gain = RankingQuality.Bootstrap([.. ours.Ndcg.Zip(rival.Ndcg, (a, b) => a - b)], options.Seed);
        Say($"{ours.Ranker}-over-{rival.Ranker}", gain);
        Console.WriteLine(FormattableString.Invariant($"paired, against the best rival ({rival.Ranker}): {gain.Mean:+0.0000;-0.0000}, 95 % interval {gain.Low:+0.0000;-0.0000} to {gain.High:+0.0000;-0.0000}"));
        return 0;
    }

    private static void Say(string name, (double Mean, double Low, double High) of) =>
        Console.WriteLine(FormattableString.Invariant($"RESULT ndcg{RankingQuality.Depth}.{name}={of.Mean:0.0000}±{(of.High - of.Low) / 2:0.0000}"));

    private static Refusal? Load(EvaluateOptions options, out OutcomeTable data)
    {
        data = new OutcomeTable(new SideTable([], []), new SideTable([], []), []);
        return TableFile.Read(options.Visitors, out var visitors) ?? TableFile.Read(options.Offers, out var offers) ?? TableFile.Read(options.Outcomes, out var outcomes)
            ?? ReadSide.Read(options.Visitors, visitors, out var v) ?? ReadSide.Read(options.Offers, offers, out var o)
            ?? ReadOutcomes.Read(options.Outcomes, outcomes, v, o, out data);
    }
}
