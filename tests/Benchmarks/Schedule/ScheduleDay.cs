namespace Matchmaking.Benchmarks.Schedule;

/// <param name="Visitors">Of the days with windows and without; the day on which people come one by one has <see cref="Arriving"/>.</param>
/// <param name="Rounds">Seeds, from <paramref name="Seed"/> on.</param>
internal sealed record ScheduleDay(int Visitors, int Exhibitors, int Slots, int Seed, int Rounds)
{
    public static readonly ScheduleDay Default = new(500, 60, 24, 1, 5);

    /// <summary>The fair as it was: 2,300 people and 15 times at each stand, so 900 seats at 60 stands.</summary>
    public const int Arriving = 2300, ArrivingSlots = 15;

    /// <summary>As the product has it unless an organiser says otherwise.</summary>
    public static readonly int MostPerVisitor = new Matching.MatchingOptions().MeetingsAtOnce;

    public static ScheduleDay? Parse(string[] args)
    {
        var day = Default;
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], out var n)) return null;
            var next = args[i] switch
            {
                "--visitors" when n is >= 1 and <= 20_000 => day with { Visitors = n },
                "--exhibitors" when n is >= 1 and <= 500 => day with { Exhibitors = n },
                "--slots" when n is >= 4 and <= 100 => day with { Slots = n },
                "--seed" when n is >= 0 and <= 1_000_000 => day with { Seed = n },
                "--rounds" when n is >= 1 and <= 100 => day with { Rounds = n },
                _ => null,
            };
            if (next is null) return null;
            day = next;
        }
        return day;
    }

    public static int Usage()
    {
        Console.Error.WriteLine($"""
            schedule [--visitors {Default.Visitors}] [--exhibitors {Default.Exhibitors}] [--slots {Default.Slots}] [--seed {Default.Seed}] [--rounds {Default.Rounds}]
              --slots   4 to 100 times at each stand, twenty minutes each
              --rounds  1 to 100 invented days, each from a seed of its own
            The day on which people come one by one always has {Arriving} people and {ArrivingSlots} times at each of the stands.
            """);
        return 64;
    }
}
