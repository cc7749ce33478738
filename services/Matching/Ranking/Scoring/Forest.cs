namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>
/// A trained ensemble of regression trees, whoever trained it: the score of a row is <see cref="Base"/> and one leaf of each tree.
/// Immutable, and valid by construction: what is no forest is refused with <see cref="InvalidDataException"/>, so that a corrupt model is
/// noticed before it serves anybody.
/// </summary>
internal sealed class Forest
{
    /// <param name="featureCount">Length of a row.</param>
    /// <param name="base">What is added to the leaves of the trees.</param>
    public Forest(int featureCount, double @base, IReadOnlyList<Tree> trees)
    {
        if (!double.IsFinite(@base)) throw new InvalidDataException($"The base of a forest is {@base}; it must be a finite number.");
        for (var t = 0; t < trees.Count; t++)
        {
            foreach (var f in trees[t].Feature)
                if (f < 0 || f >= featureCount)
                    throw new InvalidDataException($"Tree {t} asks for feature {f}; the forest was made for features 0 to {featureCount - 1}.");
        }
        (FeatureCount, Base, Trees) = (featureCount, @base, [.. trees]);
    }

    public int FeatureCount { get; }
    public double Base { get; }
    public IReadOnlyList<Tree> Trees { get; }

    /// <summary>The score by walking down every tree: slow and plain, the yardstick of every faster way.</summary>
    /// <param name="row"><see cref="FeatureCount"/> values; NaN: missing.</param>
    public double Score(ReadOnlySpan<float> row)
    {
        var sum = Base;
        foreach (var tree in Trees) sum += tree.Leaves[tree.LeafOf(row)];
        return sum;
    }
}

/// <summary>
/// Nodes 0 to n-1, of which 0 is the root, and leaves 0 to n. A child that is not negative is a node, a negative one is leaf ~child.
/// A value at most the threshold goes left, a greater one right, a missing one (NaN) where the node says.
/// </summary>
internal sealed class Tree
{
    private readonly int[] _feature, _left, _right;
    private readonly float[] _threshold;
    private readonly bool[] _missingLeft;
    private readonly double[] _leaves;

    /// <summary>The arrays are the tree's from now on. No nodes and one leaf: a tree that is a constant.</summary>
    public Tree(int[] feature, float[] threshold, bool[] missingLeft, int[] left, int[] right, double[] leaves)
    {
        (_feature, _threshold, _missingLeft, _left, _right, _leaves) = (feature, threshold, missingLeft, left, right, leaves);
        if (FaultOf() is { } fault) throw new InvalidDataException($"This is no tree: {fault}.");
    }

    public int Nodes => _feature.Length;
    public ReadOnlySpan<int> Feature => _feature;
    public ReadOnlySpan<float> Threshold => _threshold;
    public ReadOnlySpan<bool> MissingLeft => _missingLeft;
    public ReadOnlySpan<int> Left => _left;
    public ReadOnlySpan<int> Right => _right;
    public ReadOnlySpan<double> Leaves => _leaves;

    /// <summary>Whether a value goes to the left child of a node. Infinities compare as numbers.</summary>
    public bool GoesLeft(int node, float value) => float.IsNaN(value) ? _missingLeft[node] : value <= _threshold[node];

    public int LeafOf(ReadOnlySpan<float> row)
    {
        if (_feature.Length == 0) return 0;
        var at = 0;
        while (at >= 0) at = GoesLeft(at, row[_feature[at]]) ? _left[at] : _right[at];
        return ~at;
    }

    private string? FaultOf()
    {
        var n = _feature.Length;
        if (_threshold.Length != n || _missingLeft.Length != n || _left.Length != n || _right.Length != n) return "its columns differ in length";
        if (_leaves.Length != n + 1) return $"{n} nodes need {n + 1} leaves, there are {_leaves.Length}";
        if (_threshold.Any(float.IsNaN)) return "a threshold is not a number";
        if (_leaves.Any(x => !float.IsFinite((float)x))) return "a leaf is not a number that a score can hold";
        if (n == 0) return null;

        // Every node and every leaf is reached once from the root, and nothing else is.
        var (nodes, leaves, open) = (new bool[n], new bool[n + 1], new Stack<int>([0]));
        while (open.TryPop(out var at))
        {
            var (seen, i) = at >= 0 ? (nodes, at) : (leaves, ~at);
            if (i >= seen.Length) return "a child is outside of it";
            if (seen[i]) return "a node or a leaf has two parents";
            seen[i] = true;
            if (at < 0) continue;
            open.Push(_right[at]);
            open.Push(_left[at]);
        }
        return nodes.All(x => x) && leaves.All(x => x) ? null : "a node or a leaf has no way from the root";
    }
}
