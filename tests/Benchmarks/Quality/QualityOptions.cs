namespace Matchmaking.Benchmarks.Quality;

/// <param name="Rounds">At least 5 for figures that are reported.</param>
/// <param name="Samples">Calls of each side in a round, one at a time.</param>
/// <param name="Visitors">Of whom the record is.</param>
/// <param name="Sqlite">Recorded impressions, offers on lists, there; 0: not measured.</param>
/// <param name="Postgres">The same on PostgreSQL.</param>
internal sealed record QualityOptions(int Rounds, int Samples, int Visitors, int Sqlite, int Postgres)
{
    public static QualityOptions? Parse(string[] args)
    {
        var options = new QualityOptions(5, 40, 2300, 200_000, 1_000_000);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], out var n) || n < 0) return null;
            var next = args[i] switch
            {
                "--rounds" when n > 0 => options with { Rounds = n },
                "--samples" when n > 0 => options with { Samples = n },
                "--visitors" when n >= 100 => options with { Visitors = n },
                "--sqlite" => options with { Sqlite = n },
                "--postgres" => options with { Postgres = n },
                _ => null,
            };
            if (next is null) return null;
            options = next;
        }
        return options;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("quality [--rounds 5] [--samples 40] [--visitors 2300] [--sqlite 200000] [--postgres 1000000]    impressions; 0 leaves that one out");
        return 64;
    }
}
