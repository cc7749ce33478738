namespace Matchmaking.Matching.Scheduling;

/// <param name="Wish">Which of the visitor's wishes it is, from 1.</param>
internal sealed record PlannedMeeting(Guid Visitor, Guid Exhibitor, TimeSlice Time, int Table, int Wish);

/// <summary>A schedule that keeps every rule, and how good it is.</summary>
/// <param name="Reached">With kept meetings.</param>
/// <param name="Bound">No schedule is better than this.</param>
internal sealed record Schedule(IReadOnlyList<PlannedMeeting> Meetings, Fairness Reached, Fairness Bound, ScheduleFigures Figures)
{
    /// <summary>There is provably no better one.</summary>
    public bool IsBest => Reached.CompareTo(Bound) == 0;
}

/// <summary>What an organiser looks at before a schedule is published. Kept meetings count.</summary>
/// <param name="GotWish">At place k (from 0): how many visitors meet the stand of their wish k + 1.</param>
/// <param name="WithMeetings">At place k: how many visitors have k meetings.</param>
/// <param name="Without">Everybody who has none, and why.</param>
internal sealed record ScheduleFigures(IReadOnlyList<int> GotWish, IReadOnlyList<int> WithMeetings, IReadOnlyDictionary<Guid, NoMeeting> Without)
{
    public static ScheduleFigures Of(Board board, IReadOnlyList<Seat> seats)
    {
        var (task, meetings) = (board.Task, (int[])board.Held.Clone());
        var (stand, spot, wishes) = (new int[board.StandRoom.Length], new int[board.Spots.Length], new List<int>());
        foreach (var seat in seats)
        {
            var pair = board.Pairs[seat.Pair];
            meetings[pair.Visitor]++;
            stand[pair.Stand]++;
            spot[seat.Spot]++;
            wishes.Add(pair.Place);
        }
        var kept = task.Kept.ToLookup(k => k.Visitor, k => k.Exhibitor);
        foreach (var visitor in task.Visitors)
            wishes.AddRange(visitor.Wishes.DistinctBy(w => w.Exhibitor).Select((w, place) => (w.Exhibitor, place)).Where(w => kept[visitor.Id].Contains(w.Exhibitor)).Select(w => w.place));

        var open = board.Pairs.ToLookup(p => p.Visitor);
        var without = Enumerable.Range(0, meetings.Length).Where(v => meetings[v] == 0).ToDictionary(v => task.Visitors[v].Id, v =>
            open[v].Select(p => p.Spots.Any(s => spot[s] < board.Spots[s].Tables.Length) ? NoMeeting.MostReached : NoMeeting.StandsFull)
                .Concat(board.Ruled[v]).DefaultIfEmpty(NoMeeting.NoWish).Max());
        return new([.. Count(wishes)], [.. Count(meetings)], without);
    }

    /// <summary>At place k, how often k is there.</summary>
    private static int[] Count(IReadOnlyCollection<int> numbers)
    {
        var counts = new int[numbers.DefaultIfEmpty(-1).Max() + 1];
        foreach (var number in numbers) counts[number]++;
        return counts;
    }
}
