using System.Diagnostics;
using Matchmaking.Matching.Ranking.Scoring;
using Microsoft.ML;

namespace Matchmaking.Benchmarks.Scorer;

/// <summary>
/// What the compiled scorer saves beside the usual ways of scoring the same model: one visitor's scores for all offers, on one core.
/// Ours is what is done for a request; the catalogue is prepared once beforehand, as in serving, and the time for that is printed.
/// </summary>
internal static class ScorerBenchmark
{
    public static Task<int> RunAsync(string[] args)
    {
        if (ScorerOptions.Parse(args) is not { } options) return Task.FromResult(ScorerOptions.Usage());
        OneCore.Stay();

        var ml = new MLContext(seed: 1);
        var model = InventedFair.Train(ml, options.Trees, options.Leaves);
        var forest = InventedFair.Read(model);
        var shape = new FactoredScorer(forest, InventedFair.VisitorFeatures, InventedFair.OfferFeatures);
        var asked = forest.Trees.SelectMany(t => t.Feature.ToArray()).Distinct();
        var pairs = asked.Count(f => f >= InventedFair.VisitorFeatures + InventedFair.OfferFeatures);
        Console.WriteLine($"LightGBM by ML.NET: {forest.Trees.Count} trees, {forest.Trees.Average(t => t.Leaves.Length):0.#} leaves on average; "
            + $"nodes: visitor {shape.Nodes.Visitor}, offer {shape.Nodes.Offer}, pair {shape.Nodes.Pair} on {pairs} features");

        using var booster = new NativeBooster(forest);
        var results = new List<(string Name, double Ratio)>();
        foreach (var size in options.Sizes)
        {
            var load = new ScorerLoad(size, requests: Math.Clamp(40_000 / size, 2, 16));
            var contenders = new List<Contender> { Contenders.Ours(forest, load, ScorerPaths.Best, out var preparation) };
            contenders.AddRange(Enum.GetValues<ScorerPath>().Where(p => p != ScorerPaths.Best && ScorerPaths.IsSupported(p))
                .Select(path => Contenders.Ours(forest, load, path, out _)));
            contenders.AddRange([Contenders.Engine(ml, model, load), Contenders.Transform(ml, model, load), Contenders.Native(booster, load)]);
            var once = Samples.Format(preparation.TotalMilliseconds, "0.##");
            Console.WriteLine($"\n{size} offers, {load.Requests.Length} visitors in turn; catalogue prepared once in {once} ms");
            SameScores(contenders, load);
            results.AddRange(Race(contenders, load, options));
        }
        Console.WriteLine();
        foreach (var (name, ratio) in results) Samples.Result(name, ratio);
        return Task.FromResult(0);
    }

    /// <summary>
    /// Within a round the contenders take many short turns in changing order, and the median turn counts: what a neighbour of this machine takes
    /// away falls on all alike, and on few turns of each.
    /// </summary>
    private static IEnumerable<(string Name, double Ratio)> Race(List<Contender> contenders, ScorerLoad load, ScorerOptions options)
    {
        var scores = new float[load.Offers.Length];
        var random = new Random(1);
        var times = contenders.ToDictionary(c => c, _ => new List<double>());
        var request = 0;
        foreach (var contender in contenders) Turn(contender, 500); // warm
        for (var round = 0; round < options.Rounds; round++)
        {
            GC.Collect();
            var turns = contenders.ToDictionary(c => c, _ => new List<double>());
            var order = contenders.ToArray();
            for (var turn = 0; turn < Math.Clamp(300_000 / load.Offers.Length, 3, options.Turns); turn++)
            {
                random.Shuffle(order);
                foreach (var contender in order) turns[contender].Add(Turn(contender, options.Milliseconds));
            }
            foreach (var contender in contenders) times[contender].Add(Samples.Median(turns[contender]));
        }
        foreach (var contender in contenders)
        {
            var ratios = times[contender].Zip(times[contenders[0]], (their, our) => their / our).ToArray();
            var beside = contender == contenders[0] ? "" : $"   x {Samples.Interval(ratios, "0.0")}";
            Console.WriteLine($"  {contender.Name,-24}{Samples.Format(Samples.Median(times[contender]), "0.0"),9} ns a pair{beside}");
            if (contender.Peer is { } peer) yield return ($"scorer.{peer}.{load.Offers.Length}", Samples.Median(ratios));
        }

        // Nanoseconds a pair, over whole requests.
        double Turn(Contender contender, int milliseconds)
        {
            var clock = Stopwatch.StartNew();
            var pairs = 0L;
            do
            {
                contender.Score(request++ % load.Requests.Length, scores);
                pairs += scores.Length;
            }
            while (clock.ElapsedMilliseconds < milliseconds);
            return clock.Elapsed.TotalNanoseconds / pairs;
        }
    }

    private static void SameScores(List<Contender> contenders, ScorerLoad load)
    {
        var (ours, theirs, worst) = (new float[load.Offers.Length], new float[load.Offers.Length], 0f);
        for (var r = 0; r < load.Requests.Length; r++)
        {
            contenders[0].Score(r, ours);
            foreach (var contender in contenders.Skip(1))
            {
                contender.Score(r, theirs);
                for (var i = 0; i < ours.Length; i++) worst = Math.Max(worst, Math.Abs(ours[i] - theirs[i]));
            }
        }
        if (!(worst <= 1e-5f)) throw new InvalidOperationException($"The contenders do not score alike: they differ by {worst}.");
        Console.WriteLine($"  all contenders' scores are the same within {Samples.Format(worst, "0.0e0")}");
    }
}
