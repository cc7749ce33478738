using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Benchmarks.Simulate;

/// <summary>
/// What the training core says the first five places would bring had a model put what was shown into its order, from lists that the baseline had
/// ordered, beside what they truly bring: the sum over the places of how likely somebody looks there times what then comes of the offer, on the scale of <see cref="Grades.Use"/>, if
/// seats had been free everywhere, as <see cref="SeatedUse"/> estimates it.
/// </summary>
/// <param name="Truth">Per list.</param>
internal sealed record EstimateCheck(string Method, string Estimator, Estimate Estimate, double Truth, string? Refused)
{
    public bool? Covered => Estimate is { Low: { } low, High: { } high } ? low <= Truth && Truth <= high : null;

    public static IReadOnlyList<EstimateCheck> Of(
        FairSetting fair, IReadOnlyList<Person> people, IReadOnlyDictionary<Guid, int> number, FairDay logged, TrainingResult.Trained trained, int seed)
    {
        var model = CaseScorers.Learned(trained.Usefulness, trained.Acceptance, trained.Score);
        var brought = logged.Cases.Average(shown => TruthOf(fair, people[number[shown.Visitor]], shown, order: null));
        var would = logged.Cases.Average(shown => TruthOf(fair, people[number[shown.Visitor]], shown, model));
        var report = ModelTraining.Compare(logged.Cases, CaseScorers.Baseline, model, seed);
        return [.. report.Values.SelectMany(value => (EstimateCheck[])
        [
            new(value.Method, "lists as they were", value.Logged, brought, value.Refused),
            new(value.Method, "model, doubly robust", value.DoublyRobust, would, value.Refused),
            new(value.Method, "model less lists", value.Difference, would - brought, value.Refused),
        ])];
    }

    /// <summary>The shown offers in the model's order: what the estimates are about.</summary>
    private static int[] Reordered(FairSetting fair, Person person, ShownCase shown, CaseScorer model)
    {
        var scores = new float[fair.Catalogue.Count];
        model(shown, fair.Rules.JudgeAll(person.Facts, fair.Catalogue), scores);
        return [.. Offers(fair, shown).OrderByDescending(offer => scores[offer]).ThenBy(offer => offer)];
    }

    private static int[] Offers(FairSetting fair, ShownCase shown) =>
        [.. shown.Offers.Select(id => fair.Catalogue.TryOffer(id, out var offer) ? offer : throw new InvalidOperationException($"No offer {id}."))];

    /// <summary>The same if seats were free everywhere, for the list in somebody's order.</summary>
    /// <param name="order">null: as it was.</param>
    public static double TruthOf(FairSetting fair, Person person, ShownCase shown, CaseScorer? order) =>
        TruthOf(fair, person, order is null ? Offers(fair, shown) : Reordered(fair, person, shown, order), new bool[fair.Catalogue.Exhibitors.Length]);

    /// <summary>What the first five places of a list were to be expected to bring.</summary>
    public static double TruthOf(FairSetting fair, Person person, ShownCase shown, bool[] full) => TruthOf(fair, person, Offers(fair, shown), full);

    private static double TruthOf(FairSetting fair, Person person, int[] offers, bool[] full)
    {
        var (sum, judged) = (0d, fair.Rules.JudgeAll(person.Facts, fair.Catalogue));
        Span<float> pair = stackalloc float[Features.PairCount];
        for (var place = 0; place < Math.Min(DayFigures.Depth, offers.Length); place++)
        {
            fair.Pair(person, judged, offers[place], pair);
            var free = !full[fair.Catalogue.Exhibitor[offers[place]]];
            sum += FairSetting.Looks(place) * fair.Tastes.Expected(person, offers[place], pair, truth => FairDay.GradedUse(truth, free));
        }
        return sum;
    }
}
