using Google.OrTools.Graph;

namespace Matchmaking.Matching.Scheduling;

/// <summary>Where a pair meets: at one of its spots, or for a flow without times any of one group, of which this is one.</summary>
internal readonly record struct Seat(int Pair, int Spot);

/// <summary>
/// Who meets whom as a flow of least cost: from each visitor by rounds (the first costs least, see <see cref="RoundWeights"/>) over their pairs, one
/// meeting each, to what the stand has, which is a group of tables over the whole day or one spot; and from there through the stand's most.
/// <para>By groups it is exact for a board with <see cref="Board.AnyTime"/>. By spots it asks everything but that nobody is in two places at once, so its
/// sum is a bound for every schedule, and mostly close to the best.</para>
/// </summary>
internal static class PairFlow
{
    /// <param name="without">Pairs that are not to meet. What is returned as the total is no bound then.</param>
    public static (Seat[] Seats, Fairness Total) Solve(Board board, bool bySpot, IReadOnlySet<int>? without = null)
    {
        var (weights, visitors, stands) = (board.Weights, board.Held.Length, board.StandRoom.Length);
        var rows = bySpot ? board.Spots.Length : board.Groups;
        var (source, sink, firstPair) = (0, 1, 2 + visitors + rows + stands);
        int Visitor(int v) => 2 + v;
        int Row(int r) => 2 + visitors + r;
        int Stand(int s) => 2 + visitors + rows + s;
        using var flow = new MinCostFlow();
        void Arc(int from, int to, long most, long gain) => flow.AddArcWithCapacityAndUnitCost(from, to, most, -gain);

        var (rowMost, rowStand) = (new long[rows], new int[rows]);
        for (var s = 0; s < board.Spots.Length; s++)
        {
            var row = bySpot ? s : board.Spots[s].Group;
            (rowMost[row], rowStand[row]) = (rowMost[row] + board.Spots[s].Tables.Length, board.Spots[s].Stand);
        }
        for (var r = 0; r < rows; r++) if (rowMost[r] > 0) Arc(Row(r), Stand(rowStand[r]), rowMost[r], 0);
        for (var s = 0; s < stands; s++) if (board.StandRoom[s] > 0) Arc(Stand(s), sink, board.StandRoom[s], 0);

        var supply = 0L;
        for (var v = 0; v < visitors; v++)
        {
            var (held, room) = (board.Held[v], board.Room[v]);
            for (var round = held; round < Math.Min(held + room, 2); round++) Arc(source, Visitor(v), 1, weights.Of(round));
            if (held + room > 2) Arc(source, Visitor(v), Math.Min(room, held + room - 2), 0);
            supply += room;
        }

        var ends = new List<(int Arc, Seat Seat)>();
        for (var p = 0; p < board.Pairs.Length; p++)
        {
            if (without?.Contains(p) == true) continue;
            var pair = board.Pairs[p];
            var spots = bySpot ? pair.Spots : [.. pair.Spots.DistinctBy(s => board.Spots[s].Group)];
            var from = spots.Length == 1 ? Visitor(pair.Visitor) : firstPair++;
            if (spots.Length > 1) Arc(Visitor(pair.Visitor), from, 1, pair.Worth);
            foreach (var spot in spots)
                ends.Add((flow.AddArcWithCapacityAndUnitCost(from, Row(bySpot ? spot : board.Spots[spot].Group), 1, spots.Length == 1 ? -pair.Worth : 0), new Seat(p, spot)));
        }
        Arc(source, sink, supply, 0);
        flow.SetNodeSupply(source, supply);
        flow.SetNodeSupply(sink, -supply);
        var status = flow.Solve();
        if (status != MinCostFlowBase.Status.OPTIMAL) throw new InvalidOperationException($"The flow ended with {status}.");
        return ([.. ends.Where(e => flow.Flow(e.Arc) > 0).Select(e => e.Seat)], board.Before + weights.Split(-flow.OptimalCost()));
    }
}
