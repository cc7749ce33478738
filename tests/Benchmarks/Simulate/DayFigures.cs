using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Learning;
using Matchmaking.Matching.Quality;

namespace Matchmaking.Benchmarks.Simulate;

/// <summary>A figure and its 95 % interval.</summary>
internal readonly record struct Spread(double Value, double Low, double High)
{
    private const int Rounds = 1000;

    /// <summary>By the bootstrap over visitors: the figure again and again, of as many visitors drawn with replacement.</summary>
    /// <param name="figure">Of the visitors at these numbers.</param>
    public static Spread Of(int visitors, int seed, Func<int[], double> figure)
    {
        var random = new Random(seed);
        var drawn = new int[visitors];
        var rounds = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < visitors; i++) drawn[i] = random.Next(visitors);
            rounds[round] = figure(drawn);
        }
        Array.Sort(rounds);
        return new Spread(figure([.. Enumerable.Range(0, visitors)]), rounds[(int)(Rounds * .025)], rounds[(int)(Rounds * .975)]);
    }

    public override string ToString() => FormattableString.Invariant($"{Value:0.000} ({Low:0.000} to {High:0.000})");
}

/// <summary>How good the lists of one ranker were for each visitor of the last fair, by the truth.</summary>
/// <param name="Ndcg">Of the first five places; the gain is the true expected use, the ideal all offers in its order.</param>
internal sealed record DayFigures(FairDay Day, double[] Ndcg)
{
    public const int Depth = 5, SmallestGroup = 50;

    public static DayFigures Of(FairDay day, IReadOnlyList<float[]> truth) => new(day, [.. day.Lists.Select((list, visitor) =>
    {
        var sum = 0d;
        for (var place = 0; place < Math.Min(Depth, list.Length); place++) sum += truth[visitor][list[place]] / Math.Log2(place + 2);
        return RankingQuality.Ideal(truth[visitor], Depth) is > 0 and var ideal ? sum / ideal : 1;
    })]);

    /// <summary>Gini coefficient over all stands of the first five places, upper ones counting more.</summary>
    public double Gini(int[] visitors, int[] standOf, int stands)
    {
        var exposure = new double[stands];
        foreach (var visitor in visitors)
            for (var place = 0; place < Math.Min(Depth, Day.Lists[visitor].Length); place++) exposure[standOf[Day.Lists[visitor][place]]] += 1 / Math.Log2(place + 2);
        return Measures.Gini(exposure) ?? 0;
    }

    /// <summary>The mean of the group that is served worst over the mean of all.</summary>
    public double WorstOverMean(int[] visitors, IReadOnlyList<(string Name, bool[] Has)> groups) =>
        groups.Min(group => Mean(visitors.Where(v => group.Has[v]))) / Mean(visitors);

    public double Mean(IEnumerable<int> visitors) => visitors.Select(v => Ndcg[v]).DefaultIfEmpty(double.PositiveInfinity).Average();

    /// <summary>By language, German and age, as the analyst's figures; only those with enough people.</summary>
    public static IReadOnlyList<(string Name, bool[] Has)> Groups(IReadOnlyList<Person> people, int smallest = SmallestGroup) =>
    [
        .. from side in new (string Name, Func<Needs, string?> Of)[] { ("language", n => n.Language), ("german", n => n.German?.Speaking), ("age", n => n.AgeBand) }
           from code in people.Select(p => side.Of(p.Needs) ?? Codes.Unknown).Distinct().Order(StringComparer.Ordinal)
           let has = people.Select(p => (side.Of(p.Needs) ?? Codes.Unknown) == code).ToArray()
           where has.Count(h => h) >= smallest
           select ($"{side.Name} {code}", has),
    ];
}
