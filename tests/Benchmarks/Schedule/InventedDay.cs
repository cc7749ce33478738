using Matchmaking.Matching.Scheduling;

namespace Matchmaking.Benchmarks.Schedule;

/// <summary>
/// A fair as far as its seats go, invented from a seed. Stands are wanted by a power law: of 60, the best known one gets one wish in nine, the first
/// fifteen more than half. People name three to eight stands in the order in which these appeal to them; how likely each is to be of use falls with that
/// only roughly, and also depends on the stand. Tables speak German and one or two languages more, people what is spoken at such a fair.
/// </summary>
internal sealed class InventedDay
{
    private const double Skew = .8, Taste = 1, Drift = .3;
    private static readonly DateTimeOffset Opens = new(2026, 6, 20, 10, 0, 0, TimeSpan.FromHours(2));
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(20);

    /// <summary>Spoken well enough for a conversation, by share of visitors; stands draw their languages by the same shares.</summary>
    private static readonly (string Language, double Share)[] Spoken =
        [("de", .6), ("ar", .35), ("en", .35), ("uk", .3), ("ru", .25), ("fa", .15), ("tr", .15), ("fr", .08)];

    private readonly double[] _pull, _agrees;
    private readonly bool _windows;
    private readonly int _slots;

    /// <param name="windows">Whether six in ten people have only a part of the day, a quarter to a half, and every stand a break.</param>
    public InventedDay(int stands, int slots, bool windows, int seed)
    {
        var random = new Random(seed);
        (_windows, _slots) = (windows, slots);
        _pull = [.. Enumerable.Range(1, stands).Select(rank => -Skew * Math.Log(rank))];
        _agrees = [.. _pull.Select(_ => .5 + .5 * random.NextDouble())];
        Stands = [.. _pull.Select(_ => Stand(random))];
    }

    public IReadOnlyList<OpenStand> Stands { get; }

    /// <summary>People in the order of their arrival.</summary>
    /// <param name="seed">Also moves every stand's pull a little: no fair is wanted quite as the last one was.</param>
    public IReadOnlyList<WishingVisitor> Visitors(int count, int seed)
    {
        var random = new Random(seed);
        double[] pull = [.. _pull.Select(p => p + Drift * Normal(random))];
        return [.. Enumerable.Range(0, count).Select(_ => Visitor(random, pull))];
    }

    private OpenStand Stand(Random random)
    {
        TimeSlice[] slots = [.. Enumerable.Range(0, _slots).Select(Slot)];
        var pause = random.Next(_slots / 3, _slots - _slots / 3);
        return new OpenStand(Id(random), [new StandTable(1, ["de", .. Languages(random).Take(2)])], slots, _windows ? [slots[pause]] : []);
    }

    private WishingVisitor Visitor(Random random, double[] pull)
    {
        // The largest of so many draws that are shifted by the pull are a draw without putting back, by the pull's shares.
        int[] wished = [.. Enumerable.Range(0, pull.Length).OrderByDescending(s => pull[s] - Taste * Math.Log(-Math.Log(random.NextDouble()))).Take(random.Next(3, 9))];
        Wish[] wishes = [.. wished.Select((s, place) => new Wish(Stands[s].Id, _agrees[s] * Math.Clamp(.8 - .05 * place + .2 * Normal(random), .05, 1)))];
        var (from, length) = (random.Next(_slots), random.Next(_slots / 4, _slots / 2 + 1));
        TimeSlice[] free = _windows && random.NextDouble() < .6 ? [Part(Math.Min(from, _slots - length), length)] : [];
        return new WishingVisitor(Id(random), wishes, free, [.. Languages(random)]);
    }

    private static TimeSlice Slot(int number) => new(Opens + number * Step, Opens + (number + 1) * Step);

    private static TimeSlice Part(int from, int length) => new(Opens + from * Step, Opens + (from + length) * Step);

    private static List<string> Languages(Random random)
    {
        var spoken = Spoken.Where(l => random.NextDouble() < l.Share).Select(l => l.Language).ToList();
        if (spoken.Count == 0) spoken.Add(Spoken[random.Next(1, Spoken.Length)].Language);
        return spoken;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static Guid Id(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
