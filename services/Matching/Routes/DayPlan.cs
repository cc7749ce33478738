using Matchmaking.Contracts.Matching;

namespace Matchmaking.Matching.Routes;

/// <summary>Something that takes the visitor's time.</summary>
/// <param name="Id">Of the meeting or of the offer.</param>
internal sealed record TimedStop(Guid Id, DateTimeOffset Start, DateTimeOffset End, StopPlace Place)
{
    public bool Overlaps(TimedStop other) => Start < other.End && other.Start < End;
}

/// <summary>
/// A visitor's day in order, with ways, gaps and clashes. Pure: the same stops give the same day, in whatever order they came.
/// Who talks by video or telephone stays where they are: the way there is none, and the next one is from the last place before.
/// </summary>
internal sealed class DayPlan
{
    /// <summary>Kept free for a way of which nobody knows how long it takes.</summary>
    private static readonly TimeSpan Unknown = TimeSpan.FromMinutes(15);

    /// <summary>An estimate may be short by a quarter: who sends people on a way they did not ask for leaves room for that.</summary>
    private const double Room = 1.25;

    /// <summary>Nobody gets up the moment a page has loaded.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromMinutes(5);

    private readonly WalkingTimes _walking;
    private readonly DateTimeOffset _now;
    private readonly List<TimedStop> _stops;

    public DayPlan(WalkingTimes walking, DateTimeOffset now, IEnumerable<TimedStop> stops) =>
        (_walking, _now, _stops) = (walking, now, [.. stops.OrderBy(s => s.Start).ThenBy(s => s.End).ThenBy(s => s.Id)]);

    public IReadOnlyList<TimedStop> Stops => _stops;

    /// <returns>null for the first stop of the day.</returns>
    public RouteLeg? LegTo(TimedStop stop)
    {
        var before = Earlier(stop).ToArray();
        if (before.Length == 0) return null;
        var walk = LastPlace(stop) is { } from && stop.Place.IsSomewhere ? _walking.Minutes(from.Place, stop.Place) : 0;
        var since = Later(before.Max(s => s.End), _now < stop.Start ? _now : default);
        return new RouteLeg(walk != 0, walk, walk is { } minutes ? Math.Max(0, Whole(stop.Start - since) - minutes) : null);
    }

    /// <summary>What keeps the visitor from being at a stop of this day in time: each clash is named once, at the later of the two, and none that is past.</summary>
    public IReadOnlyList<RouteClash> ClashesOf(TimedStop stop) => stop.Start <= _now ? [] : [.. Clashes(stop, Earlier(stop), LastPlace(stop), next: null)];

    /// <summary>What would, were this added to the day.</summary>
    public IReadOnlyList<RouteClash> ClashesWith(TimedStop added) => [.. Clashes(added, _stops, LastPlace(added), FirstPlaceAfter(added))];

    private IEnumerable<RouteClash> Clashes(TimedStop stop, IEnumerable<TimedStop> others, TimedStop? last, TimedStop? next)
    {
        foreach (var other in others.Where(stop.Overlaps))
            yield return new RouteClash(RouteClash.Overlaps, other.Id, Whole((stop.End < other.End ? stop.End : other.End) - Later(stop.Start, other.Start)));
        if (!stop.Place.IsSomewhere) yield break;
        if (last is not null && !last.Overlaps(stop) && Missing(last, stop) is > 0 and var late) yield return new RouteClash(RouteClash.TooFar, last.Id, late);
        if (next is not null && !next.Overlaps(stop) && Missing(stop, next) is > 0 and var short_) yield return new RouteClash(RouteClash.TooFar, next.Id, short_);
    }

    /// <summary>Puts stops into gaps, best first: one each at most, and none that would keep the visitor from anything that is in the day already.</summary>
    /// <param name="wishes">All somewhere to go to. Of each the times at which it could be, by time, and which of several that fit is taken, as people who are told the same would all come at once.</param>
    /// <returns>What was added.</returns>
    public IReadOnlyList<TimedStop> Fill(IEnumerable<(IReadOnlyList<TimedStop> Times, int Turn)> wishes, int most)
    {
        const int choice = 3;
        var added = new List<TimedStop>();
        foreach (var (times, turn) in wishes)
        {
            if (added.Count >= most) break;
            var fit = times.Where(Fits).Take(choice).ToArray();
            if (fit.Length == 0) continue;
            var chosen = fit[(int)((uint)turn % (uint)fit.Length)];
            added.Add(chosen);
            _stops.Insert(_stops.TakeWhile(s => s.Start <= chosen.Start).Count(), chosen);
        }
        return added;
    }

    private bool Fits(TimedStop wish)
    {
        // A talk by video would take its time from a way of others.
        if (!wish.Place.IsSomewhere || wish.Start < _now + Lead || _stops.Exists(wish.Overlaps)) return false;
        // Who is still at the last place sets off now.
        if (LastPlace(wish) is { } here && here.End < _now && wish.Start - _now < Way(here, wish)) return false;
        return _stops.TrueForAll(s => !s.Place.IsSomewhere || (s.Start < wish.Start ? Way(s, wish) <= Between(s, wish) : Way(wish, s) <= Between(wish, s)));
    }

    private TimeSpan Way(TimedStop from, TimedStop to) => _walking.Minutes(from.Place, to.Place) is { } minutes ? TimeSpan.FromMinutes(minutes * Room) : Unknown;

    /// <returns>By how many minutes the way is longer than the time for it; what is not known is no clash.</returns>
    private int Missing(TimedStop from, TimedStop to) =>
        _walking.Minutes(from.Place, to.Place) is { } minutes ? (int)Math.Ceiling(minutes - Between(from, to).TotalMinutes) : 0;

    /// <summary>Time to walk between two stops: in one piece, before or after what is talked by video or telephone in between.</summary>
    private TimeSpan Between(TimedStop from, TimedStop to)
    {
        var (longest, since) = (TimeSpan.MinValue, from.End);
        foreach (var talk in _stops.Where(s => !s.Place.IsSomewhere && s.End > from.End && s.Start < to.Start))
        {
            if (talk.Start - since > longest) longest = talk.Start - since;
            since = Later(since, talk.End);
        }
        return to.Start - since > longest ? to.Start - since : longest;
    }

    private IEnumerable<TimedStop> Earlier(TimedStop stop) => _stops.IndexOf(stop) is >= 0 and var at ? _stops.Take(at) : _stops.Where(s => s.Start < stop.Start);

    private TimedStop? LastPlace(TimedStop stop) => Earlier(stop).Where(s => s.Place.IsSomewhere).MaxBy(s => s.End);

    private TimedStop? FirstPlaceAfter(TimedStop stop) => _stops.Find(s => s.Start >= stop.End && s.Place.IsSomewhere);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static int Whole(TimeSpan span) => (int)span.TotalMinutes;
}
