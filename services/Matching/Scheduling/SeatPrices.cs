namespace Matchmaking.Matching.Scheduling;

/// <summary>
/// What a day loses if a stand has one seat less: its shadow price. Whoever sat there moves to another wish, where somebody else may have to move in turn,
/// or goes without; the price is the cheapest such way, sought in the best schedule without times (<see cref="PairFlow"/>). A stand that has seats left
/// costs nothing. Prices are in the three parts of <see cref="Fairness"/>, so nobody's first meeting is sold for anybody's worth.
/// </summary>
internal static class SeatPrices
{
    /// <returns>By stand.</returns>
    public static Fairness[] Of(Board board, Seat[] seats)
    {
        var stands = board.StandRoom.Length;
        var (free, meetings, met) = ((int[])board.StandRoom.Clone(), (int[])board.Held.Clone(), seats.Select(s => s.Pair).ToHashSet());
        var tables = new int[stands];
        foreach (var spot in board.Spots) tables[spot.Stand] += spot.Tables.Length;
        for (var s = 0; s < stands; s++) free[s] = Math.Min(free[s], tables[s]);
        foreach (var seat in seats)
        {
            free[board.Pairs[seat.Pair].Stand]--;
            meetings[board.Pairs[seat.Pair].Visitor]++;
        }
        var wishes = Enumerable.Range(0, board.Pairs.Length).Where(p => !met.Contains(p)).ToLookup(p => board.Pairs[p].Visitor, p => board.Pairs[p]);

        var price = new Fairness[stands];
        var moves = new Dictionary<(int From, int To), long>();
        for (var s = 0; s < stands; s++) price[s] = free[s] > 0 ? default : new(long.MaxValue, 0, 0);
        foreach (var pair in seats.Select(s => board.Pairs[s.Pair]).Where(p => free[p.Stand] <= 0))
        {
            var goes = Fairness.OfRound(meetings[pair.Visitor] - 1) + new Fairness(0, 0, pair.Worth);
            if (goes.CompareTo(price[pair.Stand]) < 0) price[pair.Stand] = goes;
            foreach (var other in wishes[pair.Visitor])
                moves[(pair.Stand, other.Stand)] = Math.Min(pair.Worth - other.Worth, moves.GetValueOrDefault((pair.Stand, other.Stand), long.MaxValue));
        }
        // Shortest ways, as Bellman and Ford seek them: none leads in a circle that gains, or the schedule would not be the best.
        for (var (turn, changed) = (0, true); changed && turn < stands; turn++)
        {
            changed = false;
            foreach (var ((from, to), less) in moves)
            {
                if (price[to].First == long.MaxValue || (price[to] + new Fairness(0, 0, less)) is var way && way.CompareTo(price[from]) >= 0) continue;
                (price[from], changed) = (way, true);
            }
        }
        // Nobody sits there because nobody may: as good as free, for nobody can ask for it.
        return [.. price.Select(p => p.First == long.MaxValue ? default : p)];
    }
}
