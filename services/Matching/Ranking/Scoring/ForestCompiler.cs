namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>Turns trees into masks: cuts them to 32 leaves, numbers the leaves from left to right, sorts the nodes by whose feature they ask.</summary>
internal sealed class ForestCompiler
{
    private readonly int _visitors, _offers;
    private readonly ScorerPath _path;
    private readonly List<double[]> _leaves = [];

    public ForestCompiler(Forest forest, int visitorFeatures, int offerFeatures, ScorerPath path)
    {
        (_visitors, _offers, _path, Offset) = (visitorFeatures, offerFeatures, path, forest.Base);
        var small = new List<Branch>();
        foreach (var tree in forest.Trees)
            if (!SmallTrees.TryCut(Branch.Of(tree), small)) Walked.Add(tree);

        var halves = 0.0;
        foreach (var tree in small)
        {
            var leaves = new List<double>(tree.Leaves);
            var nodes = new List<(Branch Node, int From, int Middle, int To)>();
            Number(tree, leaves, nodes);
            var (low, high) = (leaves.Min(), leaves.Max());
            var centre = low / 2 + high / 2;
            Offset += centre;
            if (low == high) continue; // a constant
            halves += high - centre;
            _leaves.Add([.. leaves.Select(x => x - centre)]);
            Add(nodes, leaves.Count);
        }
        // Room for each tree to be rounded up, so that no sum leaves 32 bits. The floor keeps a forest of almost nothing from a unit of zero.
        Unit = Math.Max(halves / (int.MaxValue - _leaves.Count), 1e-200);
    }

    public List<CompiledTree> Trees { get; } = [];
    public List<Node> VisitorNodes { get; } = [];
    public List<Node> OfferNodes { get; } = [];
    public List<Node> PairNodes { get; } = [];

    /// <summary>Too deep to be cut.</summary>
    public List<Tree> Walked { get; } = [];

    public double Offset { get; }
    public double Unit { get; }

    public AlignedArray<int> Leaves()
    {
        var table = new AlignedArray<int>(_leaves.Count * SmallTrees.Most);
        for (var t = 0; t < _leaves.Count; t++)
            for (var leaf = 0; leaf < _leaves[t].Length; leaf++)
                table.Span[t * SmallTrees.Most + _path.Slot(leaf)] = (int)Math.Round(_leaves[t][leaf] / Unit);
        return table;
    }

    private static void Number(Branch at, List<double> leaves, List<(Branch Node, int From, int Middle, int To)> nodes)
    {
        if (at.Left is null || at.Right is null)
        {
            leaves.Add(at.Value);
            return;
        }
        var (place, from) = (nodes.Count, leaves.Count);
        nodes.Add(default);
        Number(at.Left, leaves, nodes);
        var middle = leaves.Count;
        Number(at.Right, leaves, nodes);
        nodes[place] = (at, from, middle, leaves.Count);
    }

    private void Add(List<(Branch Node, int From, int Middle, int To)> nodes, int leaves)
    {
        foreach (var missingLeft in new[] { false, true })
        {
            foreach (var (node, from, middle, to) in nodes.Where(n => n.Node.MissingLeft == missingLeft))
            {
                var pair = node.Feature - _visitors - _offers;
                var (list, at) = pair >= 0 ? (PairNodes, pair * OfferMasks.Lanes)
                    : node.Feature >= _visitors ? (OfferNodes, (node.Feature - _visitors) * OfferMasks.Lanes)
                    : (VisitorNodes, node.Feature);
                list.Add(new Node(node.Threshold, at, ~Bits(from, middle), ~Bits(middle, to)));
            }
            if (!missingLeft) Trees.Add(new CompiledTree(Bits(0, leaves), VisitorNodes.Count, 0, OfferNodes.Count, 0, PairNodes.Count, 0));
            else Trees[^1] = Trees[^1] with { VisitorEnd = VisitorNodes.Count, OfferEnd = OfferNodes.Count, PairEnd = PairNodes.Count };
        }
    }

    private uint Bits(int from, int to)
    {
        var bits = 0u;
        for (var leaf = from; leaf < to; leaf++) bits |= _path.Bit(leaf);
        return bits;
    }
}
