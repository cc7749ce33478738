using System.Diagnostics;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Rig;

namespace Matchmaking.Benchmarks.Simulate;

/// <summary>Whether learning works where it is known what visitors really want: how much better, for whom, and what it costs others.</summary>
internal static class SimulateBenchmark
{
    public static Task<int> RunAsync(string[] args) => SimulateOptions.Parse(args) is { } options ? RunAsync(options) : Task.FromResult(SimulateOptions.Usage());

    private static async Task<int> RunAsync(SimulateOptions options)
    {
        var catalogue = await DemoFairFiles.ReadAsync(Path.Combine(Repository.Root, "services", "AllInOne", "DemoFair"));
        var rules = RulePackSet.BuiltIn.At(DateOnly.FromDateTime(catalogue.Fair.Opens.UtcDateTime));
        Console.WriteLine($"{options.Fairs} fairs of {options.Visitors} visitors, {catalogue.Exhibitors.Length} stands, {catalogue.Count} offers, "
            + $"{FairSetting.SeatsPerStand * catalogue.Exhibitors.Length} seats; seed {options.Seed}");
        var clock = Stopwatch.StartNew();
        var last = Laboratory.Run(catalogue, rules, options, Console.WriteLine);
        Console.WriteLine($"{clock.Elapsed.TotalSeconds:0} s");
        LastFairTable.Print(LastFairFigures.Of(last, options.Seed), last);
        return 0;
    }
}
