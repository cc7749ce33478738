using Matchmaking.Matching.Scheduling;

namespace Matchmaking.Benchmarks.Schedule;

/// <summary>What happens without a schedule: whoever comes first takes the dearest stands that have a seat at the first time that suits. What other ways are measured by.</summary>
internal static class FirstCome
{
    public static IReadOnlyList<PlannedMeeting> Of(ScheduleTask day)
    {
        var (meetings, taken) = (new List<PlannedMeeting>(), day.Kept.ToList());
        foreach (var visitor in day.Visitors)
        {
            var board = Board.Of(day with { Visitors = [visitor], Kept = taken });
            var seats = new List<Seat>();
            for (var p = 0; p < board.Pairs.Length && seats.Count < board.Room[0]; p++)
            {
                int[] open = [.. board.Pairs[p].Spots.Where(s => !seats.Exists(o => board.Spots[o.Spot].Time.Overlaps(board.Spots[s].Time)))];
                if (open.Length > 0) seats.Add(new Seat(p, open.MinBy(s => board.Spots[s].Time.Start)));
            }
            foreach (var m in seats.SelectMany(s => board.AtTables([s])))
            {
                meetings.Add(m);
                taken.Add(new KeptMeeting(m.Visitor, m.Exhibitor, m.Time, m.Table));
            }
        }
        return meetings;
    }
}
