using System.Numerics;
using System.Runtime.InteropServices;

namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>One block with what every processor has: masks by <see cref="Vector{T}"/> of whatever length, leaves one at a time.</summary>
internal static class PortableKernel
{
    public static void Sum(
        ReadOnlySpan<LiveTree> trees, ReadOnlySpan<Node> nodes, ReadOnlySpan<uint> masks, ReadOnlySpan<float> pairs, ReadOnlySpan<int> leaves,
        Span<int> sums)
    {
        Span<uint> open = stackalloc uint[OfferMasks.Lanes];
        sums.Clear();
        var first = 0;
        foreach (ref readonly var tree in trees)
        {
            masks.Slice(tree.Masks, OfferMasks.Lanes).CopyTo(open);
            var words = MemoryMarshal.Cast<uint, Vector<uint>>(open);
            var reach = new Vector<uint>(tree.Reach);
            for (var i = 0; i < words.Length; i++) words[i] &= reach;
            Narrow(open, nodes[first..tree.End], tree.Middle - first, pairs);
            first = tree.End;
            var table = leaves.Slice(tree.Leaves, SmallTrees.Most);
            for (var i = 0; i < sums.Length; i++) sums[i] += table[BitOperations.TrailingZeroCount(open[i]) & 31];
        }
    }

    /// <summary>Clears what nodes rule out on their left, where the value is greater.</summary>
    /// <param name="middle">From here on, the nodes send a missing value left.</param>
    public static void Narrow(Span<uint> open, ReadOnlySpan<Node> nodes, int middle, ReadOnlySpan<float> columns)
    {
        var words = MemoryMarshal.Cast<uint, Vector<uint>>(open);
        for (var n = 0; n < nodes.Length; n++)
        {
            ref readonly var node = ref nodes[n];
            var column = MemoryMarshal.Cast<float, Vector<float>>(columns.Slice(node.At, OfferMasks.Lanes));
            var (threshold, keep) = (new Vector<float>(node.Threshold), new Vector<uint>(node.IfRight));
            if (n < middle)
                for (var i = 0; i < words.Length; i++) words[i] &= keep | Vector.AsVectorUInt32(Vector.LessThanOrEqual(column[i], threshold));
            else
                for (var i = 0; i < words.Length; i++) words[i] &= keep | ~Vector.AsVectorUInt32(Vector.GreaterThan(column[i], threshold));
        }
    }
}
