using System.Numerics;
using CsCheck;
using Matchmaking.Matching.Ranking.Scoring;

namespace Matchmaking.Matching.Tests.Ranking.Scoring;

public sealed class ForestContributionTests
{
    [Fact]
    public void Contributions_and_base_add_up_to_the_score() =>
        AnyForest.Gen(64).Where(any => any.OfferRows.Length > 0).Sample(any =>
        {
            var rows = Enumerable.Range(0, any.OfferRows.Length).Select(any.Whole).ToArray();
            var explain = new ForestContributions(any.Forest, rows.Take(20));
            return rows.Take(3).All(row => Math.Abs(explain.Base + explain.Explain(row).Sum() - any.Forest.Score(row)) < 1e-9);
        }, iter: 100);

    [Fact]
    public void They_add_up_in_a_chain_of_a_hundred_features_too()
    {
        var random = new Random(3);
        var chain = AnyForest.OneTree(random, 300, AnyForest.Shape.Chain, 100);
        var forest = new Forest(100, 0, [chain]);
        var row = Enumerable.Range(0, 100).Select(_ => (float)random.NextDouble()).ToArray();
        var explain = new ForestContributions(forest);
        Assert.Equal(forest.Score(row), explain.Base + explain.Explain(row).Sum(), 1e-9);
    }

    [Fact]
    public void They_are_the_Shapley_values_by_their_definition()
    {
        var any = AnyForest.Make(new Random(11), 6, 24, null, 2, 2, 4, 30);
        var rows = Enumerable.Range(0, 30).Select(any.Whole).ToArray();
        var explain = new ForestContributions(any.Forest, rows);
        foreach (var row in rows.Take(5))
        {
            var expected = ByDefinition(any.Forest, rows, row);
            Assert.All(explain.Explain(row), (value, feature) => Assert.Equal(expected[feature], value, 1e-9));
        }
    }

    [Fact]
    public void A_feature_that_no_tree_asks_for_adds_nothing()
    {
        var forest = new Forest(3, 1, [new Tree([1], [.5f], [false], [~0], [~1], [2, 4])]);
        var explain = new ForestContributions(forest);
        Assert.Equal(4, explain.Base);
        Assert.Equal([0, -1, 0], explain.Explain([9, 0, 9]));
    }

    /// <summary>Mean over all orders of what a feature changes; 2^8 sets of features.</summary>
    private static double[] ByDefinition(Forest forest, float[][] background, float[] row)
    {
        var n = forest.FeatureCount;
        var covers = forest.Trees.Select(t => Covers(t, background)).ToArray();
        var game = Enumerable.Range(0, 1 << n).Select(known => forest.Trees.Select((t, i) => Expected(t, covers[i], 0, row, known)).Sum()).ToArray();
        var orders = Enumerable.Range(0, n + 1).Select(Factorial).ToArray();
        return [.. Enumerable.Range(0, n).Select(f => Enumerable.Range(0, 1 << n).Where(s => (s >> f & 1) == 0).Sum(s =>
            orders[BitOperations.PopCount((uint)s)] * orders[n - 1 - BitOperations.PopCount((uint)s)] / orders[n] * (game[s | 1 << f] - game[s])))];
    }

    private static double Expected(Tree tree, Dictionary<int, double> cover, int node, float[] row, int known)
    {
        if (tree.Nodes == 0) return tree.Leaves[0];
        if (node < 0) return tree.Leaves[~node];
        var (left, right) = (tree.Left[node], tree.Right[node]);
        if ((known >> tree.Feature[node] & 1) != 0)
            return Expected(tree, cover, tree.GoesLeft(node, row[tree.Feature[node]]) ? left : right, row, known);
        return (cover[left] * Expected(tree, cover, left, row, known) + cover[right] * Expected(tree, cover, right, row, known)) / cover[node];
    }

    private static Dictionary<int, double> Covers(Tree tree, float[][] background)
    {
        var cover = Enumerable.Range(0, tree.Leaves.Length).ToDictionary(leaf => ~leaf, leaf => 1.0 + background.Count(row => tree.LeafOf(row) == leaf));
        if (tree.Nodes > 0) Sum(0);
        return cover;

        double Sum(int node) => node < 0 ? cover[node] : cover[node] = Sum(tree.Left[node]) + Sum(tree.Right[node]);
    }

    private static double Factorial(int n) => n < 2 ? 1 : n * Factorial(n - 1);
}
