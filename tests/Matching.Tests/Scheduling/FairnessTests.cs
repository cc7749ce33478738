using CsCheck;
using Matchmaking.Matching.Scheduling;

namespace Matchmaking.Matching.Tests.Scheduling;

public sealed class FairnessTests
{
    private const int Visitors = 30, Meetings = 80;

    private static readonly Gen<Fairness> Any =
        Gen.Select(Gen.Int[0, Visitors], Gen.Int[0, Visitors], Gen.Int[0, Meetings * Fairness.MostWorth], (first, second, worth) => new Fairness(first, Math.Min(first, second), worth));

    [Fact]
    public void One_number_says_the_same_as_the_three_in_turn() => Gen.Select(Any, Any).Sample((a, b) =>
    {
        var weights = RoundWeights.For(Visitors, Meetings);
        Assert.Equal(a.CompareTo(b), weights.Sum(a).CompareTo(weights.Sum(b)));
        Assert.Equal(a, weights.Split(weights.Sum(a)));
    });

    [Fact]
    public void A_wish_counts_less_further_down_and_never_nothing()
    {
        Assert.Equal([1000, 900, 800, 700, 600, 500, 500], Enumerable.Range(0, 7).Select(place => Fairness.WorthOf(1, place)));
        Assert.Equal((1, 1000), (Fairness.WorthOf(0, 0), Fairness.WorthOf(2, 0)));
    }

    [Fact]
    public void The_share_is_that_of_the_worst_part() => Assert.Equal(.7, new Fairness(9, 5, 100).ShareOf(new Fairness(10, 10, 100)));
}
