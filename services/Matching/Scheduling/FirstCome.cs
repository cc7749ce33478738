namespace Matchmaking.Matching.Scheduling;

/// <summary>
/// What happens without a schedule: whoever comes first takes the dearest stands that have a seat, each at the first time that suits. What schedules and
/// other ways of giving seats are measured by.
/// </summary>
internal static class FirstCome
{
    /// <param name="board">Its visitors come in their order.</param>
    public static Seat[] Of(Board board)
    {
        var (seats, spot, stand) = (new List<Seat>(), new int[board.Spots.Length], new int[board.StandRoom.Length]);
        foreach (var mine in board.Pairs.Index().GroupBy(p => p.Item.Visitor).OrderBy(g => g.Key))
        {
            var busy = new List<TimeSlice>();
            foreach (var (number, pair) in mine.OrderBy(p => p.Item.Place))
            {
                if (busy.Count >= board.Room[pair.Visitor]) break;
                if (stand[pair.Stand] >= board.StandRoom[pair.Stand]) continue;
                int[] open = [.. pair.Spots.Where(s => spot[s] < board.Spots[s].Tables.Length && !busy.Exists(board.Spots[s].Time.Overlaps))];
                if (open.Length == 0) continue;
                var taken = open.MinBy(s => board.Spots[s].Time.Start);
                seats.Add(new Seat(number, taken));
                busy.Add(board.Spots[taken].Time);
                spot[taken]++;
                stand[pair.Stand]++;
            }
        }
        return [.. seats];
    }
}
