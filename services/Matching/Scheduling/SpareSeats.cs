namespace Matchmaking.Matching.Scheduling;

/// <summary>Nobody goes without while a seat they wish for stays empty: free seats go to whoever has fewest meetings, at the wish worth most.</summary>
internal static class SpareSeats
{
    public static Seat[] Fill(Board board, IReadOnlyCollection<Seat> seats)
    {
        var all = seats.ToList();
        var (met, spot, stand) = (seats.Select(s => s.Pair).ToHashSet(), new int[board.Spots.Length], new int[board.StandRoom.Length]);
        var mine = seats.ToLookup(s => board.Pairs[s.Pair].Visitor, s => board.Spots[s.Spot].Time);
        var busy = board.Held.Select((_, v) => mine[v].ToList()).ToArray();
        foreach (var seat in seats)
        {
            spot[seat.Spot]++;
            stand[board.Pairs[seat.Pair].Stand]++;
        }
        var hoping = new PriorityQueue<int, (int Meetings, int Worth)>();
        for (var p = 0; p < board.Pairs.Length; p++) if (!met.Contains(p)) Hope(p);
        while (hoping.TryDequeue(out var p, out var then))
        {
            var (pair, meetings) = (board.Pairs[p], Meetings(p));
            if (meetings - board.Held[pair.Visitor] >= board.Room[pair.Visitor] || stand[pair.Stand] >= board.StandRoom[pair.Stand]) continue;
            if (meetings > then.Meetings) Hope(p);
            else if (pair.Spots.Where(s => spot[s] < board.Spots[s].Tables.Length && !busy[pair.Visitor].Exists(board.Spots[s].Time.Overlaps)).Select(s => (int?)s).FirstOrDefault() is { } free)
            {
                all.Add(new Seat(p, free));
                busy[pair.Visitor].Add(board.Spots[free].Time);
                spot[free]++;
                stand[pair.Stand]++;
            }
        }
        return [.. all];

        void Hope(int pair) => hoping.Enqueue(pair, (Meetings(pair), -board.Pairs[pair].Worth));
        int Meetings(int pair) => board.Held[board.Pairs[pair].Visitor] + busy[board.Pairs[pair].Visitor].Count;
    }
}
