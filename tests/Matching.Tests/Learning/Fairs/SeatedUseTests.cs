using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Meetings;

namespace Matchmaking.Matching.Tests.Learning.Fairs;

public sealed class SeatedUseTests
{
    private static readonly OfferOutcome Opened = new(Opened: true), Useful = new(Opened: true, Requested: true, Accepted: true, Held: true, Useful: 5);
    private static readonly IReadOnlyList<ShownCase> Shown = new InventedDay(8).Show(200);
    private static readonly Guid Wanted = Stand(Shown[0], 0);

    [Fact]
    public void What_was_opened_at_a_full_stand_counts_as_what_opened_offers_of_it_bring_that_have_a_seat()
    {
        // The wanted stand: half are free, all of those useful; the others: all free, opened and no more.
        var lists = Lists((shown, place, number) => Stand(shown, place) != Wanted ? (Opened, false) : number / 2 % 2 == 0 ? (Useful, false) : (Opened, true));
        var use = new SeatedUse(lists);
        Assert.True(use.IsKnown);
        var full = Rows(lists).Where(x => x.Row.Full == true).ToArray();
        Assert.True(full.Length > 30);
        Assert.All(full, x => Assert.InRange(use.Of(x.Case, x.Row), .5, 1));
        Assert.All(Rows(lists).Where(x => x.Row.Full == false), x => Assert.Equal(Grades.Use(x.Row.Outcome), use.Of(x.Case, x.Row)));
        Assert.Equal(0, use.Of(full[0].Case, full[0].Row with { Outcome = default }));
    }

    [Fact]
    public void Earlier_lists_tell_of_stands_that_had_no_seat_all_the_time()
    {
        var judged = Lists((shown, place, _) => Stand(shown, place) == Wanted ? (Opened, true) : (Opened, false), from: 100);
        var before = Lists((shown, place, _) => Stand(shown, place) == Wanted ? (Useful, false) : (Opened, false));
        Assert.True(Mean(new SeatedUse(judged)) < .3);
        Assert.True(Mean(new SeatedUse(judged, before)) > .6);

        double Mean(SeatedUse use) => Rows(judged).Where(x => x.Row.Full == true).Average(x => use.Of(x.Case, x.Row));
    }

    [Fact]
    public void Who_has_asked_as_often_as_may_be_could_not_ask_below()
    {
        OfferOutcome[] outcomes = [Useful, Opened, new(Opened: true, Requested: true), Opened, default];
        Assert.Equal([false, true, false, true, true], CannotAsk(2));
        Assert.Equal([false, true, false, false, false], CannotAsk(3));

        bool[] CannotAsk(int most) => ShownCase.CannotAsk(Shown[0].Catalogue, [.. Shown[0].Offers.Take(5)], [false, true, false, false, false], outcomes, new(most, null));
    }

    [Fact]
    public void Who_has_asked_a_stand_as_often_as_may_be_could_not_ask_it_for_what_is_below()
    {
        var c = Shown[0].Catalogue;
        Guid[] here = [.. Of(Wanted).Take(3)], elsewhere = [.. Of(c.Exhibitors.Select(e => e.Id).First(id => id != Wanted)).Take(2)];
        Guid[] offers = [here[0], elsewhere[0], here[1], here[2], elsewhere[1]];
        OfferOutcome[] outcomes = [Useful, Opened, new(Opened: true, Requested: true), Opened, Opened];
        Assert.Equal([false, false, false, true, false], CannotAsk(offers, new(5, 2)));
        Assert.Equal([false, false, true, true, false], CannotAsk(offers, new(5, 1)));
        Assert.Equal([false, false, false, true, true], CannotAsk(offers, new(2, 2)));
        Assert.Equal(new bool[5], CannotAsk(offers, new(5, 3)));
        Assert.Equal(new bool[5], CannotAsk(offers, new(5, null)));
        // Whose an offer was that the catalogue does not have any more, nobody knows.
        Assert.Equal(new bool[5], CannotAsk([Guid.NewGuid(), elsewhere[0], here[1], here[2], elsewhere[1]], new(5, 2)));
        Assert.Equal(new bool[5], CannotAsk([Guid.NewGuid(), elsewhere[0], Guid.NewGuid(), Guid.NewGuid(), elsewhere[1]], new(5, 2)));

        bool[] CannotAsk(Guid[] shown, MeetingCaps caps) => ShownCase.CannotAsk(c, shown, new bool[5], outcomes, caps);
        IEnumerable<Guid> Of(Guid stand) => c.Offers.Where(o => o.ExhibitorId == stand).Select(o => o.Id);
    }

    [Fact]
    public void Where_seats_are_not_known_it_says_so()
    {
        Assert.False(new SeatedUse(Lists((_, _, _) => (Opened, null))).IsKnown);
        Assert.False(new SeatedUse(Lists((_, _, _) => (Opened, true))).IsKnown);
        Assert.True(new SeatedUse(Lists((_, _, _) => (Opened, false))).IsKnown);
    }

    [Fact]
    public void A_report_that_would_say_worse_says_that_seats_are_not_known_instead()
    {
        var cases = new InventedDay(1).Show(700);
        Assert.Equal(("worse", false), Report(cases));
        Assert.Equal(("cannot-tell", true), Report([.. cases.Select(c => c with { Full = null })]));

        static (string, bool) Report(IReadOnlyList<ShownCase> cases)
        {
            var report = ModelTraining.Compare(cases, CaseScorers.Baseline, (shown, judged, scores) =>
            {
                CaseScorers.Baseline(shown, judged, scores);
                for (var i = 0; i < scores.Length; i++) scores[i] = -scores[i];
            }, 1);
            return (report.Sentence, report.Because.Contains("seats-unknown"));
        }
    }

    /// <param name="of">By list, place, and the number of the list.</param>
    private static ShownRows[] Lists(Func<ShownCase, int, int, (OfferOutcome Outcome, bool? Full)> of, int from = 0) => [.. Shown.Skip(from).Select((shown, number) =>
    {
        var all = shown.Offers.Select((_, place) => of(shown, place, number)).ToArray();
        return ShownRows.Of(shown with { Outcomes = [.. all.Select(x => x.Outcome)], Full = all[0].Full is null ? null : [.. all.Select(x => x.Full!.Value)] });
    })];

    private static IEnumerable<(ShownCase Case, ShownRow Row)> Rows(IEnumerable<ShownRows> lists) => lists.SelectMany(l => l.Rows.Select(r => (l.Case, r)));

    private static Guid Stand(ShownCase shown, int place) => shown.Catalogue.TryOffer(shown.Offers[place], out var offer) ? shown.Catalogue.Offers[offer].ExhibitorId : default;
}
