namespace Matchmaking.Matching.Scheduling;

/// <summary>
/// Finds times for pairs that are to meet: whoever has none yet sits down where fewest are in the way, and those get up and look for another time in
/// turn. What was just left is not gone back to for a while, so that the search does not run in circles (tabu search). It does not end by itself where
/// some cannot all be placed; what counts is the arrangement in which fewest stood. The same seed, the same timetable.
/// </summary>
internal sealed class Timetable
{
    /// <summary>Steps of a search of which nothing more is to be expected; some 0.2 s.</summary>
    private const int MostSteps = 200_000;

    /// <summary>Fewest steps for which a seat that was left is avoided; grows with how many stand. More than two meetings are in nobody's way at once.</summary>
    private const int Avoided = 5, Avoid = 3;

    private readonly Board _board;
    private readonly Seat[] _asked;
    private readonly int[] _at;
    private readonly List<int>[] _ofVisitor, _ofSpot;
    private readonly Dictionary<(int Meeting, int Spot), int> _avoidUntil = [];
    private readonly List<int> _standing = [];
    private readonly Random _random;

    /// <param name="asked">Each pair at most once. Where nobody is in the way, the time is the one named.</param>
    private Timetable(Board board, Seat[] asked, int seed)
    {
        (_board, _asked, _random, _at) = (board, asked, new Random(seed), [.. asked.Select(_ => -1)]);
        _ofVisitor = [.. board.Held.Select(_ => new List<int>())];
        _ofSpot = [.. board.Spots.Select(_ => new List<int>())];
        for (var m = 0; m < asked.Length; m++)
        {
            if (IsFull(asked[m].Spot) || InTheWay(m, asked[m].Spot) > 0) _standing.Add(m);
            else Sit(m, asked[m].Spot);
        }
    }

    /// <param name="standing">Pairs for which no time was found.</param>
    public static Seat[] Arrange(Board board, Seat[] asked, int seed, CancellationToken cancel, out int[] standing)
    {
        var table = new Timetable(board, asked, seed);
        var best = table.Search(cancel);
        standing = [.. asked.Where((_, m) => best[m] < 0).Select(a => a.Pair)];
        return [.. asked.Select((a, m) => a with { Spot = best[m] }).Where(s => s.Spot >= 0)];
    }

    private int[] Search(CancellationToken cancel)
    {
        var (best, fewest) = ((int[])_at.Clone(), _standing.Count);
        for (var step = 0; step < MostSteps && fewest > 0; step++)
        {
            if (step % 1000 == 0) cancel.ThrowIfCancellationRequested();
            var at = _random.Next(_standing.Count);
            var meeting = _standing[at];
            _standing[at] = _standing[^1];
            _standing.RemoveAt(_standing.Count - 1);
            MakeRoom(meeting, Choose(meeting, step), step);
            if (_standing.Count < fewest) (best, fewest) = ((int[])_at.Clone(), _standing.Count);
        }
        return best;
    }

    private int Choose(int meeting, int step)
    {
        var (chosen, fewest, alike) = (-1, int.MaxValue, 0);
        foreach (var spot in _board.Pairs[_asked[meeting].Pair].Spots)
        {
            var cost = InTheWay(meeting, spot) + (IsFull(spot) ? 1 : 0);
            if (cost > 0 && _avoidUntil.TryGetValue((meeting, spot), out var until) && until > step) cost += Avoid;
            if (cost < fewest) (chosen, fewest, alike) = (spot, cost, 1);
            else if (cost == fewest && _random.Next(++alike) == 0) chosen = spot;
        }
        return chosen;
    }

    private void MakeRoom(int meeting, int spot, int step)
    {
        if (IsFull(spot)) GetUp(_ofSpot[spot][_random.Next(_ofSpot[spot].Count)], step);
        foreach (var other in Mine(meeting).Where(other => Clash(other, spot)).ToArray()) GetUp(other, step);
        Sit(meeting, spot);
    }

    private List<int> Mine(int meeting) => _ofVisitor[_board.Pairs[_asked[meeting].Pair].Visitor];

    private bool Clash(int meeting, int spot) => _board.Spots[_at[meeting]].Time.Overlaps(_board.Spots[spot].Time);

    private int InTheWay(int meeting, int spot)
    {
        var count = 0;
        foreach (var other in Mine(meeting)) if (Clash(other, spot)) count++;
        return count;
    }

    private bool IsFull(int spot) => _ofSpot[spot].Count >= _board.Spots[spot].Tables.Length;

    private void Sit(int meeting, int spot)
    {
        _at[meeting] = spot;
        _ofSpot[spot].Add(meeting);
        Mine(meeting).Add(meeting);
    }

    private void GetUp(int meeting, int step)
    {
        _avoidUntil[(meeting, _at[meeting])] = step + Avoided + _random.Next(_standing.Count + 10);
        _ofSpot[_at[meeting]].Remove(meeting);
        Mine(meeting).Remove(meeting);
        _at[meeting] = -1;
        _standing.Add(meeting);
    }
}
