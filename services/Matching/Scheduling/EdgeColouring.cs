namespace Matchmaking.Matching.Scheduling;

/// <summary>
/// When meetings are, once it is clear who meets whom: each meeting gets one of so many times that neither side has twice. A bipartite graph can be
/// coloured with as many colours as its busiest corner has edges (König 1916); the way is that of his proof: where the one side is free at a and the
/// other at b only, the path of meetings that are in turn at a and b is swapped, after which both are free at a.
/// </summary>
internal static class EdgeColouring
{
    /// <param name="edges">Left and right corner of each, from 0. The same edge may be there twice.</param>
    /// <param name="colours">At least as many as any corner has edges.</param>
    /// <returns>The colour of each edge, from 0.</returns>
    public static int[] Of(IReadOnlyList<(int Left, int Right)> edges, int colours)
    {
        var colour = new int[edges.Count];
        var left = Corners(edges.Select(e => e.Left), colours);
        var right = Corners(edges.Select(e => e.Right), colours);
        for (var e = 0; e < edges.Count; e++)
        {
            var (l, r) = edges[e];
            var (a, b) = (FreeAt(left[l]), FreeAt(right[r]));
            if (right[r][a] >= 0) Swap(r, a, b);
            Set(e, a);
        }
        return colour;

        void Set(int edge, int at) => (colour[edge], left[edges[edge].Left][at], right[edges[edge].Right][at]) = (at, edge, edge);

        // The path from the right corner r, in turn at a and b. It cannot end at the left corner, which has nothing at a.
        void Swap(int r, int a, int b)
        {
            var path = new List<int>();
            var (edge, want, onRight) = (right[r][a], b, false);
            while (edge >= 0)
            {
                path.Add(edge);
                edge = onRight ? right[edges[edge].Right][want] : left[edges[edge].Left][want];
                (want, onRight) = (want == a ? b : a, !onRight);
            }
            foreach (var moved in path) (left[edges[moved].Left][colour[moved]], right[edges[moved].Right][colour[moved]]) = (-1, -1);
            foreach (var moved in path) Set(moved, colour[moved] == a ? b : a);
        }
    }

    private static int[][] Corners(IEnumerable<int> of, int colours) =>
        [.. Enumerable.Range(0, of.DefaultIfEmpty(-1).Max() + 1).Select(_ => Enumerable.Repeat(-1, colours).ToArray())];

    private static int FreeAt(int[] corner) => Array.IndexOf(corner, -1) is >= 0 and var free ? free : throw new ArgumentException("More edges at a corner than colours.");
}
