using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>
/// A <see cref="Forest"/> compiled for ranking one visitor's offers: QuickScorer (Lucchese et al., SIGIR 2015), factored by who a feature
/// belongs to. A tree is a word with a bit for each leaf; a node clears the bits of the side that its condition rules out, and the leftmost bit
/// that stays is the exit leaf. Since the order of clearing does not matter, the offers' nodes are done once for a catalogue
/// (<see cref="Prepare"/>), the visitor's once for a request, and only the nodes on pair features are left for each pair - of which those that
/// this visitor cannot reach are dropped first.
/// <para>
/// Leaves are whole numbers of one unit for the whole forest (trees are centred first), so a sum is exact and the same on every machine. The unit
/// is (sum of the trees' half ranges) / 2^31; a score is off by at most half a unit per tree, some 1e-7 for 100 trees with leaves within ±1.
/// </para>
/// Immutable and safe for any number of threads. Scoring allocates nothing once its buffers are in the shared pool.
/// </summary>
internal sealed class FactoredScorer
{
    private readonly int _visitors, _offers;
    private readonly double _offset, _unit;
    private readonly CompiledTree[] _trees;
    private readonly Node[] _visitorNodes, _offerNodes, _pairNodes;
    private readonly AlignedArray<int> _leaves;
    private readonly Tree[] _walked;

    /// <param name="visitorFeatures">The first so many features are the visitor's,</param>
    /// <param name="offerFeatures">the next so many the offer's, and the rest the pair's.</param>
    /// <param name="path">null: the best that this processor has.</param>
    public FactoredScorer(Forest forest, int visitorFeatures, int offerFeatures, ScorerPath? path = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(visitorFeatures);
        ArgumentOutOfRangeException.ThrowIfNegative(offerFeatures);
        ArgumentOutOfRangeException.ThrowIfLessThan(forest.FeatureCount, visitorFeatures + offerFeatures);
        Path = path ?? ScorerPaths.Best;
        if (!ScorerPaths.IsSupported(Path)) throw new PlatformNotSupportedException($"This processor has no {Path}.");
        (_visitors, _offers, PairFeatures) = (visitorFeatures, offerFeatures, forest.FeatureCount - visitorFeatures - offerFeatures);

        var compiler = new ForestCompiler(forest, visitorFeatures, offerFeatures, Path);
        (_trees, _visitorNodes, _offerNodes, _pairNodes, _leaves) =
            ([.. compiler.Trees], [.. compiler.VisitorNodes], [.. compiler.OfferNodes], [.. compiler.PairNodes], compiler.Leaves());
        (_offset, _unit, _walked) = (compiler.Offset, compiler.Unit, [.. compiler.Walked]);
    }

    public ScorerPath Path { get; }
    public int PairFeatures { get; }

    /// <summary>Nodes by whose feature they ask; for those who want to know where the time goes.</summary>
    public (int Visitor, int Offer, int Pair) Nodes => (_visitorNodes.Length, _offerNodes.Length, _pairNodes.Length);

    /// <summary>Trees after cutting those with more than 32 leaves, and those that are too deep to be cut and walked down instead.</summary>
    public (int Compiled, int Walked) Trees => (_trees.Length, _walked.Length);

    /// <summary>Does the offers' part of the work, once for a catalogue; keeps 4 bytes a tree for each offer.</summary>
    /// <param name="fill">Writes the features of one offer into the span; NaN: missing.</param>
    public OfferMasks Prepare(int offers, Action<int, Span<float>> fill)
    {
        var prepared = new OfferMasks(this, offers, _trees.Length, keep: _walked.Length > 0 ? _offers : 0);
        var row = new float[_offers];
        var columns = new PairColumns(_offers);
        columns.Reset(OfferMasks.Lanes);
        for (var from = 0; from < offers; from += OfferMasks.Lanes)
        {
            for (var offer = from; offer < Math.Min(offers, from + OfferMasks.Lanes); offer++)
            {
                fill(offer, row);
                columns.Set(offer - from, row);
                prepared.KeepRow(offer, row);
            }
            var masks = prepared.Writable(from);
            var first = 0;
            foreach (ref readonly var tree in _trees.AsSpan())
            {
                masks[..OfferMasks.Lanes].Fill(tree.AllLeaves);
                PortableKernel.Narrow(masks[..OfferMasks.Lanes], _offerNodes.AsSpan(first..tree.OfferEnd), tree.OfferMiddle - first, columns.Block(0));
                first = tree.OfferEnd;
                masks = masks[OfferMasks.Lanes..];
            }
        }
        return prepared;
    }

    /// <summary>Scores all offers for one visitor.</summary>
    /// <param name="offers">From <see cref="Prepare"/> of this very scorer.</param>
    /// <param name="visitor">The visitor's features; NaN: missing.</param>
    /// <param name="pairs">The pair's features of as many offers.</param>
    /// <param name="scores">As many scores, by index of the offer.</param>
    public void Score(OfferMasks offers, ReadOnlySpan<float> visitor, PairColumns pairs, Span<float> scores)
    {
        if (offers.Scorer != this) throw new ArgumentException("These offers were prepared for another forest.", nameof(offers));
        ArgumentOutOfRangeException.ThrowIfNotEqual(visitor.Length, _visitors, nameof(visitor));
        ArgumentOutOfRangeException.ThrowIfNotEqual(pairs.Features, PairFeatures, nameof(pairs));
        ArgumentOutOfRangeException.ThrowIfNotEqual(pairs.Offers, offers.Count, nameof(pairs));
        ArgumentOutOfRangeException.ThrowIfLessThan(scores.Length, offers.Count, nameof(scores));

        var trees = ArrayPool<LiveTree>.Shared.Rent(_trees.Length);
        var nodes = ArrayPool<Node>.Shared.Rent(_pairNodes.Length);
        var (count, constant) = Visit(visitor, trees, nodes);
        var live = trees.AsSpan(0, count);
        Span<int> sums = stackalloc int[OfferMasks.Lanes];
        for (var from = 0; from < offers.Count; from += OfferMasks.Lanes)
        {
            var masks = offers.Block(from);
            var columns = pairs.Block(from);
            switch (Path)
            {
                case ScorerPath.Avx512: Avx512Kernel.Sum(live, nodes, masks, columns, _leaves.Span, sums); break;
                case ScorerPath.Avx2: Avx2Kernel.Sum(live, nodes, masks, columns, _leaves.Span, sums); break;
                default: PortableKernel.Sum(live, nodes, masks, columns, _leaves.Span, sums); break;
            }
            var into = scores[from..Math.Min(offers.Count, from + OfferMasks.Lanes)];
            for (var i = 0; i < into.Length; i++) into[i] = (float)(_offset + _unit * (constant + (long)sums[i]));
        }
        ArrayPool<LiveTree>.Shared.Return(trees);
        ArrayPool<Node>.Shared.Return(nodes);
        if (_walked.Length > 0) Walk(offers, visitor, pairs, scores);
    }

    /// <summary>
    /// The visitor's part: which leaves are left in each tree, and which pair nodes still decide between them. A tree with one leaf left is a
    /// constant for this visitor.
    /// </summary>
    private (int Trees, long Constant) Visit(ReadOnlySpan<float> visitor, Span<LiveTree> trees, Span<Node> nodes)
    {
        int visited = 0, pair = 0, live = 0, end = 0;
        var constant = 0L;
        for (var t = 0; t < _trees.Length; t++)
        {
            ref readonly var tree = ref _trees[t];
            var reach = Narrow(_visitorNodes, ref visited, tree.VisitorMiddle, tree.VisitorEnd, visitor, tree.AllLeaves);
            if ((reach & reach - 1) == 0)
            {
                constant += _leaves.Span[t * SmallTrees.Most + Path.Slot(Path == ScorerPath.Avx512
                    ? BitOperations.LeadingZeroCount(reach)
                    : BitOperations.TrailingZeroCount(reach))];
                pair = tree.PairEnd;
                continue;
            }
            var middle = Keep(_pairNodes, ref pair, tree.PairMiddle, reach, nodes, end);
            end = Keep(_pairNodes, ref pair, tree.PairEnd, reach, nodes, middle);
            trees[live++] = new LiveTree(t * OfferMasks.Lanes, t * SmallTrees.Most, reach, middle, end);
        }
        return (live, constant);
    }

    // Both of the following have no branch on what is compared: it goes either way, and each wrong guess costs as much as ten nodes.

    private static int Keep(Node[] all, ref int at, int until, uint reach, Span<Node> into, int count)
    {
        for (; at < until; at++)
        {
            ref readonly var node = ref all[at];
            into[count] = node;
            count += One((~node.IfRight & reach) != 0);
        }
        return count;
    }

    /// <summary>Clears what the nodes of one tree rule out, on either side of each.</summary>
    private static uint Narrow(Node[] nodes, ref int at, int middle, int end, ReadOnlySpan<float> row, uint leaves)
    {
        for (; at < middle; at++)
        {
            ref readonly var node = ref nodes[at];
            leaves &= node.IfRight ^ (node.IfRight ^ node.IfLeft) & (uint)-One(row[node.At] <= node.Threshold);
        }
        for (; at < end; at++)
        {
            ref readonly var node = ref nodes[at];
            leaves &= node.IfLeft ^ (node.IfRight ^ node.IfLeft) & (uint)-One(row[node.At] > node.Threshold);
        }
        return leaves;
    }

    private static int One(bool value) => Unsafe.BitCast<bool, byte>(value);

    private void Walk(OfferMasks offers, ReadOnlySpan<float> visitor, PairColumns pairs, Span<float> scores)
    {
        var row = ArrayPool<float>.Shared.Rent(_visitors + _offers + PairFeatures);
        visitor.CopyTo(row);
        for (var offer = 0; offer < offers.Count; offer++)
        {
            offers.Row(offer).CopyTo(row.AsSpan(_visitors));
            for (var f = 0; f < PairFeatures; f++) row[_visitors + _offers + f] = pairs[offer, f];
            double sum = scores[offer];
            foreach (var tree in _walked) sum += tree.Leaves[tree.LeafOf(row)];
            scores[offer] = (float)sum;
        }
        ArrayPool<float>.Shared.Return(row);
    }
}

/// <summary>Nodes of a tree come with those that send a missing value to the right first, up to the middle; then those that send it left.</summary>
internal readonly record struct CompiledTree(
    uint AllLeaves, int VisitorMiddle, int VisitorEnd, int OfferMiddle, int OfferEnd, int PairMiddle, int PairEnd);

/// <param name="At">Position of the visitor's feature; for the others, of the feature's column in a block.</param>
/// <param name="IfRight">The leaves that stay where the value is greater: all but those on the left.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Node(float Threshold, int At, uint IfRight, uint IfLeft);

/// <summary>A tree that has something left to decide for this visitor.</summary>
/// <param name="Masks">Where its masks begin in a block.</param>
/// <param name="Leaves">Where its table of leaves begins.</param>
/// <param name="Reach">Leaves that the visitor leaves open.</param>
/// <param name="Middle">Its nodes, from the end of the tree before, that send a missing value right.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct LiveTree(int Masks, int Leaves, uint Reach, int Middle, int End);
