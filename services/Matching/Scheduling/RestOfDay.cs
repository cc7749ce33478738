namespace Matchmaking.Matching.Scheduling;

/// <summary>
/// The rest of a day as it is expected at one moment: what each stand's seats are worth to those who may still come, and which times they need most.
/// Who may come are the people of the forecast and those who came; how many of them wish for which stand is learned from those who came.
/// </summary>
internal sealed class RestOfDay
{
    /// <summary>How often prices and what people would have elsewhere, which follow from each other, are computed in turn; at the first look prices are a guess.</summary>
    private const int Turns = 2, FirstTurns = 10;

    private readonly SeatValues[] _values;
    private readonly double[] _share;
    private readonly Dictionary<(int Stand, DateTimeOffset Start), double> _needed = [];

    /// <param name="board">Of all who may come, with what is given by now.</param>
    /// <param name="share">By stand: the share of those still to come who will wish for it and can come.</param>
    /// <param name="coming">How many are still to come.</param>
    /// <param name="before">The look before this one.</param>
    public RestOfDay(Board board, double[] share, int coming, ArrivalOptions options, RestOfDay? before)
    {
        (_share, Left) = (share, SeatsLeft(board));
        var (stands, pairs, open) = (Left.Length, board.Pairs, new int[Left.Length]);
        foreach (var spot in board.Spots) open[spot.Stand] += spot.Tables.Length;
        var suits = Array.ConvertAll(pairs, p => p.Spots.Sum(s => board.Spots[s].Tables.Length));
        var (ofStand, gains) = (Enumerable.Range(0, pairs.Length).ToLookup(p => pairs[p].Stand), new double[pairs.Length]);
        var prices = Enumerable.Range(0, stands).Select(s => before?.Price(s, coming, Left[s]) ?? options.First + Fairness.MostWorth / 2).ToArray();
        _values = new SeatValues[stands];
        for (var turn = 0; turn < (before is null ? FirstTurns : Turns); turn++)
        {
            Gains(board, prices, options, gains);
            for (var s = 0; s < stands; s++)
            {
                _values[s] = new SeatValues([.. ofStand[s].Select(p => (gains[p], suits[p]))], open[s], Left[s], share[s] * coming);
                // Halfway, or two stands that can replace each other would take turns at being the dearer one.
                prices[s] = (prices[s] + Price(s, coming, Left[s])) / 2;
            }
        }
        for (var p = 0; p < pairs.Length; p++)
        {
            if (gains[p] <= prices[pairs[p].Stand]) continue;
            foreach (var s in pairs[p].Spots) _needed[(pairs[p].Stand, board.Spots[s].Time.Start)] = _needed.GetValueOrDefault((pairs[p].Stand, board.Spots[s].Time.Start)) + 1.0 / suits[p];
        }
    }

    /// <summary>By stand: how many seats can still be given.</summary>
    public int[] Left { get; }

    public double Price(int stand, int coming, int left) => _values[stand].Price(_share[stand] * coming, left);

    /// <summary>How many of those who would get a seat at this stand would come just at this time, for each table; who could come at other times counts less.</summary>
    public double Need(int stand, Spot at) => _needed.GetValueOrDefault((stand, at.Time.Start)) / at.Tables.Length;

    public static int[] SeatsLeft(Board board)
    {
        var left = new int[board.StandRoom.Length];
        foreach (var spot in board.Spots) left[spot.Stand] += spot.Tables.Length;
        for (var s = 0; s < left.Length; s++) left[s] = Math.Min(left[s], board.StandRoom[s]);
        return left;
    }

    /// <summary>For each pair what the visitor gains if they have a seat at this stand for nothing, beside what they would buy elsewhere at these prices.</summary>
    private static void Gains(Board board, double[] prices, ArrivalOptions options, double[] gains)
    {
        for (var (from, to) = (0, 0); from < board.Pairs.Length; from = to)
        {
            var visitor = board.Pairs[from].Visitor;
            while (to < board.Pairs.Length && board.Pairs[to].Visitor == visitor) to++;
            var (held, room) = (board.Held[visitor], Math.Max(1, board.Room[visitor]));
            var bids = new double[to - from];
            for (var p = from; p < to; p++) bids[p - from] = prices[board.Pairs[p].Stand] - board.Pairs[p].Worth; // ascending: the best bargain first
            var order = Enumerable.Range(from, to - from).ToArray();
            Array.Sort(bids, order);
            for (var at = 0; at < order.Length; at++)
                gains[order[at]] = Bundle(order, at, board.Pairs[order[at]].Worth) - Bundle(order, at, null);

            // The best that the visitor can have of the others, and of this one at that worth, if any.
            double Bundle(int[] pairs, int without, double? free)
            {
                var (sum, next) = (0.0, 0);
                for (var round = held; round < held + room; round++)
                {
                    if (next == without) next++;
                    var bargain = next < pairs.Length ? -bids[next] : double.NegativeInfinity;
                    if (free is { } worth && worth >= bargain) (bargain, free) = (worth, null);
                    else next++;
                    if (options.OfRound(round) + bargain <= 0) break;
                    sum += options.OfRound(round) + bargain;
                }
                return sum;
            }
        }
    }
}
