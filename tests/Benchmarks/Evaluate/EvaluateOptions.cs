namespace Matchmaking.Benchmarks.Evaluate;

/// <param name="Folds">Parts into which the visitors are dealt; each is judged once.</param>
/// <param name="Seed">Of the parts and of everything learned.</param>
internal sealed record EvaluateOptions(string Visitors, string Offers, string Outcomes, int Folds, int Seed)
{
    public static EvaluateOptions? Parse(string[] args)
    {
        var options = new EvaluateOptions("", "", "", 5, 1);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) return null;
            var value = args[i + 1];
            var next = args[i] switch
            {
                "--visitors" => options with { Visitors = value },
                "--offers" => options with { Offers = value },
                "--outcomes" => options with { Outcomes = value },
                "--folds" when int.TryParse(value, out var n) && n is >= 2 and <= 100 => options with { Folds = n },
                "--seed" when int.TryParse(value, out var n) && n >= 0 => options with { Seed = n },
                _ => null,
            };
            if (next is null) return null;
            options = next;
        }
        return options is { Visitors: "" } or { Offers: "" } or { Outcomes: "" } ? null : options;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("""
            evaluate --visitors v.csv --offers o.csv --outcomes x.csv [--folds 5] [--seed 1]
              visitors, offers: the first column is an id; numbers are numbers, everything else is words, several in a cell with ';' or '|'
              outcomes: columns visitor, offer, grade (0 or above), and optionally time, position, propensity
              Each as CSV, or as Apache Parquet where its name ends in .parquet.
            """);
        return 64;
    }
}
