using Matchmaking.Contracts.Matching;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>From what was recorded at fairs to a learned ranking and a report by which a person can decide about it.</summary>
internal static class ModelTraining
{
    /// <summary>Share of the visitors, the earliest, from whom the report's challenger learns; the later ones judge it.</summary>
    private const double Earlier = .7;

    /// <summary>The same cases and seed give the same model, to the byte. Takes seconds for a fair; runs on one thread.</summary>
    /// <param name="cases">In any order.</param>
    /// <param name="champion">With what the report compares; null: <see cref="CaseScorers.Baseline"/>.</param>
    /// <param name="rankers">Who ordered the lists, where that is known.</param>
    public static TrainingResult Train(IReadOnlyList<ShownCase> cases, int seed, CancellationToken cancel, CaseScorer? champion = null, Func<RankedBy, CaseScorer?>? rankers = null)
    {
        if (CaseFaults.Of(cases) is { } refused) return refused;
        var lists = ShownRows.OfAll(cases, rankers);
        var (earlier, later) = Split(lists);
        if (!CaseFaults.Teaches(earlier)) return new TrainingResult.Refused("no-outcomes", CaseFaults.Outcomes(earlier), CaseFaults.LeastOutcomes);

        var examinations = Examinations.Of(earlier);
        var trial = LearnedFair.Learn(earlier, examinations.Whole, seed, cancel);
        var challenger = CaseScorers.Learned(trial.Usefulness, trial.Acceptance, trial.ScaleOn(earlier));
        var report = ModelComparison.Compare(later, champion ?? CaseScorers.Baseline, challenger, examinations, seed, cancel, earlier);

        var model = LearnedFair.Learn(lists, Examination.Of(lists), seed, cancel);
        return new TrainingResult.Trained(model.Usefulness, model.Acceptance, model.ScaleOn(lists), report, Facts(lists, cases, seed));
    }

    /// <summary>Two rankers on the same lists, neither of which may have learned from them. Lists that are unfit are left out.</summary>
    public static ModelReport Compare(IReadOnlyList<ShownCase> cases, CaseScorer champion, CaseScorer challenger, int seed, Func<RankedBy, CaseScorer?>? rankers = null)
    {
        var lists = ShownRows.OfAll(cases.Where(c => !CaseFaults.IsUnfit(c)), rankers);
        return ModelComparison.Compare(lists, champion, challenger, Examinations.Of(lists), seed, CancellationToken.None);
    }

    /// <summary>The lists of the visitors who came first, up to the moment when the others came; and all lists of those others.</summary>
    internal static (ShownRows[] Earlier, ShownRows[] Later) Split(ShownRows[] lists)
    {
        var came = lists.GroupBy(l => l.Case.Visitor).Select(g => (Visitor: g.Key, First: g.Min(l => l.Case.At))).OrderBy(v => v.First).ThenBy(v => v.Visitor).ToArray();
        var cut = (int)Math.Round(Earlier * came.Length);
        var late = came[cut..].Select(v => v.Visitor).ToHashSet();
        return ([.. lists.Where(l => !late.Contains(l.Case.Visitor) && l.Case.At <= came[cut].First)], [.. lists.Where(l => late.Contains(l.Case.Visitor))]);
    }

    private static TrainingFacts Facts(ShownRows[] lists, IReadOnlyList<ShownCase> cases, int seed)
    {
        var rows = lists.SelectMany(l => l.Rows).ToArray();
        return new TrainingFacts(lists[0].Case.At, lists[^1].Case.At, lists.Length, lists.Select(l => l.Case.Visitor).Distinct().Count(), CaseFaults.Outcomes(lists),
            rows.Count(r => Grades.Kept(r.Outcome) is not null), cases.Sum(c => c.Offers.Count) - rows.Length, cases.Count(c => c.Propensities.Any(p => p < 1)), seed);
    }
}
