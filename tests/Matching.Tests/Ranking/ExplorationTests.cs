using CsCheck;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Tests.Ranking;

public sealed class ExplorationTests
{
    private static readonly CatalogueSnapshot Fair = SmallFair.Catalogue;
    private static readonly DateOnly Day = new(2026, 11, 23);

    [Fact]
    public void What_is_recorded_is_how_often_it_happens()
    {
        const int draws = 40_000;
        var counts = new Dictionary<(int Place, int Offer), int>();
        var recorded = new Dictionary<(int Place, int Offer), double>();
        for (var i = 0; i < draws; i++)
        {
            var list = Rank(SmallFair.Nurse, .4, Visitor(i));
            for (var place = 0; place < ListOrder.Head; place++)
            {
                var at = (place, list.Items[place].Offer);
                counts[at] = counts.GetValueOrDefault(at) + 1;
                if (recorded.TryGetValue(at, out var before)) Assert.Equal(before, list.Propensities[place], 9);
                else recorded[at] = list.Propensities[place];
            }
        }
        Assert.True(recorded.Count > 2 * ListOrder.Head, "chance moves something");
        foreach (var (at, p) in recorded)
            Assert.True(Math.Abs(counts[at] - draws * p) <= 5 * Math.Sqrt(draws * p * (1 - p)) + 1e-6, $"{at}: {counts[at]} of {draws}, recorded {p}");
        for (var place = 0; place < ListOrder.Head; place++) Assert.Equal(1, recorded.Where(r => r.Key.Place == place).Sum(r => r.Value), 6);
    }

    [Fact]
    public void Chance_leaves_the_first_two_the_goals_the_stands_and_the_verdicts_alone() =>
        Gen.Select(Any.Needs, Gen.Guid).Sample((needs, visitor) =>
        {
            var (plain, moved) = (Rank(needs, 0, visitor).Items, Rank(needs, 1, visitor).Items);
            var changed = Enumerable.Range(0, plain.Count).Where(i => plain[i].Offer != moved[i].Offer).ToArray();
            return changed is [] or [>= 2 and < 10, >= 10 and < 20]
                && (changed is not [var up, var down] || plain[down].Score >= plain[up].Score - Exploration.Margin)
                && Goals(moved) == Goals(plain)
                && moved.All(m => m.Verdict != Verdict.No)
                && moved.Take(10).CountBy(m => Fair.Exhibitor[m.Offer]).All(n => n.Value <= 2);

            int Goals(IReadOnlyList<RankedOffer> list)
            {
                var offers = list.Select(m => m.Offer).ToArray();
                var goals = new Goals(VisitorFacts.Of(needs), Fair, offers);
                return offers.Take(ListOrder.Promise).Aggregate(0, (served, offer) => served | goals.ServedBy(Fair, offer));
            }
        }, iter: 2000);

    [Fact]
    public void Chance_is_the_same_until_something_changed()
    {
        var shown = Enumerable.Range(0, 60).Select(i => Key(Rank(SmallFair.Nurse, 1, Visitor(i)))).ToArray();
        Assert.Equal(shown, Enumerable.Range(0, 60).Select(i => Key(Rank(SmallFair.Nurse, 1, Visitor(i)))));
        Assert.NotEqual(shown, Enumerable.Range(0, 60).Select(i => Key(Rank(SmallFair.Nurse, 1, Visitor(i), profile: 2))));
        Assert.NotEqual(shown, Enumerable.Range(0, 60).Select(i => Key(Rank(SmallFair.Nurse, 1, Visitor(i), catalogue: 2))));
        Assert.NotEqual(shown, Enumerable.Range(0, 60).Select(i => Key(Rank(SmallFair.Nurse, 1, Visitor(i), days: 1))));

        static string Key(RankedList list) => string.Join(' ', list.Items.Select(m => m.Offer));
    }

    [Fact]
    public void Without_chance_every_propensity_is_one() => Assert.All(Rank(SmallFair.Nurse, 0, Visitor(1)).Propensities, p => Assert.Equal(1, p));

    private static RankedList Rank(Needs needs, double share, Guid visitor, long profile = 1, long catalogue = 1, int days = 0) =>
        Ranker.Rank(VisitorFacts.Of(needs), Fair, SmallFair.Today, shaping: new Shaping(null, Exploration.Of(share, visitor, profile, catalogue, Day.AddDays(days))));

    private static Guid Visitor(int n) => new(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
}
