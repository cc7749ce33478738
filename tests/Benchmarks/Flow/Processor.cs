using System.Diagnostics;

namespace Matchmaking.Benchmarks.Flow;

/// <summary>Processor time, which other work on the machine hardly falsifies: what a profile costs each of our processes.</summary>
internal static class Processor
{
    public static IReadOnlyList<(string Name, TimeSpan Time)> Of(FlowFair fair) =>
    [
        ("Profile", Of(fair.Profile.Id)), ("Matching", Of(fair.Matching.Id)), ("Notification", Of(fair.Notification.Id)), ("benchmark", Of(Environment.ProcessId)),
    ];

    /// <param name="all">False: of this process alone.</param>
    public static string Since(IReadOnlyList<(string Name, TimeSpan Time)> before, FlowFair fair, int count, bool all) =>
        string.Join(", ", Of(fair).Zip(before, (now, then) => (now.Name, Each: (now.Time - then.Time).TotalMilliseconds / count))
            .Where(p => all || p.Name == "benchmark").Select(p => $"{p.Name} {Samples.Format(p.Each, "0.00")}")) + " ms of processor each";

    private static TimeSpan Of(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }
}
