namespace Matchmaking.Benchmarks.Simulate;

/// <param name="Fairs">In a row: all but the last are learned from.</param>
/// <param name="Visitors">Of each fair.</param>
/// <param name="Checks">Fairs afterwards on which reports are checked.</param>
/// <param name="Seed">Of people, tastes, luck and training.</param>
internal sealed record SimulateOptions(int Fairs, int Visitors, int Seed, int Checks = 4)
{
    public static readonly SimulateOptions Default = new(5, 2300, 1);

    public static SimulateOptions? Parse(string[] args)
    {
        var options = Default;
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], out var n)) return null;
            var next = args[i] switch
            {
                "--fairs" when n is >= 2 and <= 20 => options with { Fairs = n },
                "--visitors" when n is >= 200 and <= 20_000 => options with { Visitors = n },
                "--checks" when n is >= 0 and <= 100 => options with { Checks = n },
                "--seed" when n >= 0 => options with { Seed = n },
                _ => null,
            };
            if (next is null) return null;
            options = next;
        }
        return options;
    }

    public static int Usage()
    {
        Console.Error.WriteLine($"""
            simulate [--fairs {Default.Fairs}] [--visitors {Default.Visitors}] [--seed {Default.Seed}] [--checks {Default.Checks}]
              --fairs     2 to 20 fairs in a row; the last is the one that nobody learned from
              --visitors  200 to 20000 at each of them
              --checks    0 to 100 further fairs on which the reports about challengers are checked, six on each
            """);
        return 64;
    }
}
