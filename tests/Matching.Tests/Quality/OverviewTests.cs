using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Quality;

namespace Matchmaking.Matching.Tests.Quality;

/// <summary>The overview: the desk's figures under the same names.</summary>
public sealed class OverviewTests
{
    private static readonly DateTimeOffset[] Cuts = [DemoFair.Before.AddHours(-8), DemoFair.Before.AddHours(-4)];

    private static readonly OfferOutcome Opened = new(Opened: true);

    [Theory, InlineData(false, null, null), InlineData(true, null, null), InlineData(false, 0, null), InlineData(false, 0, 1), InlineData(true, 1, null)]
    public void What_the_overview_tells_is_what_the_desk_tells_of_the_same_span(bool demo, int? from, int? to)
    {
        var record = Record(demo, InventedPeople.Crowd(400, 3));
        var question = new FigureQuestion { From = Time(from), To = Time(to) };
        var figures = AnswerFigures.Of(record, question, RulePackSet.BuiltIn, null, null, 5, TestContext.Current.CancellationToken).Figures!;
        var summary = Summary(record, question);
        var shown = figures.Order[0];
        Assert.NotNull(shown.Ndcg.Value);
        Assert.Equal((shown.Ndcg.Value, shown.Ndcg.Low, shown.Ndcg.High, shown.Ndcg.N), (summary.Ndcg5, summary.Ndcg5Interval?[0], summary.Ndcg5Interval?[1], summary.Judged));
        Assert.NotNull(shown.Coverage!.Value);
        Assert.Equal((shown.Coverage.Value, figures.Exposure.Gini.Value), (summary.Coverage, summary.ExposureGini));
        Assert.Equal(figures.Exposure.Stands.Select(s => (s.ExhibitorId, s.Share)), summary.Exposure.Select(e => (e.ExhibitorId, e.Share)));
        Assert.Equal(figures.Needs.Where(n => n.People.Value is not null).Select(n => new Shortage(n.Need, (int)n.People.Value!, n.FreeSeats)).OrderBy(n => n.Need), summary.Missing.OrderBy(n => n.Need));
        Assert.Contains(summary.Missing, m => m.FreeSeats == 40);
        foreach (var group in summary.ByGroup.Where(g => g.Gap is not null))
        {
            var gap = figures.Gaps.Single(g => g is { Of: "order.ndcg" } && (g.By, g.Group) == (group.By, group.Group));
            Assert.Equal((gap.Mean.Value, gap.Difference.Value, gap.Difference.Low, gap.Difference.High, gap.Worse), (group.Ndcg5, group.Gap, group.Low, group.High, group.Worse));
        }
        Assert.Contains(summary.ByGroup, g => g.Gap is not null);
        Assert.Equal((figures.From, figures.To), (summary.From, summary.To));

        static string? Time(int? cut) => cut is { } at ? Cuts[at].ToString("O") : null;
    }

    [Fact]
    public void A_group_is_called_worse_only_where_its_interval_is_below_the_others_and_groups_under_twenty_stay_untold()
    {
        var summary = Summary(Record(false, [.. Crowd("uk", 60, DemoFair.Course), .. Crowd("ar", 40, DemoFair.Meeting), .. Crowd("fr", 30, DemoFair.Course), .. Crowd("vi", 19, DemoFair.Meeting)]));
        var languages = summary.ByGroup.Where(g => g.By == "language").ToArray();
        Assert.Equal([("uk", 60, false), ("ar", 40, true), ("fr", 30, false)], languages.Select(g => (g.Group, g.People, g.Worse)));
        Assert.All(languages, g => Assert.Equal(g.Worse, g.Gap < 0));
        Assert.InRange(summary.Ndcg5!.Value, summary.Ndcg5Interval![0], summary.Ndcg5Interval[1]);
        Assert.Equal(1, summary.Exposure.Sum(e => e.Share), 9);
        Assert.Equal(new Shortage("learn-german", 149, 40), summary.Missing[0]);

        static IEnumerable<Person> Crowd(string language, int people, Guid opened) => Enumerable.Range(0, people).Select(_ => InventedPeople.Of(language, came: [(opened, Opened)], shown: [DemoFair.Course, DemoFair.Meeting]));
    }

    [Fact]
    public void A_large_group_of_which_nobody_has_an_outcome_yet_is_told_without_figures()
    {
        var summary = Summary(Record(false, [.. Enumerable.Range(0, 25).Select(_ => InventedPeople.Of("de", came: [(DemoFair.Course, Opened)])), .. Enumerable.Range(0, 20).Select(_ => InventedPeople.Of("ar"))]));
        Assert.Equal(25, summary.Judged);
        Assert.Equal((20, null, null), summary.ByGroup.Where(g => g.Group == "ar").Select(g => (g.People, g.Ndcg5, g.Low)).Single());
    }

    [Fact]
    public void Who_did_not_agree_to_quality_review_is_counted_but_not_judged()
    {
        var summary = Summary(Record(true, [InventedPeople.Of("uk", came: [(DemoFair.Course, Opened)], reviewed: false)]));
        Assert.Equal((1, 1, 0), (summary.Shown, summary.Opened, summary.Judged));
        Assert.Null(summary.Ndcg5);
    }

    [Theory, InlineData(false, 4, false), InlineData(false, 5, true), InlineData(true, 1, true)]
    public void What_was_shown_to_a_few_is_told_of_invented_people_alone(bool demo, int people, bool told)
    {
        var summary = Summary(Record(demo, [.. Enumerable.Range(0, people).Select(_ => InventedPeople.Of("uk", came: [(DemoFair.Course, Opened)]))]));
        Assert.Equal((told, told, told, told), (summary.Ndcg5 is not null, summary.Ndcg5Interval is not null, summary.ExposureGini is not null, summary.Exposure.Count > 0));
    }

    private static FairRecord Record(bool demo, IReadOnlyList<Person> people)
    {
        var published = DemoFair.Catalogue();
        return new FairRecord(new FairCatalogue(published with { Fair = published.Fair with { Demo = demo } }), people, Cuts, new Dictionary<Guid, (int All, int Free)> { [DemoFair.School] = (60, 40) }, DemoFair.Before);
    }

    private static QualitySummary Summary(FairRecord record, FigureQuestion? question = null) => QualityFigures.Of(record, question ?? new FigureQuestion(), [])!;
}
