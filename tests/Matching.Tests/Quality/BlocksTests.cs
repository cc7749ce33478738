using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Quality;

namespace Matchmaking.Matching.Tests.Quality;

/// <summary>An attacker who asks every question there is and subtracts every answer from every other.</summary>
public sealed class BlocksTests
{
    private static readonly string?[] Languages = [null, "uk", "ar", "fa", "vi", "kmr"], Levels = [null, "none", "A1", "B1"], Ages = [null, "27plus", "under18"], Channels = [null, "kiosk", "online"];
    private static readonly FigureFilter[] OfPeople =
    [
        .. from language in Languages from german in Levels from age in Ages from channel in Channels select new FigureFilter(null, null, null, language, german, age, channel),
        .. from language in Languages from pieces in (string[][])[["0"], ["1"], ["0", "1"], ["1", "2"]] select new FigureFilter(pieces.ToHashSet(), null, null, language),
        .. from language in Languages from model in (string[])["baseline 2", "model m-1"] select new FigureFilter(null, model, null, language),
    ];

    [Theory]
    [InlineData(150, 1, Blocks.Least)]
    [InlineData(240, 2, Blocks.Least)]
    [InlineData(300, 3, Blocks.Published)]
    public void No_difference_of_two_answers_is_of_a_few_people(int people, int seed, int least)
    {
        var crowd = InventedPeople.Crowd(people, seed);
        var told = OfPeople.Select(filter => (Filter: filter, Of: Told(InventedPeople.Desk(crowd, filter, least: least)))).ToArray();
        Assert.True(told.Sum(t => t.Of.Count) > 100, "nearly nothing is told");
        foreach (var (filter, of) in told)
            foreach (var (figure, count) in of) Assert.True(Safe(count, least), $"{filter}: {figure} is {count}");

        // A filter less a narrower one, each figure and each step of a funnel from the one before.
        foreach (var wide in told)
            foreach (var narrow in told.Where(t => IsNarrower(t.Filter, wide.Filter)))
                foreach (var (figure, count) in narrow.Of)
                    if (wide.Of.TryGetValue(figure, out var all)) Assert.True(Safe(all - count, least), $"{wide.Filter} less {narrow.Filter}: {figure} is {all} - {count}");

        // The whole less all told values of one attribute.
        foreach (var wide in told)
            foreach (var by in GapFigures.By.Where(by => wide.Filter.Of(by) is null))
                foreach (var figure in wide.Of.Keys)
                {
                    var parts = told.Where(t => t.Filter.Of(by) is { } value && Same(wide.Filter.With(by, value), t.Filter)).Select(t => t.Of.GetValueOrDefault(figure)).Sum();
                    Assert.True(Safe(wide.Of[figure] - parts, least), $"{wide.Filter} less its {by}: {figure} is {wide.Of[figure]} - {parts}");
                }

        // Neither the one nor the other: all - a - b + (a and b).
        var whole = told.Single(t => t.Filter == new FigureFilter()).Of;
        foreach (var a in told.Where(t => t.Filter.Language is not null && t.Filter.German is null && t.Filter.Age is null && t.Filter.Channel is null && t.Filter.Piece is null && t.Filter.Model is null))
            foreach (var b in told.Where(t => t.Filter.Language is null && t.Filter.Piece is null && t.Filter.Model is null && t.Filter != new FigureFilter()))
                foreach (var (figure, all) in whole)
                    if (a.Of.TryGetValue(figure, out var one) && b.Of.TryGetValue(figure, out var two)
                        && told.First(t => Same(t.Filter, b.Filter with { Language = a.Filter.Language })).Of.TryGetValue(figure, out var both))
                        Assert.True(Safe(all - one - two + both, least), $"neither {a.Filter} nor {b.Filter}: {figure}");
    }

    [Fact]
    public void What_is_told_of_one_kind_or_stand_leaves_no_few_who_did_it_elsewhere_alone()
    {
        var crowd = InventedPeople.Crowd(300, 4);
        FigureFilter[] some = [.. from language in Languages from category in (string[])["course", "leisure", "advice"] select new FigureFilter(Language: language, Category: category),
            .. from language in Languages from stand in (Guid[])[DemoFair.School, DemoFair.Association, DemoFair.Advice] select new FigureFilter(Language: language, Exhibitor: stand)];
        var told = 0;
        foreach (var filter in some)
        {
            var of = Told(InventedPeople.Desk(crowd, filter));
            var all = Told(InventedPeople.Desk(crowd, filter with { Category = null, Exhibitor = null }));
            foreach (var (figure, count) in of)
            {
                Assert.True(Safe(count, Blocks.Least), $"{filter}: {figure} is {count}");
                if (figure.StartsWith("all", StringComparison.Ordinal) && !figure.EndsWith(" not", StringComparison.Ordinal) && !figure.Contains(" only ", StringComparison.Ordinal) && all.TryGetValue(figure, out var whole)) Assert.True(Safe(whole - count, Blocks.Least), $"{filter}: {figure} is {whole} - {count}");
                told++;
            }
        }
        Assert.True(told > 50, $"only {told} figures are told");
    }

    [Fact]
    public void One_who_opened_nothing_darkens_that_step_alone()
    {
        var asked = new Matchmaking.Matching.Learning.Fairs.OfferOutcome(Opened: true, Requested: true);
        Person[] crowd = [.. Enumerable.Range(0, 100).Select(i => InventedPeople.Of("uk", came: i == 0 ? [] : [(DemoFair.Course, i < 40 ? asked : new(Opened: true))]))];
        var desk = InventedPeople.Desk(crowd);
        var steps = FunnelFigures.Of(desk)[0].Steps;
        Assert.Equal((null, .39, 0d), (steps[0].Value, steps[1].Value, steps[2].Value));
        Assert.Equal((0, 100, 100), (Of(1), Of(2), Of(3)));

        int Of(int grade) => FunnelFigures.Counted(desk, null, grade).People.Length;
    }

    [Fact]
    public void Three_who_asked_elsewhere_alone_are_not_what_remains_of_all_who_asked()
    {
        var asked = new Matchmaking.Matching.Learning.Fairs.OfferOutcome(Opened: true, Requested: true);
        Person[] crowd = [.. Enumerable.Range(0, 100).Select(i => InventedPeople.Of("uk", came: i < 50 ? [(DemoFair.Course, asked)] : i < 53 ? [(DemoFair.Meeting, asked)] : []))];
        Assert.Equal(.53, FunnelFigures.Of(InventedPeople.Desk(crowd))[0].Steps[1].Value!.Value, 9);
        // Of the course at its place neither; that nobody opened the other one leaves no few.
        var courses = FunnelFigures.Of(InventedPeople.Desk(crowd, new FigureFilter(Category: "course")));
        Assert.All(courses.Where(r => r.Place is null or "1").SelectMany(r => r.Steps.Take(2)), f => Assert.Null(f.Value));
        Assert.All(courses.SelectMany(r => r.Steps), f => Assert.Equal(0, f.Value ?? 0));
        Assert.Null(StandFigures.Of(InventedPeople.Desk(crowd), DemoFair.School).Asked.Figure.Value);
        // Five are enough.
        crowd = [.. crowd.Take(98), .. Enumerable.Range(0, 2).Select(_ => InventedPeople.Of("uk", came: [(DemoFair.Meeting, asked)]))];
        Assert.Equal(.5, FunnelFigures.Of(InventedPeople.Desk(crowd, new FigureFilter(Category: "course")))[0].Steps[1].Value!.Value, 9);
        Assert.Equal(50, StandFigures.Of(InventedPeople.Desk(crowd), DemoFair.School).Asked.Figure.Value);
    }

    [Fact]
    public void Where_one_to_four_did_it_is_told_as_if_none_or_five_had_and_they_are_in_no_rows()
    {
        int[] asks = [40, 40, 1, 3];
        var languages = (string[])["uk", "ar", "fa", "vi"];
        Person[] crowd = [.. languages.SelectMany((language, at) => Enumerable.Range(0, 100).Select(i => InventedPeople.Of(language, came: i < asks[at] ? [(DemoFair.Course, new(Opened: true, Requested: true))] : [])))];
        var told = languages.Select(language => FunnelFigures.Counted(InventedPeople.Desk(crowd, new FigureFilter(Language: language)), null, 2)).ToArray();
        Assert.Equal([(100, 40), (100, 40), (100, 0), (100, 5)], told.Select(t => (t.Figure.N, t.People.Count(t.Hits))));
        Assert.Equal([100, 100, 0, 0], told.Select(t => InventedPeople.Desk(crowd).Listed(t).Length));
        // Nobody did it, or so few: that is not to be told from whether there are rows.
        Person[] none = [.. crowd.Select(p => p.Labels[3] == "fa" ? InventedPeople.Of("fa") : p)];
        var nobody = FunnelFigures.Counted(InventedPeople.Desk(none, new FigureFilter(Language: "fa")), null, 2);
        Assert.Equal((100, 0d, 0), (nobody.Figure.N, nobody.Figure.Value, InventedPeople.Desk(none).Listed(nobody).Length));
        // What may be rounded is less certain, also where it was not: of five nobody knows whether they were.
        var (low, high) = Measures.Wilson(5, 100);
        Assert.True(told[3].Figure.Low < low && told[3].Figure.High > high);
    }

    [Fact]
    public void One_who_was_accepted_elsewhere_alone_is_not_what_remains_of_all_who_were()
    {
        Person[] crowd =
        [
            .. Enumerable.Range(0, 100).Select(i => InventedPeople.Of("uk", came: i < 11 ? [(DemoFair.Course, new(Requested: true, Accepted: true))] : i == 11 ? [(DemoFair.Meeting, new(Requested: true, Accepted: true))]
                : i < 20 ? [(DemoFair.Course, new(Requested: true, Declined: true))] : i < 30 ? [(DemoFair.Course, new(Requested: true))] : i < 40 ? [(DemoFair.Meeting, new(Requested: true))] : i < 60 ? [(DemoFair.Course, new(Opened: true))] : [])),
        ];
        var desk = InventedPeople.Desk(crowd);
        Assert.Equal(.12, FunnelFigures.Of(desk)[0].Steps[2].Value!.Value, 9);
        Assert.Equal((29, null), StandFigures.Of(desk, DemoFair.School) is var (asked, acceptance, _) ? (asked.Figure.N, acceptance.Figure.Value) : default);
    }

    [Fact]
    public void Who_has_no_list_yet_darkens_nothing_and_a_few_who_have_one_among_many_who_have_none_are_nobody()
    {
        Person[] crowd = [.. Enumerable.Range(0, 100).Select(_ => InventedPeople.Of("uk")), .. Enumerable.Range(0, 40).Select(i => InventedPeople.Of("ar") with { Lists = [], Outcomes = [] }), .. Enumerable.Range(0, 2).Select(_ => InventedPeople.Of("ar"))];
        Assert.Equal((100, 0), Shown(crowd));
        // Nor is what those few were shown told of.
        Assert.Null(ExposureFigures.SharesOf(InventedPeople.Desk(crowd, new(Language: "ar"))).Gini.Value);
        Assert.Equal((98, 0), Shown([.. crowd.Skip(2).Take(98), .. Enumerable.Range(0, 2).Select(_ => InventedPeople.Of("uk") with { Lists = [], Outcomes = [] })]));

        static (int, int) Shown(Person[] crowd) => (InventedPeople.Desk(crowd, new(Language: "uk")).Funnel[0]!.Within(new(Language: "uk")).Length, InventedPeople.Desk(crowd).Funnel[0]!.Within(new(Language: "ar")).Length);
    }

    [Fact]
    public void Four_people_are_nobody_and_a_group_of_four_takes_another_one_along()
    {
        Assert.Equal(FigureDesk.TooFew, InventedPeople.Desk([.. Enumerable.Range(0, 4).Select(_ => InventedPeople.Of("uk"))]).Count("people").Figure.Missing);
        var crowd = (Person[])[.. Enumerable.Range(0, 20).Select(_ => InventedPeople.Of("uk")), .. Enumerable.Range(0, 6).Select(_ => InventedPeople.Of("ar")), .. Enumerable.Range(0, 4).Select(_ => InventedPeople.Of("vi"))];
        Assert.Equal([30d, 20d, null, null], ((string?[])[null, "uk", "ar", "vi"]).Select(l => InventedPeople.Desk(crowd, new FigureFilter(Language: l)).Count("people").Figure.Value));
        // How many of them there may be is told of whole blocks, too, and of nobody as of a few.
        Assert.Equal([30, 20, 10, 10, 10], ((string?[])[null, "uk", "ar", "vi", "fr"]).Select(l => InventedPeople.Desk(crowd, new FigureFilter(Language: l)).AtMost));
        Assert.Equal(FigureDesk.TooFew, InventedPeople.Desk(crowd, new FigureFilter(Language: "fr")).Count("people").Figure.Missing);
    }

    /// <summary>Every count that an answer tells or lets one work out: people, and for each share those of whom it is true and those of whom it is not.</summary>
    private static Dictionary<string, int> Told(FigureDesk desk)
    {
        var told = new Dictionary<string, int>();
        if (!desk.Filter.IsOfOffers) Add("people", desk.Count("people").Figure);
        foreach (var row in FunnelFigures.Of(desk))
        {
            for (var i = 0; i < row.Steps.Count; i++)
            {
                AddShare($"{row.Place ?? "all"} {row.Steps[i].Definition}", row.Steps[i]);
                if (i > 0 && row.Steps[i] is { Value: not null } now && row.Steps[i - 1] is { Value: not null } before && now.N == before.N)
                    told[$"{row.Place ?? "all"} only {row.Steps[i - 1].Definition}"] = Hits(before) - Hits(now);
            }
        }
        if (!desk.Filter.IsOfOffers)
        {
            foreach (var stand in (Guid[])[DemoFair.School, DemoFair.Association, DemoFair.Advice])
            {
                var (asked, acceptance, noShow) = StandFigures.Of(desk, stand);
                Add($"{stand} asked", asked.Figure);
                AddShare($"{stand} accepted", acceptance.Figure);
                AddShare($"{stand} missed", noShow.Figure);
                // Over all blocks: those who came as far elsewhere alone.
                if (desk.Filter != new FigureFilter()) continue;
                var steps = FunnelFigures.Of(desk)[0].Steps;
                if (acceptance.Figure.Value is not null && steps[2].Value is not null) told[$"{stand} accepted elsewhere"] = Hits(steps[2]) - Hits(acceptance.Figure);
                if (noShow.Figure.Value is not null && steps[3].Value is not null) told[$"{stand} held elsewhere"] = Hits(steps[3]) - (noShow.Figure.N - Hits(noShow.Figure));
            }
        }
        var judged = OrderFigures.JudgedOf(desk);
        if (!desk.Filter.IsOfOffers) Add("judged", OrderFigures.Of(desk, judged)[0].Ndcg with { Value = OrderFigures.Of(desk, judged)[0].Ndcg.N });
        return told;

        void Add(string name, Figure figure)
        {
            if (figure.Value is { } value && figure.N > 0) told[name] = (int)Math.Round(value);
        }

        void AddShare(string name, Figure figure)
        {
            if (figure.Value is null) return;
            (told[name + " of"], told[name], told[name + " not"]) = (figure.N, Hits(figure), figure.N - Hits(figure));
        }

        static int Hits(Figure figure) => (int)Math.Round(figure.Value!.Value * figure.N);
    }

    private static bool Safe(int count, int least) => count == 0 || count >= least;

    private static bool Same(FigureFilter a, FigureFilter b) => IsNarrower(a, b, orSame: true) && IsNarrower(b, a, orSame: true);

    private static bool IsNarrower(FigureFilter a, FigureFilter b, bool orSame = false) =>
        (b.Language is null || a.Language == b.Language) && (b.German is null || a.German == b.German) && (b.Age is null || a.Age == b.Age) && (b.Channel is null || a.Channel == b.Channel)
        && (b.Model is null || a.Model == b.Model) && (b.Piece is null || (a.Piece is not null && a.Piece.IsSubsetOf(b.Piece))) && (orSame || a != b);
}
