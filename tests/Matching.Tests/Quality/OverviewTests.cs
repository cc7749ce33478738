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
        var figures = AnswerFigures.Of(record, question, RulePackSet.BuiltIn, null, null, new(5, 2), TestContext.Current.CancellationToken).Figures!;
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
        Assert.Equal(Enumerable.Repeat<int?>(told ? people : null, 4), [summary.Visitors, summary.Shown, summary.Opened, summary.Judged]);
        Assert.Equal((told ? 0 : null, 0), (summary.Requested, Summary(Record(demo, [])).Requested));
        Assert.Equal((told, told, told, told), (summary.Ndcg5 is not null, summary.Ndcg5Interval is not null, summary.ExposureGini is not null, summary.Exposure.Count > 0));
    }

    [Fact]
    public void A_count_of_a_few_or_a_few_off_the_step_before_is_not_told_and_darkens_no_other()
    {
        // 30 came and opened; 13 asked, of whom one twice; 9 were accepted; 8 had the meeting, once each; 4 found it useful.
        Person[] crowd = [.. Enumerable.Range(0, 30).Select(i => With(i == 0 ? 2 : i < 13 ? 1 : 0, i < 9 ? 1 : 0, i < 8 ? 1 : 0, i < 4 ? 1 : 0))];
        var real = Summary(Record(false, crowd));
        // The 4 meetings that were asked for and not accepted are of four people; those that were asked for and not held are of six.
        Assert.Equal((30, 30, 30, 14, null, 8, null), (real.Visitors, real.Shown, real.Opened, real.Requested, real.Accepted, real.Held, real.Useful));
        var demo = Summary(Record(true, crowd));
        Assert.Equal((30, 30, 30, 14, 9, 8, 4), (demo.Visitors, demo.Shown, demo.Opened, demo.Requested, demo.Accepted, demo.Held, demo.Useful));
        // Twelve meetings of three people are of three people.
        Assert.Null(Summary(Record(false, [.. Enumerable.Range(0, 30).Select(i => With(i < 3 ? 4 : 0, 0, 0, 0))])).Requested);
        // Five people asked once and five twice: of those who were accepted once alone nothing is left but five.
        Assert.Equal((15, 10), Summary(Record(false, [.. Enumerable.Range(0, 30).Select(i => With(i < 5 ? 2 : i < 10 ? 1 : 0, i < 10 ? 1 : 0, 0, 0))])) is var ten ? (ten.Requested, ten.Accepted) : default);
        Assert.Null(Summary(Record(false, [.. Enumerable.Range(0, 30).Select(i => With(i < 4 ? 2 : i < 10 ? 1 : 0, i < 10 ? 1 : 0, 0, 0))])).Accepted);
    }

    /// <summary>Opened one thing at least, and had so many meetings at one offer: asked for, accepted, held, useful.</summary>
    private static Person With(int asked, int accepted, int held, int useful, bool opened = true, string piece = "0")
    {
        var came = new OfferOutcome(Opened: true, Requested: asked > 0, Accepted: accepted > 0, Held: held > 0, Useful: useful > 0 ? 5 : null);
        return InventedPeople.Of("uk", piece: piece, came: opened || asked > 0 ? [(DemoFair.Course, came)] : []) with { Meetings = [asked, accepted, held, useful] };
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void No_difference_of_the_counts_of_two_steps_or_two_spans_is_of_a_few_people(int seed)
    {
        var random = new Random(seed);
        DateTimeOffset[] cuts = [.. Enumerable.Range(1, 5).Select(hour => DemoFair.Before.AddHours(hour))];
        Person[] crowd = [.. Enumerable.Range(0, 900).Select(i => Somebody(random, $"{i / 150}"))];
        var record = Record(false, crowd) with { Cuts = cuts };
        var spans = (from first in Enumerable.Range(0, 6) from end in Enumerable.Range(1, 6) where end > first select (First: first, End: end)).ToArray();
        var told = spans.ToDictionary(s => s, s => Counts(Summary(record, new FigureQuestion { From = s.First == 0 ? null : cuts[s.First - 1].ToString("O"), To = s.End == 6 ? null : cuts[s.End - 1].ToString("O") })));
        var sets = spans.ToDictionary(s => s, s => Sets(InventedPeople.Desk(crowd, s is (0, 6) ? new FigureFilter() : new FigureFilter(Enumerable.Range(s.First, s.End - s.First).Select(piece => $"{piece}").ToHashSet()))));
        Assert.True(told.Values.Sum(t => t.Count(c => c is not null)) > 60, "nearly nothing is told");
        foreach (var (wide, counts) in told)
            foreach (var (narrow, fewer) in told.Where(t => t.Key.First >= wide.First && t.Key.End <= wide.End))
                for (var step = 0; step < counts.Length; step++)
                {
                    if (counts[step] is not { } count || fewer[step] is not { } less) continue;
                    // What is told is of these people, and of each step nobody but whoever came so far is among them, save whoever rounding took along.
                    Assert.Equal(sets[wide][step].Sum(p => Rows(p, step)), count);
                    Assert.InRange(sets[wide][step].Length - In(wide).Count(p => step switch { 0 => true, 1 => p.Lists.Length > 0, 2 => p.Came.Count > 0, _ => p.Meetings[step - 3] > 0 }), -2 * (wide.End - wide.First), 2 * (wide.End - wide.First));
                    Few(sets[wide][step].Length - sets[narrow][step].Length, $"{wide} less {narrow}: {step}");
                    for (var later = step + 1; later < (step < 3 ? 3 : counts.Length); later++)
                        if (counts[later] is not null && fewer[later] is not null) Few(Left(wide, step, later) - Left(narrow, step, later), $"{wide} less {narrow}: {step} less {later}");
                }

        Person[] In((int First, int End) span) => [.. crowd.Where(p => int.Parse(p.Labels[0], System.Globalization.CultureInfo.InvariantCulture) is var at && at >= span.First && at < span.End)];
        int Left((int First, int End) span, int step, int later) => sets[span][step].Count(p => Rows(p, step) > (sets[span][later].Contains(p) ? Rows(p, later) : 0));
        static int Rows(Person p, int step) => step < 3 ? 1 : Math.Max(1, p.Meetings[step - 3]);
        static void Few(int people, string what) => Assert.True(people is 0 or >= Blocks.Least, $"{what} is of {people}");
        static int?[] Counts(QualitySummary s) => [s.Visitors, s.Shown, s.Opened, s.Requested, s.Accepted, s.Held, s.Useful];
        static Person[][] Sets(FigureDesk desk) => [.. ((ToldSet?[])[desk.Everybody, .. desk.Funnel]).Select(set => (set?.Within(desk.Filter) ?? []).Select(p => desk.People[p]).ToArray())];
        static Person Somebody(Random random, string piece)
        {
            var asked = random.Next(3) == 0 ? random.Next(1, 4) : 0;
            var accepted = random.Next(asked + 1);
            var held = random.Next(accepted + 1);
            return With(asked, accepted, held, random.Next(held + 1), random.Next(9) < 5, piece);
        }
    }

    private static FairRecord Record(bool demo, IReadOnlyList<Person> people)
    {
        var published = DemoFair.Catalogue();
        return new FairRecord(new FairCatalogue(published with { Fair = published.Fair with { Demo = demo } }), people, Cuts, new Dictionary<Guid, (int All, int Free)> { [DemoFair.School] = (60, 40) }, DemoFair.Before);
    }

    private static QualitySummary Summary(FairRecord record, FigureQuestion? question = null) => QualityFigures.Of(record, question ?? new FigureQuestion(), [])!;
}
