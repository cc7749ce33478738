using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Tests.Ranking;

public sealed class ExposureFloorTests
{
    private const int Visitors = 1500, WarmUp = 500, AtOnce = 25;

    /// <summary>What the floor may cost: of the summed scores of the first ten places, the upper ones counting more.</summary>
    private const double MostLoss = .005;

    [Fact]
    public void Small_stands_reach_the_floor_and_visitors_lose_next_to_nothing()
    {
        foreach (var seed in new[] { 1, 2, 3 })
        {
            var (without, useWithout) = Day(seed, lifted: false);
            var (with, useWith) = Day(seed, lifted: true);
            Assert.True(without < FairBalance.Floor, $"without: {without:F3}");
            Assert.True(with >= FairBalance.Floor, $"seed {seed}: least with {with:F3}, without {without:F3}, loss {1 - useWith / useWithout:P2}");
            Assert.True(useWith >= (1 - MostLoss) * useWithout, $"loss {1 - useWith / useWithout:P2}");
        }
    }

    /// <summary>One day at the demo fair; what is shown first only teaches who is seen little.</summary>
    /// <returns>The least exposure of a stand that has something for people, as a share of the equal part; and the use of all lists.</returns>
    private static (double Least, double Use) Day(int seed, bool lifted)
    {
        var c = BigFair.Catalogue;
        var (lists, use, wanted) = (new List<IReadOnlyList<Guid>>(), 0d, new int[c.Exhibitors.Length]);
        FairBalance? balance = null;
        foreach (var (at, needs) in BigFair.Visitors(Visitors, seed).Index())
        {
            if (lifted && at % AtOnce == 0)
                balance = FairBalance.Of(c, new FairCounts([.. lists.AsEnumerable().Reverse().Take(FairBalance.Window)], new Dictionary<Guid, int>(), new Dictionary<Guid, int>()));
            var visitor = VisitorFacts.Of(needs);
            var ranked = Ranker.Rank(visitor, c, SmallFair.Today, shaping: new Shaping(balance)).Items;
            lists.Add([.. ranked.Take(ListOrder.Head).Select(m => c.Offers[m.Offer].Id)]);
            if (at < WarmUp) continue;
            use += ranked.Take(ListOrder.Top).Select((m, place) => m.Score / Math.Log2(place + 2)).Sum();
            var goals = visitor.Goals | visitor.Topics;
            foreach (var stand in ranked.Where(m => (c.Wishes[m.Offer] & goals) != 0 && m.Verdict == Verdict.Yes).Select(m => c.Exhibitor[m.Offer]).Distinct()) wanted[stand]++;
        }
        var exposure = FairBalance.Exposure(c, lists.Skip(WarmUp));
        var equal = exposure.Sum() / c.Exhibitor.Distinct().Count();
        return (exposure.Where((_, stand) => wanted[stand] >= .05 * (Visitors - WarmUp)).Min() / equal, use);
    }
}
