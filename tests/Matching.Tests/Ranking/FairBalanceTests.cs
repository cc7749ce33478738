using CsCheck;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Tests.Ranking;

public sealed class FairBalanceTests
{
    private static readonly CatalogueSnapshot Fair = SmallFair.Catalogue;

    [Theory]
    [InlineData(100, 0, 0)]     // nobody asks
    [InlineData(100, 50, 0)]    // twice as many seats as are expected to be wanted
    [InlineData(100, 100, .03)] // the square of one half
    [InlineData(100, 150, .12)]
    [InlineData(1, 1000, .12)]  // never more
    [InlineData(0, 1, .12)]
    public void A_seat_costs_what_the_rule_says(int free, double demand, double price) => Assert.Equal(price, FairBalance.PriceOf(free, demand), 6);

    [Fact]
    public void Where_seats_are_scarce_visitors_are_led_to_what_is_nearly_as_good()
    {
        // Both schools have an Integrationskurs for her; the one in her language is a little better, and nearly booked out.
        var needs = SmallFair.Nurse with { Goals = ["learn-german"], Topics = [] };
        CatalogueSnapshot twins = SmallFair.Build([.. SmallFair.AllOffers, Twin("a-2", "b-9", "school-b")]);
        var visitor = VisitorFacts.Of(needs with { ConversationLanguages = ["uk", "ar"] });
        Assert.Equal("a-2", First(null));

        Assert.Equal("b-9", First(Counts(twins, ("school-a", 1, 40), ("school-b", 50, 3))));
        Assert.Equal("a-2", First(Counts(twins, ("school-a", 80, 3), ("school-b", 50, 3))));
        Assert.Equal("a-2", First(Counts(twins, ("school-a", 1, 40), ("school-b", 1, 40))));

        string First(FairCounts? counts) =>
            twins.Offers[Ranker.Rank(visitor, twins, SmallFair.Today, shaping: new Shaping(counts is null ? null : FairBalance.Of(twins, counts))).Items[0].Offer].Key;
    }

    [Fact]
    public void A_price_hides_nothing_and_brings_no_yes_below_a_no()
    {
        var all = Fair.Exhibitors.Select(e => (e.Key, 0, 1000)).ToArray();
        var balance = FairBalance.Of(Fair, Counts(Fair, all));
        Assert.All(balance.Price, p => Assert.Equal(FairBalance.MostPrice, p));
        Any.Needs.Sample(needs =>
        {
            var plain = Ranker.Rank(VisitorFacts.Of(needs), Fair, SmallFair.Today, includeNo: true).Items;
            var priced = Ranker.Rank(VisitorFacts.Of(needs), Fair, SmallFair.Today, includeNo: true, shaping: new Shaping(balance)).Items;
            var open = priced.TakeWhile(m => m.Verdict != Verdict.No).Count();
            return plain.Select(m => m.Offer).Order().SequenceEqual(priced.Select(m => m.Offer).Order()) && priced.Skip(open).All(m => m.Verdict == Verdict.No);
        }, iter: 200);
    }

    [Fact]
    public void A_stand_whose_times_are_all_taken_still_shows_and_says_so()
    {
        var balance = FairBalance.Of(Fair, Counts(Fair, ("school-a", 0, 5), ("school-b", 3, 0)));
        var items = Ranker.Rank(VisitorFacts.Of(SmallFair.Nurse), Fair, SmallFair.Today, shaping: new Shaping(balance)).Items;
        Assert.Contains(items, m => Stand(m) == "school-a");
        Assert.All(items, m => Assert.Equal(Stand(m) == "school-a", m.Reasons.Any(r => r is { Code: "against.full", Side: ReasonSide.Against })));
    }

    [Fact]
    public void Who_is_shown_enough_or_after_too_few_lists_gets_no_lift_and_nobody_more_than_the_most()
    {
        var cafe = Fair.Offers.Single(o => o.Key == "cafe-1").Id;
        Assert.All(Of(29).Lift, l => Assert.Equal(0, l));
        var balance = Of(30);
        Assert.True(Fair.TryExhibitor(Fair.Offers.Single(o => o.Key == "cafe-1").ExhibitorId, out var stand));
        for (var i = 0; i < balance.Lift.Length; i++) Assert.Equal(i == stand ? 0 : FairBalance.MostLift, balance.Lift[i]);

        FairBalance Of(int lists) => FairBalance.Of(Fair, new FairCounts([.. Enumerable.Repeat<IReadOnlyList<Guid>>([cafe], lists)], new Dictionary<Guid, int>(), new Dictionary<Guid, int>()));
    }

    private static string Stand(RankedOffer match) => Fair.Exhibitors[Fair.Exhibitor[match.Offer]].Key;

    private static OfferFacts Twin(string of, string key, string stand) => SmallFair.AllOffers.Single(o => o.Key == of) with
    {
        Id = Guid.NewGuid(),
        Key = key,
        ExhibitorId = Fair.Exhibitors.Single(e => e.Key == stand).Id,
    };

    private static FairCounts Counts(CatalogueSnapshot c, params (string Stand, int Free, int Requests)[] stands)
    {
        var known = stands.ToDictionary(s => c.Exhibitors.Single(e => e.Key == s.Stand).Id);
        return new FairCounts([], known.ToDictionary(s => s.Key, s => s.Value.Requests), known.ToDictionary(s => s.Key, s => s.Value.Free));
    }
}
