using System.Text.Json;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking.Scoring;

namespace Matchmaking.Matching.Tests.Learning.Fairs;

public sealed class ModelTrainingTests
{
    private static readonly InventedDay Day = new(1);
    private static readonly IReadOnlyList<ShownCase> Cases = Day.Show(700);
    private static readonly TrainingResult.Trained Model = Train(Cases);

    [Fact]
    public void The_same_cases_and_seed_give_the_same_model_whatever_order_they_came_in()
    {
        var few = Cases.Take(150).ToArray();
        var shuffled = few.ToArray();
        new Random(9).Shuffle(shuffled);
        Assert.Equal(Json(Train(few)), Json(Train(shuffled)));
    }

    [Fact]
    public void What_only_two_answers_together_explain_is_learned()
    {
        // More lists than elsewhere: of a quarter of 700 visitors the interval is as wide as the effect.
        var model = Train(new InventedDay(1).Show(1500));
        var report = model.Report;
        Assert.True(report.Ndcg5Seen.Difference.Low > .02, $"{report.Ndcg5Seen}");
        Assert.Equal("no-worse", report.Sentence);
        Assert.Contains("ndcg-better", report.Because);

        // Against the truth, for people who are in no list: over the whole catalogue, not only over what was shown.
        var strangers = ShownRows.OfAll(new InventedDay(1).Show(1600).Skip(1500));
        Assert.True(Truth(strangers, CaseScorers.Learned(model.Usefulness, model.Acceptance, model.Score)) > Truth(strangers, CaseScorers.Baseline) + .05);
    }

    [Fact]
    public void A_stand_that_declines_who_lacks_German_is_told_from_one_that_does_not()
    {
        var lists = ShownRows.OfAll(Cases);
        var rows = lists.SelectMany(l => l.Rows.Select(r => (True: Day.Accepted(l.Case.Facts, r.Offer), Learned: Model.Acceptance.Score(r.Features)))).ToArray();
        var (likely, unlikely) = (rows.Where(r => r.True > .8).Average(r => r.Learned), rows.Where(r => r.True < .4).Average(r => r.Learned));
        Assert.True(likely > unlikely + .2, $"{likely} and {unlikely}");
    }

    [Fact]
    public void What_is_not_known_goes_the_way_it_went_in_training()
    {
        foreach (var forest in new[] { Model.Usefulness, Model.Acceptance })
        {
            Assert.Contains(forest.Trees, t => t.Nodes > 0);
            foreach (var row in ShownRows.OfAll(Cases.Take(40)).SelectMany(l => l.Rows))
            {
                Assert.Contains(row.Features, float.IsNaN);
                Assert.Equal(forest.Score([.. row.Features.Select(x => float.IsNaN(x) ? FairTrees.NotKnown : x)]), forest.Score(row.Features));
            }
        }
    }

    [Fact]
    public void What_is_served_scores_as_the_forests_do()
    {
        var list = ShownRows.OfAll(Cases.Take(1))[0];
        var scores = new float[Day.Catalogue.Count];
        CaseScorers.Learned(Model.Usefulness, Model.Acceptance, Model.Score)(list.Case, list.Judged, scores);
        foreach (var row in list.Rows)
            Assert.Equal(Model.Score.Of((float)Model.Usefulness.Score(row.Features), (float)Model.Acceptance.Score(row.Features)), scores[row.Offer], 1e-3);
    }

    [Fact]
    public void Scores_have_the_mean_and_the_spread_of_the_baseline()
    {
        var lists = ShownRows.OfAll(Cases);
        var (ours, baseline) = (Spread(lists, CaseScorers.Learned(Model.Usefulness, Model.Acceptance, Model.Score)), Spread(lists, CaseScorers.Baseline));
        Assert.Equal(baseline.Mean, ours.Mean, .03);
        Assert.Equal(baseline.Deviation, ours.Deviation, .03);
    }

    [Fact]
    public void Who_judges_has_taught_nothing_and_came_later()
    {
        var twice = Cases.Concat(Cases.Take(30).Select(c => c with { At = Cases[^1].At.AddMinutes(1) })).ToArray();
        var (earlier, later) = ModelTraining.Split(ShownRows.OfAll(twice));
        Assert.Empty(earlier.Select(l => l.Case.Visitor).Intersect(later.Select(l => l.Case.Visitor)));
        Assert.True(earlier.Max(l => l.Case.At) <= later.Min(l => l.Case.At));
        Assert.Equal((490, 210), (earlier.Length, later.Length));
    }

    [Fact]
    public void What_later_visitors_did_changes_nothing_in_what_they_are_judged_with()
    {
        var cut = Cases.OrderBy(c => c.At).Skip(490).First().At;
        var planted = Cases.Select(c => c.At < cut ? c : c with { Outcomes = [.. c.Outcomes.Select((_, at) => at == c.Outcomes.Count - 1 ? new OfferOutcome(Opened: true) : default)] }).ToArray();
        Assert.Equal(Model.Report.Exposure, Train(planted).Report.Exposure);
        Assert.NotEqual(Model.Report.Ndcg5, Train(planted).Report.Ndcg5);
    }

    [Fact]
    public void A_report_goes_through_JSON_and_back()
    {
        var text = JsonSerializer.Serialize(Model.Report, JsonSerializerOptions.Web);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<ModelReport>(text, JsonSerializerOptions.Web), JsonSerializerOptions.Web));
    }

    [Fact]
    public void A_report_names_large_groups_alone_and_speaks_in_known_words()
    {
        Assert.NotEmpty(Model.Report.Groups);
        Assert.All(Model.Report.Groups, g => Assert.True(g.People >= 20));
        Assert.Contains(Model.Report.Sentence, ModelReport.Sentences);
        Assert.Subset(ModelReport.Reasons.ToHashSet(), Model.Report.Because.ToHashSet());
        Assert.Equal(["place", "seen"], Model.Report.Values.Select(v => v.Method));
    }

    [Fact]
    public void A_challenger_that_turns_the_list_round_is_called_worse()
    {
        var report = ModelTraining.Compare(Cases, CaseScorers.Baseline, (shown, judged, scores) =>
        {
            CaseScorers.Baseline(shown, judged, scores);
            for (var i = 0; i < scores.Length; i++) scores[i] = -scores[i];
        }, 1);
        Assert.Equal("worse", report.Sentence);
        Assert.True(report.Values.Single(v => v.Method == "seen").Difference.High < 0);
    }

    [Fact]
    public void A_challenger_that_is_the_champion_is_no_worse_and_differs_in_nothing()
    {
        var report = ModelTraining.Compare(Cases, CaseScorers.Baseline, CaseScorers.Baseline, 1);
        Assert.Equal(("no-worse", 0d, 0d), (report.Sentence, report.Ndcg5Seen.Difference.Low, report.Ndcg5Seen.Difference.High));
        Assert.Equal((report.Exposure.GiniBefore, report.Exposure.NeverBefore), (report.Exposure.GiniAfter, report.Exposure.NeverAfter));
    }

    [Fact]
    public void Nothing_is_estimated_from_too_few_lists()
    {
        var report = ModelTraining.Compare([.. Cases.Take(5)], CaseScorers.Baseline, CaseScorers.Baseline, 1);
        Assert.Equal("cannot-tell", report.Sentence);
        Assert.All(report.Values, v => Assert.Equal(("effective-size", (double?)null), (v.Refused, v.DoublyRobust.Mean)));
        Assert.Equal("cannot-tell", ModelTraining.Compare([], CaseScorers.Baseline, CaseScorers.Baseline, 1).Sentence);
    }

    [Fact]
    public void What_the_new_order_would_bring_is_estimated_near_the_truth()
    {
        var lists = ShownRows.OfAll(Cases);
        // Ordered by the truth itself, known here: expected use on the first five places, looked at as people look.
        CaseScorer oracle = (shown, _, scores) =>
        {
            for (var o = 0; o < scores.Length; o++) scores[o] = (float)Day.Use(shown.Facts, o);
        };
        var value = ModelTraining.Compare(Cases, CaseScorers.Baseline, oracle, 1).Values.Single(v => v.Method == "seen");
        var truth = lists.Average(l => l.Rows.Select(r => Day.Use(l.Case.Facts, r.Offer)).OrderDescending().Take(5).Select((use, place) => use / (1 + .35 * place)).Sum());
        // Of one fair any interval may miss; how often they do is counted in PolicyValueTests.
        Assert.InRange(value.DoublyRobust.Mean!.Value / truth, .8, 1.2);
        Assert.InRange(truth, value.DoublyRobust.Low!.Value * .9, value.DoublyRobust.High!.Value * 1.1);
        Assert.True(value.Difference.Low > 0);
    }

    private static TrainingResult.Trained Train(IReadOnlyList<ShownCase> cases) => Assert.IsType<TrainingResult.Trained>(ModelTraining.Train(cases, 7, CancellationToken.None));

    private static string Json(TrainingResult.Trained model) => JsonSerializer.Serialize(new
    {
        Forests = new[] { model.Usefulness, model.Acceptance }.Select(f => new { f.Base, Trees = f.Trees.Select(Tree) }),
        model.Score,
        model.Report,
        model.Facts,
    });

    private static object Tree(Tree tree) => new
    {
        Feature = tree.Feature.ToArray(),
        Threshold = tree.Threshold.ToArray().Select(t => float.IsFinite(t) ? t : 0),
        Left = tree.Left.ToArray(),
        Right = tree.Right.ToArray(),
        Leaves = tree.Leaves.ToArray(),
    };

    private static double Truth(ShownRows[] lists, CaseScorer scorer) => lists.Average(list =>
    {
        var scores = new float[Day.Catalogue.Count];
        scorer(list.Case, list.Judged, scores);
        double[] use = [.. Enumerable.Range(0, scores.Length).Select(o => Day.Use(list.Case.Facts, o))];
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(o => scores[o])];
        return ListQuality.Ndcg([.. order.Select(o => use[o])], 5)!.Value;
    });

    private static (double Mean, double Deviation) Spread(ShownRows[] lists, CaseScorer scorer)
    {
        var (all, within) = (new List<double>(), new List<double>());
        foreach (var list in lists)
        {
            var scores = new float[Day.Catalogue.Count];
            scorer(list.Case, list.Judged, scores);
            double[] open = [.. scores.Where((_, o) => list.Judged.VerdictOn(o) != Matching.Eligibility.Verdict.No).Select(s => (double)s)];
            all.AddRange(open);
            within.AddRange(open.Select(s => (s - open.Average()) * (s - open.Average())));
        }
        return (all.Average(), Math.Sqrt(within.Average()));
    }
}
