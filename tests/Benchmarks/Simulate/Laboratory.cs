using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Benchmarks.Simulate;

/// <summary>What the last fair showed: nobody learned from it, and every ranker had the same visitors with the same luck.</summary>
/// <param name="Learned">By how many fairs were learned from, 1 the first.</param>
/// <param name="Estimated">What the training core estimates of its newest model from the baseline's lists of the last fair, and the truth.</param>
/// <param name="Reports">What reports say of better and worse challengers, and the truth.</param>
internal sealed record LastFair(
    FairSetting Fair, IReadOnlyList<Person> People, IReadOnlyList<float[]> Truth, DayFigures Baseline, DayFigures Popularity, DayFigures Chance, DayFigures Oracle,
    IReadOnlyList<DayFigures> Learned, IReadOnlyList<EstimateCheck> Estimated, IReadOnlyList<ReportCheck> Reports);

/// <summary>
/// Fairs in a row with the same stands and the same hidden tastes, each with other people. The first is served by the baseline; after every fair a
/// model is trained from all before, and serves the next, as if a person promoted it each time.
/// </summary>
internal static class Laboratory
{
    private static readonly DateTimeOffset First = new(2020, 5, 2, 8, 0, 0, TimeSpan.Zero);

    /// <param name="tell">What happens while it happens.</param>
    public static LastFair Run(CatalogueSnapshot catalogue, RulesOfDay rules, SimulateOptions options, Action<string>? tell = null)
    {
        var fair = new FairSetting(catalogue, rules, new HiddenTastes(catalogue, options.Seed));
        var last = options.Fairs - 1;
        var cases = new List<ShownCase>();
        var (models, rankers) = (new List<TrainingResult.Trained>(), new Dictionary<RankedBy, CaseScorer>());
        for (var at = 0; at < last; at++)
        {
            var day = FairDay.Run(fair, Person.Of(options.Visitors, at, options.Seed), Serving(), First.AddMonths(6 * at));
            cases.AddRange(day.Cases);
            tell?.Invoke($"fair {at + 1}, served by {day.Ranker}: {day.Opened} opened, {day.Requested} asked for, {day.Held} held, {day.Use.Sum():0} true use");
            models.Add(ModelTraining.Train(cases, options.Seed, CancellationToken.None, rankers: rankers.GetValueOrDefault) switch
            {
                TrainingResult.Trained trained => trained,
                TrainingResult.Refused refused => throw new InvalidOperationException($"No model after {at + 1} fairs of {options.Visitors} visitors: {refused.Code}."),
                _ => throw new InvalidOperationException(),
            });
            rankers[Matching.Models.ModelChange.Named(Kept(at).Version)] = CaseScorers.Learned(Kept(at));
            tell?.Invoke($"  model from {cases.Count} lists; its report says: {models[^1].Report.Sentence} ({string.Join(", ", models[^1].Report.Because)})");
        }

        var people = Person.Of(options.Visitors, last, options.Seed);
        var truth = people.Select(fair.ExpectedUse).ToArray();
        var at0 = First.AddMonths(6 * last);
        var number = people.Select((person, i) => (person.Id, i)).ToDictionary(x => x.Id, x => x.i);
        var baseline = FairDay.Run(fair, people, new ServedDay(fair), at0);
        return new LastFair(fair, people, truth, DayFigures.Of(baseline, truth), Figures(Rivals.Popularity(fair, cases)), Figures(Rivals.Chance(fair)),
            Figures(Rivals.Oracle(fair, person => truth[number[person.Id]])), [.. models.Select((_, i) => Figures(Serving(i)))],
            EstimateCheck.Of(fair, people, number, baseline, models[^1], options.Seed),
            ReportCheck.Of(fair, cases, rankers.GetValueOrDefault, new ServedModel(Kept(last - 1)), CaseScorers.Learned(Kept(last - 1)), options, at0));

        ServedDay Serving(int? which = null) => models.Count == 0
            ? new ServedDay(fair)
            : new ServedDay(fair, new ServedModel(Kept(which ?? models.Count - 1)));

        LearnedModel Kept(int at) => new($"after-{at + 1}", models[at].Usefulness, models[at].Acceptance, models[at].Score, models[at].Facts, models[at].Report);

        DayFigures Figures(IDayRanker ranker) => DayFigures.Of(FairDay.Run(fair, people, ranker, at0), truth);
    }
}
