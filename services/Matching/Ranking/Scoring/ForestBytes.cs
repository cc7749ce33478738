namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>
/// A forest as bytes, small numbers in few of them: number of features, base, number of trees; of each tree its number of nodes, then for each node
/// feature x 2 + (missing goes left), threshold, left and right child (a leaf ~n as 2n + 1, a node n as 2n), and its leaves.
/// </summary>
internal static class ForestBytes
{
    /// <summary>Of one node, at least: two bytes for its children, one for its feature, four for its threshold.</summary>
    private const int SmallestNode = 7;

    public static void Write(BinaryWriter to, Forest forest)
    {
        to.Write7BitEncodedInt(forest.FeatureCount);
        to.Write(forest.Base);
        to.Write7BitEncodedInt(forest.Trees.Count);
        foreach (var tree in forest.Trees)
        {
            to.Write7BitEncodedInt(tree.Nodes);
            for (var n = 0; n < tree.Nodes; n++)
            {
                to.Write7BitEncodedInt(tree.Feature[n] << 1 | (tree.MissingLeft[n] ? 1 : 0));
                to.Write(tree.Threshold[n]);
                WriteChild(to, tree.Left[n]);
                WriteChild(to, tree.Right[n]);
            }
            foreach (var leaf in tree.Leaves) to.Write(leaf);
        }
    }

    /// <exception cref="NotFiniteNumberException">A base, threshold or leaf is none.</exception>
    /// <exception cref="InvalidDataException">This is no forest over so many features.</exception>
    public static Forest Read(BinaryReader from, int features)
    {
        if (from.Read7BitEncodedInt() != features) throw new InvalidDataException("The forest is for another number of features.");
        var @base = Finite(from.ReadDouble());
        var trees = new Tree[Count(from, sizeof(double))];
        for (var t = 0; t < trees.Length; t++)
        {
            var n = Count(from, SmallestNode);
            var (feature, threshold, missingLeft, left, right, leaves) = (new int[n], new float[n], new bool[n], new int[n], new int[n], new double[n + 1]);
            for (var i = 0; i < n; i++)
            {
                var both = from.Read7BitEncodedInt();
                (feature[i], missingLeft[i]) = (both >> 1, (both & 1) != 0);
                threshold[i] = from.ReadSingle();
                // Trainers may write "everything goes left" as infinity; only NaN compares with nothing.
                if (float.IsNaN(threshold[i])) throw new NotFiniteNumberException();
                (left[i], right[i]) = (ReadChild(from), ReadChild(from));
            }
            for (var i = 0; i <= n; i++) leaves[i] = Finite(from.ReadDouble());
            trees[t] = new Tree(feature, threshold, missingLeft, left, right, leaves);
        }
        return new Forest(features, @base, trees);
    }

    private static void WriteChild(BinaryWriter to, int child) => to.Write7BitEncodedInt(child < 0 ? ~child << 1 | 1 : child << 1);

    private static int ReadChild(BinaryReader from) => from.Read7BitEncodedInt() is var child && (child & 1) != 0 ? ~(child >>> 1) : child >>> 1;

    private static double Finite(double value) => double.IsFinite((float)value) ? value : throw new NotFiniteNumberException();

    /// <summary>Never more than what is left can hold: nobody's number makes us take memory for nothing.</summary>
    private static int Count(BinaryReader from, int each)
    {
        var count = from.Read7BitEncodedInt();
        return count >= 0 && (long)count * each <= from.BaseStream.Length - from.BaseStream.Position ? count : throw new InvalidDataException("There are fewer trees or nodes than it says.");
    }
}
