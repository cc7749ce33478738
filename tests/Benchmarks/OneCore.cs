using System.Diagnostics;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Benchmarks;

/// <summary>What is measured in this process runs optimised and on one core.</summary>
internal static class OneCore
{
    public static void Stay()
    {
        if (typeof(RulePackSet).Assembly.GetCustomAttributes(typeof(DebuggableAttribute), false) is [DebuggableAttribute { IsJITOptimizerDisabled: true }])
            Console.WriteLine("Built as Debug: the figures say nothing. Run with -c Release.");
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()) return;
        using var self = Process.GetCurrentProcess();
        var core = Environment.ProcessorCount - 1;
        self.ProcessorAffinity = (nint)1 << core;
        Console.WriteLine($"On core {core} alone.");
    }
}
