using System.Numerics;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Tests.Ranking;

/// <summary>
/// What a list is beyond the best scores, seen over many visitors of the demo fair. Each limit lies between what there is with and without the
/// constraint: goals 3.5 and 4.7 places apart, 7.5 and 5.8 types, 3.2 and 2.9 kinds, 8.6 and 7.6 stands.
/// </summary>
public sealed class ListOrderTests
{
    private static readonly CatalogueSnapshot Fair = BigFair.Catalogue;

    [Fact]
    public void Goals_share_the_first_ten_places()
    {
        var spreads = new List<double>();
        foreach (var (goals, top) in Lists().Where(l => BitOperations.PopCount((uint)l.Goals.Wanted) is 2 or 3))
        {
            var places = Enumerable.Range(0, 16).Where(wish => (goals.Wanted >> wish & 1) != 0).Select(wish => top.Count(o => (goals.ServedBy(Fair, o) >> wish & 1) != 0)).ToArray();
            spreads.Add(places.Max() - places.Min());
        }
        Assert.True(spreads.Average() <= 4, $"{spreads.Average():F2} places between the goal served most and least, {spreads.Count} lists");
    }

    [Fact]
    public void The_first_ten_places_are_of_many_types()
    {
        var types = Lists().Average(l => l.Top.Select(o => Fair.Side(o).Type).Distinct().Count());
        Assert.True(types >= 6.8, $"{types:F2} types");
    }

    [Fact]
    public void The_first_ten_places_are_of_several_kinds()
    {
        var kinds = Lists().Average(l => l.Top.Select(o => Fair.Side(o).Kind).Distinct().Count());
        Assert.True(kinds >= 3, $"{kinds:F2} kinds");
    }

    [Fact]
    public void The_first_ten_places_are_of_many_stands()
    {
        var stands = Lists().Average(l => l.Top.Select(o => Fair.Exhibitor[o]).Distinct().Count());
        Assert.True(stands >= 8.1, $"{stands:F2} stands");
    }

    private static IEnumerable<(Goals Goals, int[] Top)> Lists()
    {
        foreach (var needs in BigFair.Visitors(400, seed: 7))
        {
            var visitor = VisitorFacts.Of(needs);
            int[] offers = [.. Ranker.Rank(visitor, Fair, SmallFair.Today).Items.Select(m => m.Offer)];
            yield return (new Goals(visitor, Fair, offers), offers[..ListOrder.Top]);
        }
    }
}
