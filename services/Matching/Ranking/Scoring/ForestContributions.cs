namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>
/// What each feature adds to a score, for analysts: Shapley values of the game in which the value of some features is the score to be expected
/// when only these are known and the others fall as they do in the background (the path-dependent expectation of TreeSHAP: Lundberg, Erion, Lee,
/// "Consistent Individualized Feature Attribution for Tree Ensembles", 2018). They are exact, and <see cref="Base"/> plus their sum is the score.
/// <para>
/// Computed leaf by leaf by Owen's integral ("Multilinear Extensions of Games", Management Science 18, 1972): the Shapley value is the derivative of
/// the game's multilinear extension, integrated along the diagonal. For one leaf that is a product with a factor for each feature on its way, so
/// Gauss-Legendre quadrature with half as many points is exact, and no term is subtracted that could lose digits in deep trees.
/// </para>
/// About a tenth of a millisecond for a pair and 100 trees: for what somebody looks at, not for lists.
/// </summary>
internal sealed class ForestContributions
{
    private readonly Forest _forest;
    private readonly double[][] _cover; // by tree: of the nodes, then of the leaves
    private readonly double[] _at, _weight;

    /// <param name="background">Rows that say how often each way is taken, such as a sample of those trained on; null: every leaf as often.</param>
    public ForestContributions(Forest forest, IEnumerable<float[]>? background = null)
    {
        _forest = forest;
        _cover = [.. forest.Trees.Select(tree => new double[tree.Nodes + tree.Leaves.Length])];
        // One row for each leaf beforehand: none is impossible.
        for (var t = 0; t < _cover.Length; t++) _cover[t].AsSpan(forest.Trees[t].Nodes).Fill(1);
        foreach (var row in background ?? [])
            for (var t = 0; t < _cover.Length; t++) _cover[t][forest.Trees[t].Nodes + forest.Trees[t].LeafOf(row)]++;

        (Base, var most) = (forest.Base, 0);
        for (var t = 0; t < _cover.Length; t++)
        {
            var tree = forest.Trees[t];
            most = Math.Max(most, Fill(tree, _cover[t], tree.Nodes == 0 ? ~0 : 0, []));
            for (var leaf = 0; leaf < tree.Leaves.Length; leaf++)
                Base += tree.Leaves[leaf] * _cover[t][tree.Nodes + leaf] / _cover[t][0];
        }
        (_at, _weight) = GaussLegendre(Math.Max(1, (most + 1) / 2));
    }

    /// <summary>The score to be expected of a row of which nothing is known.</summary>
    public double Base { get; }

    /// <summary>What each feature of a row adds to <see cref="Base"/>, by feature; features that no tree asks for add 0.</summary>
    public double[] Explain(ReadOnlySpan<float> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, _forest.FeatureCount, nameof(row));
        var into = new double[_forest.FeatureCount];
        var way = new List<Step>();
        for (var t = 0; t < _cover.Length; t++)
            if (_forest.Trees[t].Nodes > 0) Descend(_forest.Trees[t], _cover[t], 0, row, way, into);
        return into;
    }

    /// <param name="Known">1: the row fulfils every condition on the feature so far; 0: not.</param>
    /// <param name="Unknown">How often they are fulfilled in the background.</param>
    private readonly record struct Step(int Feature, double Known, double Unknown);

    private void Descend(Tree tree, double[] cover, int node, ReadOnlySpan<float> row, List<Step> way, double[] into)
    {
        if (node < 0)
        {
            Add(tree.Leaves[~node], way, into);
            return;
        }
        var feature = tree.Feature[node];
        var left = tree.GoesLeft(node, row[feature]);
        Take(tree.Left[node], left, row);
        Take(tree.Right[node], !left, row);

        void Take(int child, bool taken, ReadOnlySpan<float> row)
        {
            var share = cover[child < 0 ? tree.Nodes + ~child : child] / cover[node];
            var known = way.FindIndex(s => s.Feature == feature);
            if (known < 0)
            {
                way.Add(new Step(feature, taken ? 1 : 0, share));
                Descend(tree, cover, child, row, way, into);
                way.RemoveAt(way.Count - 1);
            }
            else
            {
                var before = way[known];
                way[known] = new Step(feature, taken ? before.Known : 0, before.Unknown * share);
                Descend(tree, cover, child, row, way, into);
                way[known] = before;
            }
        }
    }

    private void Add(double value, List<Step> way, double[] into)
    {
        for (var q = 0; q < _at.Length; q++)
        {
            var product = value * _weight[q];
            foreach (var step in way) product *= Factor(step, _at[q]);
            foreach (var step in way) into[step.Feature] += product / Factor(step, _at[q]) * (step.Known - step.Unknown);
        }
    }

    private static double Factor(Step step, double t) => step.Known * t + step.Unknown * (1 - t); // above 0, since no cover is 0

    /// <summary>Sums up covers from the leaves; returns the greatest number of different features on a way.</summary>
    private static int Fill(Tree tree, double[] cover, int node, HashSet<int> features)
    {
        if (node < 0) return features.Count;
        var mine = features.Add(tree.Feature[node]);
        var (left, right) = (tree.Left[node], tree.Right[node]);
        var most = Math.Max(Fill(tree, cover, left, features), Fill(tree, cover, right, features));
        cover[node] = cover[left < 0 ? tree.Nodes + ~left : left] + cover[right < 0 ? tree.Nodes + ~right : right];
        if (mine) features.Remove(tree.Feature[node]);
        return most;
    }

    /// <summary>Points and weights on 0 to 1: zeros of the Legendre polynomial, by Newton's method.</summary>
    private static (double[] At, double[] Weight) GaussLegendre(int n)
    {
        var (at, weight) = (new double[n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            var (x, slope) = (Math.Cos(Math.PI * (i + .75) / (n + .5)), 0.0);
            for (var round = 0; round < 100; round++)
            {
                var (p, before) = (1.0, 0.0);
                for (var k = 1; k <= n; k++) (p, before) = (((2 * k - 1) * x * p - (k - 1) * before) / k, p);
                slope = n * (x * p - before) / (x * x - 1);
                var step = p / slope;
                x -= step;
                if (Math.Abs(step) < 1e-15) break;
            }
            (at[i], weight[i]) = ((x + 1) / 2, 1 / ((1 - x * x) * slope * slope));
        }
        return (at, weight);
    }
}
