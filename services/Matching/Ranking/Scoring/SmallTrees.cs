namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>A node or (without children) a leaf, for the compiler.</summary>
internal sealed class Branch
{
    private Branch(int feature, float threshold, bool missingLeft, Branch? left, Branch? right, double value)
    {
        (Feature, Threshold, MissingLeft, Left, Right, Value) = (feature, threshold, missingLeft, left, right, value);
        Leaves = left is null ? 1 : left.Leaves + right!.Leaves;
    }

    public int Feature { get; }
    public float Threshold { get; }
    public bool MissingLeft { get; }
    public Branch? Left { get; }
    public Branch? Right { get; }
    public double Value { get; }
    public int Leaves { get; }

    public static Branch Leaf(double value) => new(-1, 0, false, null, null, value);

    public static Branch Of(Tree tree) => tree.Nodes == 0 ? Leaf(tree.Leaves[0]) : Of(tree, 0);

    public Branch Over(Branch left, Branch right) => new(Feature, Threshold, MissingLeft, left, right, 0);

    private static Branch Of(Tree tree, int at) => at < 0
        ? Leaf(tree.Leaves[~at])
        : new(tree.Feature[at], tree.Threshold[at], tree.MissingLeft[at], Of(tree, tree.Left[at]), Of(tree, tree.Right[at]), 0);
}

/// <summary>
/// Cuts a tree into trees of at most <see cref="Most"/> leaves that sum up to it, because one bit mask of 32 holds one tree. Each cut takes a
/// branch off: what stays has a zero in its place, and the branch becomes a tree of its own behind the conditions on its way from the root,
/// with a zero wherever one of them fails.
/// </summary>
internal static class SmallTrees
{
    public const int Most = 32;

    /// <summary>False where a branch lies so deep that the conditions on its way fill a small tree already.</summary>
    public static bool TryCut(Branch tree, List<Branch> into)
    {
        var rest = tree;
        var parts = new List<Branch>();
        while (rest.Leaves > Most)
        {
            var best = (Way: new List<bool>(), Leaves: 1);
            Look(rest, []);
            if (best.Leaves == 1) return false;
            parts.Add(Behind(rest, best.Way, 0));
            rest = Without(rest, best.Way, 0);

            void Look(Branch at, List<bool> way)
            {
                // A condition is one leaf more; deeper than this there is no room for a branch.
                if (at.Leaves <= best.Leaves || way.Count + 2 > Most) return;
                if (way.Count > 0 && at.Leaves + way.Count <= Most) best = ([.. way], at.Leaves);
                else
                {
                    Look(at.Left!, [.. way, true]);
                    Look(at.Right!, [.. way, false]);
                }
            }
        }
        into.AddRange(parts);
        into.Add(rest);
        return true;
    }

    private static Branch Behind(Branch at, List<bool> way, int depth)
    {
        if (depth == way.Count) return at;
        return way[depth]
            ? at.Over(Behind(at.Left!, way, depth + 1), Branch.Leaf(0))
            : at.Over(Branch.Leaf(0), Behind(at.Right!, way, depth + 1));
    }

    private static Branch Without(Branch at, List<bool> way, int depth)
    {
        if (depth == way.Count) return Branch.Leaf(0);
        return way[depth]
            ? at.Over(Without(at.Left!, way, depth + 1), at.Right!)
            : at.Over(at.Left!, Without(at.Right!, way, depth + 1));
    }
}
