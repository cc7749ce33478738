using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Benchmarks.Simulate;

/// <summary>
/// One report by which a person would decide, beside the truth: somebody served a fair, a challenger is compared with them on its lists. All
/// figures are of the same lists put into the order of the one or the other, use per list, if seats had been free everywhere.
/// </summary>
/// <param name="Champion">Who served.</param>
/// <param name="TrueChampion">What the champion's first five truly bring.</param>
/// <param name="TrueChallenger">What the challenger's truly bring.</param>
/// <param name="TrueLists">What the lists as they were truly bring.</param>
internal sealed record ReportCheck(
    string Champion, string Challenger, string Sentence, PolicyValue Value, double TrueChampion, double TrueChallenger, double TrueLists)
{
    /// <summary>So much less of the champion's use is harm that a person should not be talked into.</summary>
    private const double Harm = .02;

    /// <summary>What the report says that the challenger's first five would bring.</summary>
    public Estimate Estimated => Value.DoublyRobust;

    /// <summary>What it says that they would bring more than the lists as they were.</summary>
    public Estimate Gained => Value.Difference;

    public double Change => TrueChallenger / TrueChampion - 1;
    public bool IsWorse => Change < -Harm;
    public bool? Covered => Holds(Estimated, TrueChallenger);
    public bool? GainCovered => Holds(Gained, TrueChallenger - TrueLists);

    /// <summary>Reports on fairs with new people and new luck, each served once by the baseline and once by the newest model.</summary>
    /// <param name="cases">What the newest model has learned from.</param>
    /// <param name="rankers">Who ordered those.</param>
    public static IReadOnlyList<ReportCheck> Of(FairSetting fair, IReadOnlyList<ShownCase> cases, Func<Contracts.Matching.RankedBy, CaseScorer?> rankers, ServedModel newest, CaseScorer learned, SimulateOptions options, DateTimeOffset at)
    {
        if (options.Checks == 0) return [];
        (string Name, CaseScorer Score) baseline = ("baseline", CaseScorers.Baseline), model = ("newest", learned),
            tenth = ("of a tenth", Poor([.. cases.Where((_, i) => i % 10 == 0)], rankers, options.Seed)), shuffled = ("shuffled", Poor(Shuffled([.. cases.Take(OneFair)], options.Seed), rankers, options.Seed));
        var checks = new List<ReportCheck>();
        for (var number = 0; number < options.Checks; number++)
        {
            var people = Person.Of(Math.Min(options.Visitors, OneFair), options.Fairs + 1 + number, options.Seed);
            checks.AddRange(Judge(fair, people, new ServedDay(fair), baseline, [model, tenth, shuffled], at, options.Seed));
            checks.AddRange(Judge(fair, people, new ServedDay(fair, newest), model, [baseline, tenth, shuffled], at, options.Seed));
        }
        return checks;
    }

    /// <summary>People of a smaller fair: reports have to be right there, too.</summary>
    private const int OneFair = 1000;

    private static IEnumerable<ReportCheck> Judge(
        FairSetting fair, IReadOnlyList<Person> people, ServedDay server, (string Name, CaseScorer Score) champion, (string Name, CaseScorer Score)[] challengers, DateTimeOffset at, int seed)
    {
        var byId = people.ToDictionary(p => p.Id);
        var day = FairDay.Run(fair, people, server, at);
        var (was, before) = (Truth(null), Truth(champion.Score));
        foreach (var (name, score) in challengers)
        {
            var report = ModelTraining.Compare(day.Cases, champion.Score, score, seed, by => by == server.By ? champion.Score : null);
            yield return new ReportCheck(champion.Name, name, report.Sentence, report.Values.Single(v => v.Method == "seen"), before, Truth(score), was);
        }

        double Truth(CaseScorer? order) => day.Cases.Average(shown => EstimateCheck.TruthOf(fair, byId[shown.Visitor], shown, order));
    }

    private static CaseScorer Poor(IReadOnlyList<ShownCase> cases, Func<Contracts.Matching.RankedBy, CaseScorer?> rankers, int seed)
    {
        var lists = ShownRows.OfAll(cases, rankers);
        var learned = LearnedFair.Learn(lists, Examination.Of(lists), seed, CancellationToken.None);
        return CaseScorers.Learned(learned.Usefulness, learned.Acceptance, learned.ScaleOn(lists));
    }

    /// <summary>What came of one list is said of another: places still tell, nothing else does.</summary>
    private static ShownCase[] Shuffled(ShownCase[] cases, int seed)
    {
        var from = (ShownCase[])cases.Clone();
        new Random(seed).Shuffle(from);
        return [.. cases.Zip(from, (shown, other) => shown with
        {
            Outcomes = [.. shown.Offers.Select((_, place) => place < other.Outcomes.Count ? other.Outcomes[place] : default)],
            Full = [.. shown.Offers.Select((_, place) => place < other.Outcomes.Count && other.Full![place])],
        })];
    }

    private static bool? Holds(Estimate estimate, double truth) => estimate is { Low: { } low, High: { } high } ? low <= truth && truth <= high : null;
}
