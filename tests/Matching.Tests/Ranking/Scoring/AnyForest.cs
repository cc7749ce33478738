using CsCheck;
using Matchmaking.Matching.Ranking.Scoring;

namespace Matchmaking.Matching.Tests.Ranking.Scoring;

/// <summary>Random forests with the offers and the request that go with them. Values and thresholds come from one small set, so they often meet.</summary>
internal sealed record AnyForest(Forest Forest, int Visitors, int Offers, int Pairs, float[] Visitor, float[][] OfferRows, float[][] PairRows)
{
    private static readonly float[] Values =
        [-2, -1, -.5f, 0, .1f, .25f, .5f, 1, 2, 7, float.NaN, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon];
    private static readonly float[] Thresholds = [.. Values.Where(v => !float.IsNaN(v))];

    public enum Shape { Bushy, Chain, Balanced }

    /// <param name="leaves">Most leaves of a tree.</param>
    public static Gen<AnyForest> Gen(int leaves, Shape? shape = null, int mostTrees = 24) =>
        from seed in CsCheck.Gen.Int[0, int.MaxValue - 1]
        from trees in CsCheck.Gen.Int[0, mostTrees]
        from visitors in CsCheck.Gen.Int[0, 6]
        from offers in CsCheck.Gen.Int[0, 6]
        from pairs in CsCheck.Gen.Int[4, 9]
        from count in CsCheck.Gen.Int[0, 150]
        select Make(new Random(seed), trees, leaves, shape, visitors, offers, pairs, count);

    public static AnyForest Make(Random random, int trees, int leaves, Shape? shape, int visitors, int offers, int pairs, int count)
    {
        var features = visitors + offers + pairs;
        return new AnyForest(
            new Forest(features, random.NextDouble() - .5, Each(trees, () => OneTree(random, random.Next(1, leaves + 1), shape, features))),
            visitors, offers, pairs, Row(random, visitors),
            [.. Enumerable.Range(0, count).Select(_ => Row(random, offers))],
            [.. Enumerable.Range(0, count).Select(_ => Row(random, pairs))]);
    }

    public static Tree OneTree(Random random, int leaves, Shape? shape, int features)
    {
        var kind = shape ?? (Shape)random.Next(3);
        var n = leaves - 1;
        var (left, right) = (new int[n], new int[n]);
        var open = new List<(int Node, bool Left)>();
        for (var node = 0; node < n; node++)
        {
            if (node > 0)
            {
                var pick = kind switch { Shape.Chain => open.Count - 1 - random.Next(2), Shape.Balanced => 0, _ => random.Next(open.Count) };
                Place(open[pick], node);
                open.RemoveAt(pick);
            }
            open.Add((node, true));
            open.Add((node, false));
        }
        for (var leaf = 0; leaf < open.Count; leaf++) Place(open[leaf], ~leaf);
        return new Tree(
            Each(n, () => random.Next(features)), Each(n, () => Thresholds[random.Next(Thresholds.Length)]), Each(n, () => random.Next(2) == 0),
            left, right, Each(leaves, () => random.NextDouble() * 2 - 1));

        void Place((int Node, bool Left) at, int child) => (at.Left ? left : right)[at.Node] = child;
    }

    /// <summary>The whole row of an offer, as it would be given to anybody else.</summary>
    public float[] Whole(int offer) => [.. Visitor, .. OfferRows[offer], .. PairRows[offer]];

    public OfferMasks Prepare(FactoredScorer scorer) => scorer.Prepare(OfferRows.Length, (i, into) => OfferRows[i].CopyTo(into));

    public PairColumns Columns()
    {
        var columns = new PairColumns(Pairs);
        columns.Reset(PairRows.Length);
        for (var i = 0; i < PairRows.Length; i++) columns.Set(i, PairRows[i]);
        return columns;
    }

    public float[] Score(ScorerPath path)
    {
        var scorer = new FactoredScorer(Forest, Visitors, Offers, path);
        var scores = new float[OfferRows.Length];
        scorer.Score(Prepare(scorer), Visitor, Columns(), scores);
        return scores;
    }

    private static float[] Row(Random random, int features) => Each(features, () => Values[random.Next(Values.Length)]);

    private static T[] Each<T>(int count, Func<T> make) => [.. Enumerable.Range(0, count).Select(_ => make())];
}
