using Matchmaking.Matching.Scheduling;

namespace Matchmaking.Matching.Tests.Scheduling;

/// <summary>The rules once more, written from the task alone: what a schedule may hold, and the best of all that there are, by trying each.</summary>
internal sealed class EverySchedule(ScheduleTask task)
{
    /// <returns>Each rule that is broken, by meeting.</returns>
    public static IEnumerable<string> Broken(ScheduleTask task, IReadOnlyList<PlannedMeeting> meetings)
    {
        var every = new EverySchedule(task);
        for (var m = 0; m < meetings.Count; m++)
            foreach (var rule in every.Against(meetings[m], [.. meetings.Where((_, other) => other != m)])) yield return $"{rule}: {meetings[m]}";
    }

    public static Fairness Best(ScheduleTask task)
    {
        var every = new EverySchedule(task);
        PlannedMeeting[][] choices = [.. task.Visitors.SelectMany(v => v.Wishes.Select((w, place) => every.Seats(v, w, place).ToArray()))];
        return every.Best(choices, 0, []);
    }

    public Fairness Worth(IReadOnlyCollection<PlannedMeeting> meetings)
    {
        int[] counts = [.. task.Visitors.Select(v => meetings.Count(m => m.Visitor == v.Id) + task.Kept.Count(k => k.Visitor == v.Id))];
        return new(counts.Count(c => c > 0), counts.Count(c => c > 1), meetings.Sum(m => (long)Fairness.WorthOf(
            task.Visitors.Single(v => v.Id == m.Visitor).Wishes[m.Wish - 1].Chance, m.Wish - 1)));
    }

    private IEnumerable<PlannedMeeting> Seats(WishingVisitor visitor, Wish wish, int place) =>
        from stand in task.Stands
        where stand.Id == wish.Exhibitor
        from slot in stand.Slots
        from table in stand.Tables
        select new PlannedMeeting(visitor.Id, stand.Id, slot, table.No, place + 1);

    private Fairness Best(PlannedMeeting[][] choices, int next, List<PlannedMeeting> chosen)
    {
        if (next == choices.Length) return Worth(chosen);
        var best = Best(choices, next + 1, chosen);
        foreach (var seat in choices[next])
        {
            if (Against(seat, chosen).Any()) continue;
            chosen.Add(seat);
            if (Best(choices, next + 1, chosen) is var with && with.CompareTo(best) > 0) best = with;
            chosen.RemoveAt(chosen.Count - 1);
        }
        return best;
    }

    private IEnumerable<string> Against(PlannedMeeting m, IReadOnlyCollection<PlannedMeeting> others)
    {
        var (visitor, stand) = (task.Visitors.Single(v => v.Id == m.Visitor), task.Stands.Single(s => s.Id == m.Exhibitor));
        var table = stand.Tables.Single(t => t.No == m.Table);
        var kept = task.Kept;
        bool Then(TimeSlice t) => t.Start < m.Time.End && m.Time.Start < t.End;
        if (visitor.Wishes[m.Wish - 1].Exhibitor != m.Exhibitor) yield return "not wished for";
        if (!stand.Slots.Contains(m.Time)) yield return "no slot";
        if (stand.Breaks.Any(Then)) yield return "break";
        if (visitor.Free.Count > 0 && !visitor.Free.Any(f => f.Start <= m.Time.Start && m.Time.End <= f.End)) yield return "not free";
        if (visitor.Languages.Count > 0 && table.Languages.Count > 0 && !visitor.Languages.Intersect(table.Languages).Any()) yield return "no language";
        if (others.Any(o => o.Exhibitor == m.Exhibitor && o.Table == m.Table && Then(o.Time))
            || kept.Any(k => k.Exhibitor == m.Exhibitor && k.Table == m.Table && Then(k.Time))) yield return "table twice at once";
        if (others.Any(o => o.Visitor == m.Visitor && Then(o.Time)) || kept.Any(k => k.Visitor == m.Visitor && Then(k.Time))) yield return "visitor twice at once";
        if (others.Any(o => o.Visitor == m.Visitor && o.Exhibitor == m.Exhibitor) || kept.Any(k => k.Visitor == m.Visitor && k.Exhibitor == m.Exhibitor)) yield return "same two again";
        if (1 + others.Count(o => o.Visitor == m.Visitor) + kept.Count(k => k.Visitor == m.Visitor) > task.Most.PerVisitor) yield return "visitor has too many";
        if (1 + others.Count(o => o.Exhibitor == m.Exhibitor) + kept.Count(k => k.Exhibitor == m.Exhibitor) > Math.Min(task.Most.PerExhibitor, stand.Most ?? int.MaxValue)) yield return "stand has too many";
    }
}
