using System.Text.Json;

namespace Matchmaking.Benchmarks.Flow;

/// <summary>
/// One profile at a time: from its PUT until its new list has been read, against one bare publish -> consume plus two durable commits.
/// Short blocks of both take turns, so that whatever else the machine does falls on both; and each one, flow or floor, begins a little after the
/// one before has ended, as people come, so that none pays for what another has left to be done. With a pause of 0 they come back to back.
/// </summary>
internal static class LatencyPart
{
    private const int Block = 20, WarmUp = 600;

    /// <summary>What a flow leaves to be done behind it (marking, notices) must not fall on the floors, nor the other way round.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(100);

    public static async Task<double> RunAsync(FlowOptions options, FlowFair fair, FlowFloor floor)
    {
        Console.WriteLine($"Latency: {options.Rounds} rounds of {options.Samples}, in blocks of {Block}, {options.Pause} ms apart; warming up");
        var turn = 0;
        for (var i = 0; i < WarmUp; i++)
        {
            await FlowAsync(fair, turn++);
            await floor.PublishAndConsumeAsync(i);
            await floor.CommitRowAsync(i);
        }
        var ratios = new List<double>();
        for (var round = 0; round < options.Rounds; round++)
        {
            List<double> put = [], get = [], flow = [], bare = [], commits = [], floors = [];
            while (flow.Count < options.Samples)
            {
                await Task.Delay(Calm);
                for (var i = 0; i < Block; i++)
                {
                    await Task.Delay(options.Pause);
                    var (toPut, toGet) = await FlowAsync(fair, turn++);
                    put.Add(toPut);
                    get.Add(toGet);
                    flow.Add(toPut + toGet);
                }
                await Task.Delay(Calm);
                for (var i = 0; i < Block; i++)
                {
                    await Task.Delay(options.Pause);
                    var bus = await FlowFloor.TimeAsync(() => floor.PublishAndConsumeAsync(turn));
                    var two = await FlowFloor.TimeAsync(() => floor.CommitRowAsync(turn)) + await FlowFloor.TimeAsync(() => floor.CommitRowAsync(turn));
                    bare.Add(bus);
                    commits.Add(two);
                    floors.Add(bus + two);
                }
            }
            ratios.Add(Samples.Median(flow) / Samples.Median(floors));
            Console.WriteLine($"  round {round + 1}: p50 {Ms(flow)} (put {Ms(put)}, get {Ms(get)}), p95 {Samples.Format(Samples.Quantile(flow, .95), "0.00")} | floors {Ms(floors)} "
                + $"(bus {Ms(bare)}, two commits {Ms(commits)}) ms | ratio {Samples.Format(ratios[^1], "0.00")}");
        }
        Console.WriteLine($"Latency, p50 of the flow / p50 of its floors: {Samples.Interval(ratios, "0.00")}; to reach: at most 2");
        return Samples.Median(ratios);
    }

    private static async Task<(double Put, double Get)> FlowAsync(FlowFair fair, int turn)
    {
        var visitor = fair.Visitors[turn % fair.Visitors.Count];
        byte[] list = [];
        var put = await FlowFloor.TimeAsync(() => fair.PutAsync(visitor, turn));
        var get = await FlowFloor.TimeAsync(async () => list = await fair.MatchesAsync(visitor));
        using var matches = JsonDocument.Parse(list);
        var version = matches.RootElement.GetProperty("profileVersion").GetInt64();
        if (version != visitor.Version || matches.RootElement.GetProperty("items").GetArrayLength() != 20)
            throw new InvalidOperationException($"The list is of version {version}, the profile of version {visitor.Version}.");
        return (put, get);
    }

    private static string Ms(IEnumerable<double> values) => Samples.Format(Samples.Median(values), "0.00");
}
