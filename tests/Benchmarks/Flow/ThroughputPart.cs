using System.Diagnostics;

namespace Matchmaking.Benchmarks.Flow;

/// <summary>Profiles a second, from the first PUT until all of them are ranked in Matching's database, against bare messages a second until all are consumed.</summary>
internal static class ThroughputPart
{
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(500);

    public static async Task<double> RunAsync(FlowOptions options, FlowFair fair, FlowFloor floor)
    {
        Console.WriteLine($"Throughput: {options.Rounds} rounds of {options.Load}, {options.Together} in flight; warming up");
        await ProfilesAsync(options, fair, options.Load / 2);
        await BareAsync(options, floor, options.Load / 2);
        var ratios = new List<double>();
        for (var round = 0; round < options.Rounds; round++)
        {
            // The order changes, so that neither always comes second.
            double profiles = 0, bare = 0;
            var own = "";
            foreach (var ours in round % 2 == 0 ? (bool[])[true, false] : [false, true])
            {
                await Task.Delay(Calm);
                var before = Processor.Of(fair);
                if (ours) profiles = await ProfilesAsync(options, fair, options.Load);
                else bare = await BareAsync(options, floor, options.Load);
                own += (ours ? " | profile: " : " | bare: ") + Processor.Since(before, fair, options.Load, all: ours);
            }
            ratios.Add(profiles / bare);
            Console.WriteLine($"  round {round + 1}: {Samples.Format(profiles, "0")} profiles/s | {Samples.Format(bare, "0")} bare messages/s | ratio {Samples.Format(ratios[^1], "0.000")}{own}");
        }
        Console.WriteLine($"Throughput, profiles / bare messages: {Samples.Interval(ratios, "0.000")}; to reach: at least 0.25");
        return Samples.Median(ratios);
    }

    private static async Task<double> ProfilesAsync(FlowOptions options, FlowFair fair, int count)
    {
        var from = Stopwatch.GetTimestamp();
        // Each worker has its own visitors: two replacements of one profile at once would rightly be refused.
        await Task.WhenAll(Enumerable.Range(0, options.Together).Select(async worker =>
        {
            var mine = fair.Visitors.Where((_, at) => at % options.Together == worker).ToArray();
            for (var i = worker; i < count; i += options.Together) await fair.PutAsync(mine[i / options.Together % mine.Length], i);
        }));
        await fair.AllRankedAsync();
        return count / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }

    private static async Task<double> BareAsync(FlowOptions options, FlowFloor floor, int count)
    {
        var from = Stopwatch.GetTimestamp();
        var consumed = new Task[count];
        await Task.WhenAll(Enumerable.Range(0, options.Together).Select(async worker =>
        {
            for (var i = worker; i < count; i += options.Together) consumed[i] = await floor.PublishAsync(i);
        }));
        await Task.WhenAll(consumed);
        return count / Stopwatch.GetElapsedTime(from).TotalSeconds;
    }
}
