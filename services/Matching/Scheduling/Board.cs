using Matchmaking.Matching.Meetings;

namespace Matchmaking.Matching.Scheduling;

/// <summary>Tables of one stand at one time at which the same languages are spoken: whoever can sit at one can sit at all.</summary>
/// <param name="Group">The same tables at any time, from 0 over all stands.</param>
/// <param name="Tables">Those that are not taken by a kept meeting.</param>
internal sealed record Spot(int Stand, TimeSlice Time, int Group, int[] Tables);

/// <summary>A visitor and a stand they wish for, with all spots at which the two can meet; never none.</summary>
/// <param name="Place">Of the wish, from 0.</param>
/// <param name="Spots">Ascending.</param>
internal sealed record Pair(int Visitor, int Stand, int Place, int Worth, int[] Spots);

/// <summary>
/// A task by numbers, without all that cannot be: pairs without a common time or language, spots that kept meetings take, visitors and stands that have
/// their most. The solvers see nothing else.
/// </summary>
internal sealed class Board
{
    public required ScheduleTask Task { get; init; }
    public required Spot[] Spots { get; init; }
    public required Pair[] Pairs { get; init; }

    /// <summary>By visitor: what is kept of before, and how many can still come, by what is allowed and by their own time.</summary>
    public required int[] Held { get; init; }
    public required int[] Room { get; init; }

    /// <summary>By stand.</summary>
    public required int[] StandRoom { get; init; }

    /// <summary>By visitor: why each wish that is in no pair cannot be.</summary>
    public required IReadOnlyList<NoMeeting>[] Ruled { get; init; }

    public required int Groups { get; init; }

    /// <summary>Everybody can come whenever their stands have time, and all stands have the same times: then who meets whom can be decided without the when.</summary>
    public bool AnyTime => _anyTime ??= IsAnyTime();

    private bool? _anyTime;

    public RoundWeights Weights => RoundWeights.For(Held.Length, Math.Min(Room.Sum(r => (long)r), Spots.Sum(s => (long)s.Tables.Length)));

    /// <summary>What is reached by kept meetings alone.</summary>
    public Fairness Before => new(Held.Count(h => h >= 1), Held.Count(h => h >= 2), 0);

    public Fairness Reached(IReadOnlyCollection<Seat> seats)
    {
        var meetings = (int[])Held.Clone();
        foreach (var seat in seats) meetings[Pairs[seat.Pair].Visitor]++;
        return new(meetings.Count(m => m >= 1), meetings.Count(m => m >= 2), seats.Sum(s => (long)Pairs[s.Pair].Worth));
    }

    /// <summary>Each meeting at a table of its own.</summary>
    public IReadOnlyList<PlannedMeeting> AtTables(IEnumerable<Seat> seats) =>
        [.. seats.GroupBy(s => s.Spot).OrderBy(g => g.Key).SelectMany(at => at.Select((seat, n) =>
        {
            var (pair, spot) = (Pairs[seat.Pair], Spots[seat.Spot]);
            return new PlannedMeeting(Task.Visitors[pair.Visitor].Id, Task.Stands[pair.Stand].Id, spot.Time, spot.Tables[n], pair.Place + 1);
        }))];

    public static Board Of(ScheduleTask task)
    {
        var stands = Numbered(task.Stands.Select(s => s.Id));
        var visitors = Numbered(task.Visitors.Select(v => v.Id));
        var (spots, languages) = SpotsOf(task, stands);
        var groups = new List<int[]>[stands.Count];
        foreach (var group in Enumerable.Range(0, spots.Count).GroupBy(s => spots[s].Group)) (groups[spots[group.First()].Stand] ??= []).Add([.. group]);
        var (held, standHeld) = (new int[visitors.Count], new int[stands.Count]);
        var kept = task.Kept.Where(k => visitors.ContainsKey(k.Visitor)).ToLookup(k => visitors[k.Visitor]);
        foreach (var meeting in task.Kept)
        {
            if (visitors.TryGetValue(meeting.Visitor, out var v)) held[v]++;
            if (stands.TryGetValue(meeting.Exhibitor, out var s)) standHeld[s]++;
        }
        int[] room = [.. held.Select(h => Math.Max(0, task.Most.PerVisitor - h))], standRoom = [.. standHeld.Zip(task.Stands, (h, s) => Math.Max(0, Math.Min(task.Most.PerExhibitor, s.Most ?? int.MaxValue) - h))];
        var (pairs, ruled) = (new List<Pair>(), new IReadOnlyList<NoMeeting>[visitors.Count]);
        for (var v = 0; v < task.Visitors.Count; v++)
        {
            var (visitor, ruledOut) = (task.Visitors[v], new List<NoMeeting>());
            var busy = kept[v].Select(k => k.Time).ToArray();
            var met = kept[v].Select(k => k.Exhibitor).ToHashSet();
            var place = 0;
            foreach (var wish in visitor.Wishes.DistinctBy(w => w.Exhibitor))
            {
                var at = place++;
                if (met.Contains(wish.Exhibitor)) continue;
                if (!stands.TryGetValue(wish.Exhibitor, out var stand) || groups[stand] is null) ruledOut.Add(NoMeeting.NoCommonTime);
                else if (room[v] == 0 || standRoom[stand] == 0) ruledOut.Add(NoMeeting.MostReached);
                else if (groups[stand].TrueForAll(group => Array.TrueForAll(group, s => spots[s].Tables.Length == 0))) ruledOut.Add(NoMeeting.StandsFull);
                else
                {
                    var understood = groups[stand].FindAll(group => CommonLanguage.IsShared(visitor.Languages, languages[spots[group[0]].Group]));
                    int[] open = [.. understood.SelectMany(group => group).Where(s => spots[s].Tables.Length > 0 && IsFree(visitor, busy, spots[s].Time))];
                    if (open.Length > 0) pairs.Add(new Pair(v, stand, at, Fairness.WorthOf(wish.Chance, at), open));
                    else ruledOut.Add(understood.Count == 0 ? NoMeeting.NoCommonLanguage : NoMeeting.NoCommonTime);
                }
            }
            ruled[v] = ruledOut;
        }
        foreach (var mine in pairs.GroupBy(p => p.Visitor)) room[mine.Key] = Math.Min(room[mine.Key], MostAtOnce([.. mine], spots));
        return new Board
        {
            Task = task,
            Spots = [.. spots],
            Pairs = [.. pairs],
            Held = held,
            Room = room,
            StandRoom = standRoom,
            Ruled = ruled,
            Groups = languages.Count,
        };
    }

    /// <summary>How many of these pairs can meet if nobody else is there: each at a time of its own, sought by augmenting paths.</summary>
    private static int MostAtOnce(Pair[] mine, List<Spot> spots)
    {
        // The quick way for most: whoever has as many times for each as there are pairs finds one for all.
        if (Array.TrueForAll(mine, p => p.Spots.Length >= mine.Length && spots[p.Spots[0]].Group == spots[p.Spots[^1]].Group)) return mine.Length;
        var taken = new Dictionary<DateTimeOffset, int>();
        return Enumerable.Range(0, mine.Length).Count(p => Seek(p, []));

        bool Seek(int pair, HashSet<DateTimeOffset> seen)
        {
            foreach (var time in mine[pair].Spots.Select(s => spots[s].Time.Start))
            {
                if (!seen.Add(time) || (taken.TryGetValue(time, out var other) && !Seek(other, seen))) continue;
                taken[time] = pair;
                return true;
            }
            return false;
        }
    }

    private static Dictionary<Guid, int> Numbered(IEnumerable<Guid> ids) => ids.Select((id, number) => (id, number)).ToDictionary(p => p.id, p => p.number);

    private static bool IsFree(WishingVisitor visitor, TimeSlice[] busy, TimeSlice time) =>
        (visitor.Free.Count == 0 || visitor.Free.Any(f => f.Covers(time))) && !busy.Any(b => b.Overlaps(time));

    private static (List<Spot> Spots, List<IReadOnlyList<string>> Languages) SpotsOf(ScheduleTask task, Dictionary<Guid, int> stands)
    {
        var (spots, languages) = (new List<Spot>(), new List<IReadOnlyList<string>>());
        var taken = task.Kept.ToLookup(k => (k.Exhibitor, k.Table), k => k.Time);
        foreach (var stand in task.Stands)
        {
            var closed = (stand.Closed ?? []).ToLookup(c => c.Table, c => c.Time);
            var slots = stand.Slots.Distinct().OrderBy(s => s.Start).ToArray();
            if (slots.Zip(slots.Skip(1)).Any(p => p.First.Overlaps(p.Second))) throw new ArgumentException($"Slots of the stand {stand.Id} overlap.", nameof(task));
            foreach (var same in stand.Tables.GroupBy(t => string.Join(' ', t.Languages.Select(l => l.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal))))
            {
                foreach (var slot in slots.Where(s => !stand.Breaks.Any(s.Overlaps)))
                {
                    int[] free = [.. same.Where(t => !taken[(stand.Id, t.No)].Any(slot.Overlaps) && !closed[t].Any(slot.Overlaps)).Select(t => t.No)];
                    spots.Add(new Spot(stands[stand.Id], slot, languages.Count, free));
                }
                languages.Add(same.First().Languages);
            }
        }
        return (spots, languages);
    }

    /// <summary>Each pair has every spot of the groups it can sit at, each group all its tables at every time, and the times of all groups that somebody wishes for are the same.</summary>
    private bool IsAnyTime()
    {
        if (Pairs.Length == 0) return true;
        var ofGroup = Spots.GroupBy(s => s.Group).ToDictionary(g => g.Key, g => g.ToArray());
        var times = ofGroup[Spots[Pairs[0].Spots[0]].Group].Select(s => s.Time).ToArray();
        return Pairs.SelectMany(p => p.Spots).Select(s => Spots[s].Group).Distinct().Select(g => ofGroup[g])
                .All(g => g.Select(s => s.Time).SequenceEqual(times) && g.All(s => s.Tables.Length == g[0].Tables.Length))
            && Pairs.All(p => p.Spots.Length == times.Length * p.Spots.Select(s => Spots[s].Group).Distinct().Count());
    }
}
