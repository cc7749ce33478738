using Matchmaking.Matching.Ranking.Scoring;

namespace Matchmaking.Matching.Tests.Ranking.Scoring;

public sealed class ForestTests
{
    private static readonly float[] Two = [.5f, .5f];

    [Fact]
    public void A_value_at_the_threshold_goes_left_a_missing_one_where_the_node_says()
    {
        var forest = new Forest(2, 10, [new Tree([0, 1], Two, [true, false], [1, ~0], [~2, ~1], [1, 2, 3])]);
        Assert.Equal(11, forest.Score([.5f, .5f]));
        Assert.Equal(12, forest.Score([.5f, .6f]));
        Assert.Equal(12, forest.Score([float.NaN, float.NaN]));
        Assert.Equal(13, forest.Score([float.PositiveInfinity, 0]));
        Assert.Equal(11, forest.Score([float.NegativeInfinity, 0]));
    }

    [Theory]
    [InlineData("loop", new[] { 1, 0 }, new[] { ~0, ~1 })]
    [InlineData("two parents", new[] { 1, ~0 }, new[] { 1, ~1 })]
    [InlineData("one leaf twice", new[] { 1, ~0 }, new[] { ~0, ~1 })]
    [InlineData("no such node", new[] { 2, ~0 }, new[] { ~2, ~1 })]
    [InlineData("no such leaf", new[] { 1, ~0 }, new[] { ~3, ~1 })]
    [InlineData("lost node", new[] { ~0, 1 }, new[] { ~2, ~1 })]
    public void What_is_no_tree_is_refused(string why, int[] left, int[] right)
    {
        var refusal = Assert.Throws<InvalidDataException>(() => new Tree([0, 0], Two, [true, true], left, right, [1, 2, 3]));
        Assert.StartsWith("This is no tree", refusal.Message);
        Assert.NotEmpty(why);
    }

    [Fact]
    public void Numbers_that_are_none_and_features_that_are_not_there_are_refused()
    {
        Assert.Throws<InvalidDataException>(() => new Tree([0], [float.NaN], [true], [~0], [~1], [1, 2]));
        Assert.Throws<InvalidDataException>(() => new Tree([0], [1], [true], [~0], [~1], [1, double.PositiveInfinity]));
        Assert.Throws<InvalidDataException>(() => new Tree([0], [1], [true], [~0], [~1], [1]));
        Assert.Throws<InvalidDataException>(() => new Forest(1, double.NaN, []));
        var refusal = Assert.Throws<InvalidDataException>(() => new Forest(1, 0, [new Tree([1], [1], [true], [~0], [~1], [1, 2])]));
        Assert.Contains("feature 1", refusal.Message);
    }
}
