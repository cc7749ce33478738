namespace Matchmaking.Benchmarks.Serve;

/// <param name="Rounds">At least 5 for figures that are reported.</param>
/// <param name="Samples">Calls of each side in a round, one at a time.</param>
/// <param name="Load">Calls of each side in a round with many in flight.</param>
/// <param name="Together">Clients in flight then.</param>
/// <param name="Visitors">Whose lists are asked for in turn.</param>
/// <param name="Offers">In the catalogue; the whole list is asked for.</param>
/// <param name="Deployed">On RabbitMQ, Redis and PostgreSQL instead of the embedded defaults.</param>
internal sealed record ServeOptions(int Rounds, int Samples, int Load, int Together, int Visitors, int Offers, bool Deployed)
{
    public static ServeOptions? Parse(string[] args)
    {
        var options = new ServeOptions(7, 1000, 4000, 32, 50, 300, false);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--deployed") options = options with { Deployed = true };
            else if (i + 1 < args.Length && int.TryParse(args[i + 1], out var n) && n > 0 && With(options, args[i], n) is { } next) (options, i) = (next, i + 1);
            else return null;
        }
        return options;
    }

    public static int Usage()
    {
        Console.Error.WriteLine("serve [--rounds 7] [--samples 1000] [--load 4000] [--together 32] [--visitors 50] [--offers 300] [--deployed]");
        return 64;
    }

    private static ServeOptions? With(ServeOptions o, string name, int n) => name switch
    {
        "--rounds" => o with { Rounds = n },
        "--samples" => o with { Samples = n },
        "--load" => o with { Load = n },
        "--together" => o with { Together = n },
        "--visitors" => o with { Visitors = n },
        "--offers" => o with { Offers = n },
        _ => null,
    };
}
