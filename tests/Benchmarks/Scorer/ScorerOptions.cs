using System.Globalization;

namespace Matchmaking.Benchmarks.Scorer;

/// <param name="Rounds">In which every contender has its turn; at least 5 for figures that are reported.</param>
/// <param name="Sizes">Numbers of offers.</param>
/// <param name="Turns">Of every contender in a round; fewer where the offers are many.</param>
/// <param name="Milliseconds">That a turn lasts, at least; one request in any case.</param>
internal sealed record ScorerOptions(int Rounds, IReadOnlyList<int> Sizes, int Trees, int Leaves, int Turns, int Milliseconds)
{
    public static ScorerOptions? Parse(string[] args)
    {
        var options = new ScorerOptions(9, [300, 10_000, 100_000], 100, 31, 15, 5);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) return null;
            int[] numbers = [.. args[i + 1].Split(',').Select(x => int.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0)];
            if (numbers.Any(n => n <= 0)) return null;
            if (args[i] == "--sizes") options = options with { Sizes = numbers };
            else if (numbers is [var n] && With(options, args[i], n) is { } next) options = next;
            else return null;
        }
        return options;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("scorer [--rounds 9] [--sizes 300,10000,100000] [--trees 100] [--leaves 31] [--turns 15] [--milliseconds 5]");
        return 64;
    }

    private static ScorerOptions? With(ScorerOptions o, string name, int n) => name switch
    {
        "--rounds" => o with { Rounds = n },
        "--trees" => o with { Trees = n },
        "--leaves" when n > 1 => o with { Leaves = n },
        "--turns" => o with { Turns = n },
        "--milliseconds" => o with { Milliseconds = n },
        _ => null,
    };
}
