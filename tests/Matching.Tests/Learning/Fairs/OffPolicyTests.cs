using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Tests.Learning.Fairs;

/// <summary>Values worked out by hand.</summary>
public sealed class OffPolicyTests
{
    // Two lists of two places. Place 1: weights 2 and 0.5, rewards 1 and 0. Place 2: weights 0 and 4, rewards 1 and 0.25.
    private static readonly LoggedPlace[][] Lists =
    [
        [new(2, 1, .5, .4), new(0, 1, .6, .3)],
        [new(.5, 0, .2, .1), new(4, .25, .5, .2)],
    ];

    [Fact]
    public void Self_normalised_weights_divide_by_their_own_sum_place_by_place() =>
        // (2x1 + 0.5x0) / 2.5 + (0x1 + 4x0.25) / 4 = 0.8 + 0.25
        Assert.Equal(1.05, OffPolicy.Snips(Lists, [1, 1]), 12);

    [Fact]
    public void A_list_that_counts_twice_counts_in_both_sums() =>
        // (2x2x1) / (2x2 + 0.5) + 1 / 4
        Assert.Equal(4 / 4.5 + .25, OffPolicy.Snips(Lists, [2, 1]), 12);

    [Fact]
    public void Doubly_robust_is_what_the_model_expects_and_the_weighted_surprise()
    {
        // 0.4 + 2(1 - 0.5) + 0.3 + 0 = 1.7; 0.1 + 0.5(0 - 0.2) + 0.2 + 4(0.25 - 0.5) = -0.8
        Assert.Equal(1.7, OffPolicy.DoublyRobust(Lists[0]), 12);
        Assert.Equal(-.8, OffPolicy.DoublyRobust(Lists[1]), 12);
    }

    [Fact]
    public void The_effective_size_is_less_the_more_the_weights_differ()
    {
        // (2 + 0 + 0.5 + 4)^2 / (4 + 0 + 0.25 + 16)
        Assert.Equal(6.5 * 6.5 / 20.25, OffPolicy.EffectiveSize(Lists), 12);
        Assert.Equal(0, OffPolicy.EffectiveSize([]));
    }

    [Fact]
    public void NDCG_of_five_places_is_that_of_the_formula()
    {
        // Gains 1, 0, 3 in this order: DCG = 1 + 3/log2(4) = 2.5; ideal = 3 + 1/log2(3)
        Assert.Equal(2.5 / (3 + 1 / Math.Log2(3)), ListQuality.Ndcg([1, 0, 3], 5)!.Value, 12);
        Assert.Equal(0, ListQuality.Ndcg([0, 0, 0, 0, 0, 2], 5));
        Assert.Null(ListQuality.Ndcg([0, 0], 5));
    }

    [Fact]
    public void An_interval_of_values_that_are_all_alike_is_a_point_and_none_gives_none()
    {
        Assert.Equal(new Estimate(4, .5, .5, .5), Resamples.Mean([.5, .5, .5, .5], 1));
        Assert.Equal(new Estimate(2, -.25, -.25, -.25), Resamples.Difference([.5, .5], [.75], 1));
        Assert.Equal(Resamples.Nothing, Resamples.Mean([], 1));
        Assert.Equal(Resamples.Nothing, Resamples.Difference([], [1], 1));
    }

    [Fact]
    public void An_interval_is_as_wide_as_the_theory_of_the_mean_has_it()
    {
        // 400 values of 0 and 1: standard error 0.025, so the interval is about 0.5 +- 0.049.
        var interval = Resamples.Mean([.. Enumerable.Range(0, 400).Select(i => i % 2d)], 3);
        Assert.InRange(interval.Low!.Value, .44, .462);
        Assert.InRange(interval.High!.Value, .538, .56);
        var same = Resamples.Statistic(400, times => times.Select((t, i) => t * (i % 2d)).Sum() / 400, 3);
        Assert.InRange(same.High!.Value - same.Low!.Value, .08, .115);
    }

    [Fact]
    public void The_jackknife_of_a_mean_is_as_wide_as_the_theory_has_it()
    {
        // 400 values of 0 and 1, mean about 0.5: standard error 0.025, times Student's 2.093; itself unsure by a sixth, since it is made of twenty parts.
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 400).Select(_ => (double)random.Next(2))];
        double[] without = [.. Enumerable.Range(0, Jackknife.Parts).Select(part => values.Where((_, i) => i % Jackknife.Parts != part).Average())];
        var interval = Jackknife.Of(400, .5, without);
        Assert.InRange(interval.High!.Value - .5, .03, .08);
        Assert.Equal(.5 - interval.Low!.Value, interval.High.Value - .5, 12);
        var positive = Jackknife.OfPositive(400, .5, without);
        Assert.Equal(.5 / positive.Low!.Value, positive.High!.Value / .5, 12);
        Assert.Equal(Jackknife.Of(20, .5, new double[Jackknife.Parts]), Jackknife.OfPositive(20, .5, new double[Jackknife.Parts]));
    }
}
