using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Benchmarks.Simulate;

/// <param name="Offers">The first <see cref="ListOrder.Head"/> places.</param>
internal readonly record struct DayList(int[] Offers, IReadOnlyList<double> Propensities);

/// <summary>Makes one visitor's list at a moment of the day.</summary>
internal interface IDayRanker
{
    RankedBy By { get; }

    DayList Rank(Person person, Shaping shaping);
}

/// <summary>The product as it serves.</summary>
/// <param name="model">null: nothing has been learned.</param>
internal sealed class ServedDay(FairSetting fair, ServedModel? model = null) : IDayRanker
{
    public RankedBy By => model?.RankedBy ?? Baseline.RankedBy;

    public DayList Rank(Person person, Shaping shaping)
    {
        var list = Ranker.Rank(person.Facts, fair.Catalogue, fair.Rules, most: ListOrder.Head, shaping: shaping, model: model);
        return new DayList([.. list.Items.Select(i => i.Offer)], list.Propensities);
    }
}

/// <summary>
/// Any scores through the same list order. They are brought to the mean and the spread of the baseline's for this visitor, because the order's
/// bonuses and prices are in its units: so it weighs the same against all.
/// </summary>
/// <param name="score">Fills scores by index of the offer.</param>
internal sealed class ScoredDay(FairSetting fair, string name, Action<Person, Judgements, float[]> score) : IDayRanker
{
    public RankedBy By { get; } = new(name, "laboratory");

    public DayList Rank(Person person, Shaping shaping)
    {
        var c = fair.Catalogue;
        var judged = fair.Rules.JudgeAll(person.Facts, c);
        int[] open = [.. Enumerable.Range(0, c.Count).Where(offer => judged.VerdictOn(offer) != Verdict.No)];
        var (scores, units) = (new float[c.Count], new float[c.Count]);
        score(person, judged, scores);
        Span<float> pair = stackalloc float[Features.PairCount];
        foreach (var offer in open)
        {
            fair.Pair(person, judged, offer, pair);
            units[offer] = Baseline.Score(pair);
        }
        var ((mean, spread), (wantedMean, wantedSpread)) = (Moments(open, scores), Moments(open, units));
        foreach (var offer in open) scores[offer] = wantedMean + (spread > 0 ? (scores[offer] - mean) / spread * wantedSpread : 0);
        var propensities = ListOrder.Shape(person.Facts, c, open, scores, shaping);
        return new DayList(open[..Math.Min(ListOrder.Head, open.Length)], propensities);
    }

    private static (float Mean, float Spread) Moments(int[] offers, float[] values)
    {
        if (offers.Length == 0) return (0, 0);
        var mean = offers.Average(o => (double)values[o]);
        return ((float)mean, (float)Math.Sqrt(offers.Average(o => (values[o] - mean) * (values[o] - mean))));
    }
}

/// <summary>The rankers that a learned one is measured by.</summary>
internal static class Rivals
{
    /// <summary>What brought most before, for everybody alike: the sum of grades as the analyst's figures have them, in logarithms.</summary>
    public static IDayRanker Popularity(FairSetting fair, IEnumerable<ShownCase> before)
    {
        var sums = new double[fair.Catalogue.Count];
        foreach (var shown in before)
            for (var place = 0; place < shown.Offers.Count; place++)
                if (fair.Catalogue.TryOffer(shown.Offers[place], out var offer)) sums[offer] += Grade(shown.Outcomes[place]);
        return new ScoredDay(fair, "popularity", (_, _, scores) =>
        {
            for (var offer = 0; offer < scores.Length; offer++) scores[offer] = (float)Math.Log(1 + sums[offer]);
        });
    }

    public static IDayRanker Chance(FairSetting fair) => new ScoredDay(fair, "chance", (person, _, scores) =>
    {
        for (var offer = 0; offer < scores.Length; offer++) scores[offer] = (float)person.Luck.Of("chance").Of(offer).Share;
    });

    /// <summary>Knows the truth, all but the luck of a pair.</summary>
    /// <param name="uses">True expected uses by index of the offer.</param>
    public static IDayRanker Oracle(FairSetting fair, Func<Person, float[]> uses) => new ScoredDay(fair, "oracle", (person, _, scores) =>
    {
        var truth = uses(person);
        for (var offer = 0; offer < scores.Length; offer++) scores[offer] = MathF.Log(truth[offer] + 1e-6f);
    });

    private static int Grade(OfferOutcome o) =>
        o.Useful >= Matching.Quality.QualityFigures.UsefulFrom ? 5 : o.Held ? 4 : o.Accepted ? 3 : o.Asked ? 2 : o.Opened ? 1 : 0;
}
