using CsCheck;
using Matchmaking.Matching.Ranking.Scoring;
using Shape = Matchmaking.Matching.Tests.Ranking.Scoring.AnyForest.Shape;

namespace Matchmaking.Matching.Tests.Ranking.Scoring;

public sealed class FactoredScorerTests
{
    private static readonly ScorerPath[] Paths = [.. Enum.GetValues<ScorerPath>().Where(ScorerPaths.IsSupported)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Scores_are_those_of_walking_down_the_trees_whatever_the_number_of_leaves(int leaves) =>
        AnyForest.Gen(leaves).Sample(SameAsWalking, iter: leaves > 64 ? 40 : 150);

    [Fact]
    public void A_single_tree_scores_like_itself() => AnyForest.Gen(32, mostTrees: 1).Sample(SameAsWalking, iter: 300);

    [Fact]
    public void Chains_too_deep_to_be_cut_are_walked_down_beside_the_compiled_trees()
    {
        var deep = AnyForest.Make(new Random(4), 12, 150, Shape.Chain, 3, 3, 5, 130);
        var scorer = new FactoredScorer(deep.Forest, 3, 3);
        Assert.True(scorer.Trees is { Walked: > 0, Compiled: > 0 });
        Assert.True(SameAsWalking(deep));
    }

    [Fact]
    public void Trees_of_more_than_32_leaves_are_cut_unless_they_are_deep()
    {
        var wide = AnyForest.Make(new Random(5), 10, 300, Shape.Balanced, 3, 3, 5, 10);
        var scorer = new FactoredScorer(wide.Forest, 3, 3);
        Assert.True(scorer.Trees is { Walked: 0, Compiled: > 10 });
    }

    [Fact]
    public void Every_path_gives_the_same_scores_to_the_last_bit()
    {
        Assert.Contains(ScorerPath.Portable, Paths);
        AnyForest.Gen(70).Sample(any => Paths.All(path => any.Score(path).AsSpan().SequenceEqual(any.Score(ScorerPath.Portable))), iter: 100);
    }

    [Fact]
    public void A_large_common_part_of_all_scores_costs_no_digits()
    {
        // As a regression makes it: the mean of the labels sits in the leaves of the first tree.
        var any = AnyForest.Make(new Random(6), 100, 31, null, 5, 5, 5, 100);
        var lifted = new Forest(any.Forest.FeatureCount, 0, [.. any.Forest.Trees.Select((t, i) => i > 0 ? t : Lift(t, 100))]);
        Assert.True(SameAsWalking(any with { Forest = lifted }));
    }

    [Fact]
    public void Leaves_of_almost_nothing_score_almost_nothing()
    {
        var forest = new Forest(4, 1, [new Tree([0], [.5f], [true], [~0], [~1], [double.Epsilon, -double.Epsilon]), new Tree([], [], [], [], [], [2])]);
        var scorer = new FactoredScorer(forest, 0, 0);
        var columns = new PairColumns(4);
        columns.Reset(1);
        columns.Set(0, [1, 1, 1, 1]);
        var scores = new float[1];
        scorer.Score(scorer.Prepare(1, (_, _) => { }), [], columns, scores);
        Assert.Equal(3, scores[0]);
    }

    [Fact]
    public void One_prepared_catalogue_serves_many_visitors_and_buffers_may_be_used_again()
    {
        var any = AnyForest.Make(new Random(7), 20, 31, null, 4, 4, 6, 100);
        var scorer = new FactoredScorer(any.Forest, 4, 4);
        var prepared = any.Prepare(scorer);
        var (columns, scores) = (any.Columns(), new float[100]);
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var next = AnyForest.Make(new Random(seed), 0, 1, null, 4, 0, 6, 100);
            columns.Reset(100);
            for (var i = 0; i < 100; i++) columns.Set(i, next.PairRows[i]);
            scorer.Score(prepared, next.Visitor, columns, scores);
            for (var i = 0; i < 100; i++)
                Assert.Equal(any.Forest.Score([.. next.Visitor, .. any.OfferRows[i], .. next.PairRows[i]]), scores[i], 1e-5);
        }
    }

    [Fact]
    public void Scoring_allocates_nothing_on_any_path()
    {
        var any = AnyForest.Make(new Random(8), 60, 64, null, 6, 6, 8, 2000);
        foreach (var path in Paths)
        {
            var scorer = new FactoredScorer(any.Forest, 6, 6, path);
            var (prepared, columns, scores) = (any.Prepare(scorer), any.Columns(), new float[2000]);
            // The shared pool may lose its buffers to a collection at any time, and gets new ones: the rule is told by the rounds in which it kept them.
            var least = long.MaxValue;
            for (var round = 0; round < 20; round++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                scorer.Score(prepared, any.Visitor, columns, scores);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            Assert.Equal(0, least);
        }
    }

    [Fact]
    public void Offers_prepared_for_another_forest_or_of_another_length_are_refused()
    {
        var any = AnyForest.Make(new Random(9), 3, 8, null, 2, 2, 4, 10);
        var (one, other) = (new FactoredScorer(any.Forest, 2, 2), new FactoredScorer(any.Forest, 2, 2));
        var prepared = any.Prepare(one);
        Assert.Throws<ArgumentException>(() => other.Score(prepared, any.Visitor, any.Columns(), new float[10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => one.Score(prepared, any.Visitor, new PairColumns(4), new float[10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => one.Score(prepared, new float[1], any.Columns(), new float[10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => one.Score(prepared, any.Visitor, any.Columns(), new float[9]));
    }

    private static bool SameAsWalking(AnyForest any) => Paths.All(path =>
    {
        var scores = any.Score(path);
        return scores.Select((score, i) => Math.Abs(any.Forest.Score(any.Whole(i)) - score)).All(off => off <= 1e-5);
    });

    private static Tree Lift(Tree t, double by) => new(
        t.Feature.ToArray(), t.Threshold.ToArray(), t.MissingLeft.ToArray(), t.Left.ToArray(), t.Right.ToArray(), [.. t.Leaves.ToArray().Select(x => x + by)]);
}
