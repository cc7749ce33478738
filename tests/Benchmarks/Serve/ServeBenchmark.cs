using System.Diagnostics;
using Matchmaking.Rig;

namespace Matchmaking.Benchmarks.Serve;

/// <summary>What a list costs that a visitor looks at again, over HTTP, beside an endpoint that does nothing but return the same bytes.</summary>
internal static class ServeBenchmark
{
    private const int Block = 50, WarmUp = 3000;

    public static async Task<int> RunAsync(string[] args)
    {
        if (ServeOptions.Parse(args) is not { } options) return ServeOptions.Usage();
        if (ServiceProcess.Configuration != "Release") Console.WriteLine("Built as Debug: the figures say nothing. Run with -c Release.");
        await using var served = await ServedMatching.StartAsync(options);
        Console.WriteLine($"{options.Offers} offers, {served.Bytes:N0} bytes a list, {options.Visitors} visitors in turn, {(options.Deployed ? "PostgreSQL and Redis" : "SQLite and memory")}; warming up");
        for (var i = 0; i < WarmUp; i++) await OneAsync(served, ours: i % 2 == 0, i / 2);
        List<double> latency = [], throughput = [];
        for (var round = 0; round < options.Rounds; round++)
        {
            latency.Add(await AloneAsync(options, served, round));
            throughput.Add(await TogetherAsync(options, served, round));
        }
        Console.WriteLine($"One at a time, p50 of ours / p50 of the empty endpoint: {Samples.Interval(latency, "0.00")}; to reach: at most 2.5");
        Console.WriteLine($"{options.Together} in flight, calls a second of ours / of the empty endpoint: {Samples.Interval(throughput, "0.000")}; to reach: at least 0.5");
        Samples.Result("serve.throughput", Samples.Median(throughput));
        Samples.Result("serve.p50", Samples.Median(latency));
        return 0;
    }

    /// <summary>Short blocks take turns, so that whatever else the machine does falls on both.</summary>
    private static async Task<double> AloneAsync(ServeOptions options, ServedMatching served, int round)
    {
        List<double> ours = [], empty = [];
        for (var block = 0; ours.Count < options.Samples; block++)
        {
            foreach (var own in InTurn(block))
                for (var i = 0; i < Block; i++)
                {
                    var from = Stopwatch.GetTimestamp();
                    await OneAsync(served, own, ours.Count);
                    (own ? ours : empty).Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
                }
        }
        var ratio = Samples.Median(ours) / Samples.Median(empty);
        Console.WriteLine($"  round {round + 1}: p50 {Ms(ours)} (p95 {Samples.Format(Samples.Quantile(ours, .95), "0.000")}) | empty {Ms(empty)} ms | ratio {Samples.Format(ratio, "0.00")}");
        return ratio;
    }

    private static async Task<double> TogetherAsync(ServeOptions options, ServedMatching served, int round)
    {
        double ours = 0, empty = 0;
        foreach (var own in InTurn(round))
        {
            var from = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, options.Together).Select(client => Task.Run(async () =>
            {
                for (var i = client; i < options.Load; i += options.Together) await OneAsync(served, own, i);
            })));
            var rate = options.Load / Stopwatch.GetElapsedTime(from).TotalSeconds;
            if (own) ours = rate;
            else empty = rate;
        }
        Console.WriteLine($"  round {round + 1}: {Samples.Format(ours, "0")}/s | empty {Samples.Format(empty, "0")}/s | ratio {Samples.Format(ours / empty, "0.000")}");
        return ours / empty;
    }

    private static bool[] InTurn(int turn) => turn % 2 == 0 ? [true, false] : [false, true];

    private static async Task OneAsync(ServedMatching served, bool ours, int turn)
    {
        var length = ours ? await ServedMatching.GetAsync(served.Ours, served.Calls[turn % served.Calls.Count]) : await ServedMatching.GetAsync(served.Empty, ServedMatching.Same);
        // Lists differ by a reason or two, not by more: a short answer would be a quick one.
        if (length < served.Bytes * .8) throw new InvalidOperationException($"An answer of {length} bytes.");
    }

    private static string Ms(IEnumerable<double> values) => Samples.Format(Samples.Median(values), "0.000");
}
