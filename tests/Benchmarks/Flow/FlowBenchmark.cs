using Matchmaking.Rig;

namespace Matchmaking.Benchmarks.Flow;

/// <summary>What the outbox, the inbox and the services between cost beside the bus and the database that they stand on.</summary>
internal static class FlowBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (FlowOptions.Parse(args) is not { } options) return FlowOptions.Usage();
        if (ServiceProcess.Configuration != "Release") Console.WriteLine("Built as Debug: the figures say nothing. Run with -c Release.");
        double? p50 = null, throughput = null;
        if (options.Parts.Contains("latency") || options.Parts.Contains("throughput"))
        {
            await using var fair = await FlowFair.StartAsync(options.Visitors);
            await using var floor = await FlowFloor.StartAsync(fair);
            if (options.Parts.Contains("latency")) p50 = await LatencyPart.RunAsync(options, fair, floor);
            if (options.Parts.Contains("throughput")) throughput = await ThroughputPart.RunAsync(options, fair, floor);
        }
        if (options.Parts.Contains("fair")) await FairPart.RunAsync(visitors: 2300);
        if (throughput is { } share) Samples.Result("flow.throughput", share);
        if (p50 is { } ratio) Samples.Result("flow.p50", ratio);
        return 0;
    }
}
