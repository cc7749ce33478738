namespace Matchmaking.Benchmarks.Flow;

/// <param name="Rounds">Of each part; at least 5 for figures that are reported.</param>
/// <param name="Samples">Profiles, one at a time, in a round of the latency part.</param>
/// <param name="Pause">Milliseconds before each profile and each floor of the latency part; 0: back to back.</param>
/// <param name="Load">Profiles in a round of the throughput part.</param>
/// <param name="Visitors">Over which they are spread.</param>
/// <param name="Together">Calls (and bare publishes) in flight in the throughput part.</param>
/// <param name="Parts">Of latency, throughput, fair.</param>
internal sealed record FlowOptions(int Rounds, int Samples, int Pause, int Load, int Visitors, int Together, IReadOnlyList<string> Parts)
{
    private static readonly string[] AllParts = ["latency", "throughput", "fair"];

    public static FlowOptions? Parse(string[] args)
    {
        var options = new FlowOptions(7, 200, 20, 4000, 200, 64, AllParts);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (args[i] == "--parts" && i + 1 < args.Length && args[i + 1].Split(',') is var parts && parts.All(AllParts.Contains)) options = options with { Parts = parts };
            else if (i + 1 < args.Length && int.TryParse(args[i + 1], out var n) && (n > 0 || (n == 0 && args[i] == "--pause")) && With(options, args[i], n) is { } next) options = next;
            else return null;
        }
        return options;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("""
            flow [--rounds 7] [--samples 200] [--pause 20] [--load 4000] [--visitors 200] [--together 64] [--parts latency,throughput,fair]
              fair is AllInOne with 2,300 invented visitors: it takes some minutes, leave it out with --parts latency,throughput
            """);
        return 64;
    }

    private static FlowOptions? With(FlowOptions o, string name, int n) => name switch
    {
        "--rounds" => o with { Rounds = n },
        "--samples" => o with { Samples = n },
        "--pause" => o with { Pause = n },
        "--load" => o with { Load = n },
        "--visitors" => o with { Visitors = n },
        "--together" => o with { Together = n },
        _ => null,
    };
}
