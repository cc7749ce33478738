using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Tests.Learning.Fairs;

namespace Matchmaking.Matching.Tests.Quality;

/// <summary>Fairs of which the truth is known: intervals hold it as often as they promise, an unfairness is found in its size, and where there is none nobody is alarmed.</summary>
public sealed class KnownTruthTests
{
    /// <summary>Chance that somebody opens each of the four offers, as they stand on the list.</summary>
    private static readonly double[] Opens = [.5, .3, .2, .1];

    [Fact]
    public void Intervals_hold_the_truth_and_equal_groups_raise_no_more_alarms_than_is_said()
    {
        const int Fairs = 60;
        var (truth, random) = (Truth(Opens), new Random(7));
        var (held, gapsHeld, gaps, alarmed) = (0, 0, 0, 0);
        for (var fair = 0; fair < Fairs; fair++)
        {
            var desk = InventedPeople.Desk([.. Enumerable.Range(0, 160).Select(i => Somebody(random, i % 4 == 0 ? "ar" : i % 4 == 1 ? "fa" : "uk", Opens))]);
            var judged = OrderFigures.JudgedOf(desk);
            var ndcg = desk.Mean("order.ndcg", [.. judged.Select(j => Measures.Ndcg(j.Shown, j.Elsewhere)!.Value)]);
            if (ndcg.Low <= truth && truth <= ndcg.High) held++;
            var rows = GapFigures.Of(desk, judged).Where(r => r.Test is not null).ToArray();
            Assert.InRange(rows.Length, 2, 6); // three languages, by order and by requests; a small one may take another along
            if (rows.Any(r => r.Worse)) alarmed++;
            foreach (var row in rows.Where(r => r.Of == "order.ndcg"))
            {
                gaps++;
                if (row.Difference.Low <= 0 && 0 <= row.Difference.High) gapsHeld++;
            }
        }
        // Of 60 at 95 % fewer than 52 come about in one of 200.
        Assert.InRange(held, 52, Fairs);
        // Three gaps of one fair hang together: fewer than 88 % come about in one of 500.
        Assert.InRange((double)gapsHeld / gaps, .88, .99);
        // Worse is one side of 5 %: one or two are to be expected, more than five come about in one of 200.
        Assert.InRange(alarmed, 0, 5);
    }

    /// <summary>Which groups are told of does not depend on what they did, and where it is rounded it is right in the mean: so shares of small groups of which little came are told like any other.</summary>
    [Fact]
    public void Shares_of_every_group_hold_the_truth_also_where_little_came_of_it()
    {
        const int Fairs = 60;
        (string Language, int People, double Asks)[] groups = [("uk", 400, .3), ("ar", 250, .12), ("fa", 160, .06), ("vi", 150, .04)];
        var random = new Random(11);
        var (held, sums) = (new Dictionary<(string, int), int>(), new Dictionary<(string, int), double>());
        for (var fair = 0; fair < Fairs; fair++)
        {
            // Of two levels of German, so that what is rounded in the blocks of one step is put together in those of the next; half of those who ask are accepted.
            Person[] crowd = [.. groups.SelectMany(g => Enumerable.Range(0, g.People).Select(i => InventedPeople.Of(g.Language, i % 2 == 0 ? "A1" : "B1", came: [(DemoFair.Course, Outcome(g.Asks))])))];
            foreach (var (language, people, asks) in groups)
                foreach (var step in (int[])[1, 2])
                {
                    var (told, truth) = (FunnelFigures.Of(InventedPeople.Desk(crowd, new FigureFilter(Language: language)))[0].Steps[step], step == 1 ? asks : asks / 2);
                    Assert.Equal((language, step, people), (language, step, told.N));
                    sums[(language, step)] = sums.GetValueOrDefault((language, step)) + told.Value!.Value / Fairs;
                    held[(language, step)] = held.GetValueOrDefault((language, step)) + (told.Low <= truth && truth <= told.High ? 1 : 0);
                }
        }
        // Of 60 at 95 % fewer than 52 come about in one of 200.
        Assert.All(held, h => Assert.True(h.Value >= 52, $"{h.Key}: {h.Value} of {Fairs}"));
        // The mean of 60 shares is within three of its errors, and rounding takes it no further away than a third of a person in each.
        foreach (var (language, people, asks) in groups)
            foreach (var step in (int[])[1, 2])
            {
                var (mean, truth) = (sums[(language, step)], step == 1 ? asks : asks / 2);
                Assert.True(Math.Abs(mean - truth) <= 3 * Math.Sqrt(truth * (1 - truth) / people / Fairs) + .33 / people, $"{language} {step}: {mean} for {truth}");
            }

        OfferOutcome Outcome(double asks) => random.NextDouble() < asks ? new(Opened: true, Requested: true, Accepted: random.NextDouble() < .5) : new(Opened: random.NextDouble() < .5);
    }

    [Fact]
    public void An_unfairness_is_found_and_has_the_size_that_it_has()
    {
        const int Fairs = 25;
        // Those who speak Arabic find at the bottom what the others find at the top.
        double[] turned = [.. Opens.Reverse()];
        var (fair, unfair, random) = (Truth(Opens), Truth(turned), new Random(8));
        Assert.True(fair - unfair > .2);
        var (found, held) = (0, 0);
        for (var i = 0; i < Fairs; i++)
        {
            var desk = InventedPeople.Desk([.. Enumerable.Range(0, 240).Select(p => p % 3 == 0 ? Somebody(random, "ar", turned) : Somebody(random, "uk", Opens))]);
            var row = GapFigures.Of(desk, OrderFigures.JudgedOf(desk)).Single(r => r is { Of: "order.ndcg", Group: "ar" });
            if (row.Worse) found++;
            if (row.Difference.Low <= unfair - fair && unfair - fair <= row.Difference.High) held++;
            Assert.Equal(row.Mean.Value!.Value / (row.Mean.Value.Value - row.Difference.Value!.Value), row.Ratio.Value!.Value, 9);
            Assert.InRange(row.Ratio.Value.Value, row.Ratio.Low!.Value, row.Ratio.High!.Value);
        }
        Assert.InRange(found, 24, Fairs);
        Assert.InRange(held, 20, Fairs);
    }

    [Fact]
    public void Another_order_is_valued_near_what_it_is_worth_and_not_at_all_from_few_lists()
    {
        var (estimated, worth) = (0d, 0d);
        for (var seed = 1; seed <= 2; seed++)
        {
            var day = new InventedDay(seed);
            var catalogue = new FairCatalogue(new CataloguePublished(DemoFair.Fair, 1, SmallFair.Facts, day.Catalogue.Exhibitors, day.Catalogue.Offers, DemoFair.Before));
            var cases = day.Show(300);
            CaseScorer truth = (shown, _, scores) =>
            {
                for (var o = 0; o < scores.Length; o++) scores[o] = (float)day.Use(shown.Facts, o);
            };
            var people = cases.Select(InventedPeople.Of).ToArray();
            var seen = Values(people).Single(v => v.Method == "seen");
            Assert.Null(seen.Refused);
            // The rows behind it are those whose lists it is of: the last have too few places. Of four such nothing is told, for they would be what remains.
            foreach (var fewer in (int[])[4, 5])
            {
                Person[] some = [.. people[..^fewer], .. cases.TakeLast(fewer).Select(c => InventedPeople.Of(
                    c with { Offers = [.. c.Offers.Take(4)], Outcomes = [.. c.Outcomes.Take(4)], Propensities = [.. c.Propensities.Take(4)], Full = c.Full is null ? null : [.. c.Full.Take(4)] }))];
                var behind = PolicyFigures.Counted(Desk(some), "policy.robust", "seen", new(truth), null, _ => SmallFair.Today, MeetingCaps.None, TestContext.Current.CancellationToken);
                Assert.Equal(fewer == 4 ? [] : Enumerable.Range(0, people.Length - fewer), behind.People);
                Assert.Equal(behind.People.Length, behind.Figure.N);
            }
            Assert.True(seen.DoublyRobust.Low <= seen.DoublyRobust.Value && seen.EffectiveSize >= 100);
            estimated += seen.DoublyRobust.Value!.Value;
            worth += ShownRows.OfAll(cases).Average(l => l.Rows.Select(r => day.Use(l.Case.Facts, r.Offer)).OrderDescending().Take(5).Select((use, place) => use / (1 + .35 * place)).Sum());
            Assert.Equal(("effective-size", null, FigureDesk.TooFew), Values(people[..15]).Select(v => (v.Refused, v.DoublyRobust.Value, v.DoublyRobust.Missing)).Distinct().Single());

            FigureDesk Desk(IReadOnlyList<Person> of) => new(catalogue, of, new FigureFilter());

            IReadOnlyList<Contracts.Matching.PolicyRow> Values(IReadOnlyList<Person> of) =>
                PolicyFigures.Of(Desk(of), new(truth), null, _ => SmallFair.Today, MeetingCaps.None, TestContext.Current.CancellationToken);
        }
        Assert.InRange(estimated / worth, .85, 1.15);
    }

    /// <summary>Opens each offer or not; of what is opened a third is asked for.</summary>
    private static Person Somebody(Random random, string language, double[] opens) =>
        InventedPeople.Of(language, came: [.. InventedPeople.Offers.Where((_, i) => random.NextDouble() < opens[i]).Select(o => (o, new OfferOutcome(Opened: true, Requested: random.NextDouble() < .33)))]);

    /// <summary>Expected NDCG of those of whom anything came, over all that can come of four offers.</summary>
    private static double Truth(double[] opens)
    {
        var (sum, all) = (0d, 0d);
        for (var outcome = 0; outcome < 81; outcome++)
        {
            var (chance, left, grades) = (1d, outcome, new int[4]);
            for (var i = 0; i < 4; i++, left /= 3)
            {
                grades[i] = left % 3;
                chance *= grades[i] == 0 ? 1 - opens[i] : opens[i] * (grades[i] == 1 ? .67 : .33);
            }
            if (Measures.Ndcg(grades, []) is not { } ndcg) continue;
            (sum, all) = (sum + chance * ndcg, all + chance);
        }
        return sum / all;
    }
}
