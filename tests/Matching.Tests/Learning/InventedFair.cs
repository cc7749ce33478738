using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Tests.Learning;

/// <summary>
/// Visitors, offers and outcomes with the traits of real ones: few offers have most of the outcomes, age and language bend tastes along a few directions,
/// most of taste is nobody's business, and nobody has seen everything.
/// </summary>
internal static class InventedFair
{
    private const int Directions = 4;

    public static OutcomeTable Make(int seed, int visitors = 300, int offers = 120, double taste = 1)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var topics = Enumerable.Range(0, offers).Select(_ => new[] { random.Next(6) }).ToArray();
        var popular = Enumerable.Range(0, offers).Select(_ => 1.2 * Normal()).ToArray();
        var place = Enumerable.Range(0, offers).Select(_ => Enumerable.Range(0, Directions).Select(_ => Normal()).ToArray()).ToArray();
        var ages = new float[visitors];
        var languages = new int[visitors][];
        var towns = new int[visitors][];
        var bend = Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, Directions).Select(_ => Normal()).ToArray()).ToArray();
        var outcomes = new Outcome[visitors][];
        for (var v = 0; v < visitors; v++)
        {
            ages[v] = 18 + random.Next(50);
            languages[v] = [random.Next(4)];
            towns[v] = [random.Next(90)];
            var wants = Enumerable.Range(0, Directions).Select(k => taste * (bend[languages[v][0]][k] + (ages[v] - 43) / 15 * bend[4][k]) + .7 * Normal()).ToArray();
            double Fits(int o) => .6 * wants.Zip(place[o], (a, b) => a * b).Sum();
            var seen = Enumerable.Range(0, offers).OrderByDescending(o => popular[o] + Fits(o) - Math.Log(-Math.Log(1 - random.NextDouble()))).Take(8 + random.Next(20));
            outcomes[v] = [.. seen.Select(o => new Outcome(o, (float)Math.Clamp(Math.Round(2 + .5 * Fits(o) + Normal()), 0, 4)))];
        }
        string[] Named(string what, int count) => [.. Enumerable.Range(0, count).Select(i => $"{what}{i}")];
        return new OutcomeTable(
            new SideTable(Named("v", visitors), [new NumberColumn("age", ages), new WordColumn("language", Named("l", 4), languages), new WordColumn("town", Named("t", 90), towns)]),
            new SideTable(Named("o", offers), [new WordColumn("topic", Named("p", 6), topics)]), outcomes);
    }
}
