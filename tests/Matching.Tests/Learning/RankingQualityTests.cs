using Matchmaking.Matching.Learning;

namespace Matchmaking.Matching.Tests.Learning;

public sealed class RankingQualityTests
{
    [Fact]
    public void Ndcg_is_what_one_reckons_by_hand()
    {
        // Order by score: offers 1, 2, 0, 3 with gains 3, 0, 2, 1.
        var reached = 3 / 1.0 + 2 / Math.Log2(4) + 1 / Math.Log2(5);
        var best = 3 / 1.0 + 2 / Math.Log2(3) + 1 / Math.Log2(4);
        Assert.Equal(reached / best, RankingQuality.Ndcg([.2f, .9f, .5f, .1f], [2, 3, 0, 1]), 12);
    }

    [Fact]
    public void The_best_order_is_one_and_the_depth_is_kept()
    {
        Assert.Equal(1, RankingQuality.Ndcg([3, 2, 1, 0], [4, 2, 1, 0]), 12);
        Assert.Equal(0, RankingQuality.Ndcg([3, 2, 1, 0], [0, 0, 0, 5], depth: 2), 12);
    }

    [Fact]
    public void Equal_scores_stand_in_the_order_of_the_catalogue() =>
        Assert.Equal([1, 0, 2], RankingQuality.Top([1, 2, 1, 1], 3));

    [Fact]
    public void Without_gains_there_is_nothing_to_judge() => Assert.True(double.IsNaN(RankingQuality.Ndcg([1, 2], [0, 0])));

    [Fact]
    public void The_interval_holds_the_mean_and_narrows_with_more_visitors()
    {
        double[] few = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? .2 : .6)];
        double[] many = [.. Enumerable.Range(0, 4000).Select(i => i % 2 == 0 ? .2 : .6)];
        var (mean, low, high) = RankingQuality.Bootstrap(few, 1);
        var (_, nearLow, nearHigh) = RankingQuality.Bootstrap(many, 1);
        Assert.Equal(.4, mean, 12);
        Assert.InRange(mean, low, high);
        // 1.96 x .2 / sqrt(40) = .062 on either side.
        Assert.InRange((high - low) / 2, .045, .08);
        Assert.InRange((nearHigh - nearLow) / 2, .0045, .008);
    }
}
