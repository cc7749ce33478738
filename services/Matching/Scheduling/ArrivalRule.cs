namespace Matchmaking.Matching.Scheduling;

/// <param name="LookAgain">After which share of those who are still to come the rest of the day is looked at anew.</param>
/// <param name="ForecastWeight">How many of the forecast wish for a stand counts as much as so many people who came: stands differ from fair to fair, and some sixty people say as much of a stand's pull.</param>
/// <param name="First">What it is worth that somebody has a first meeting, beside the worth of that meeting.</param>
/// <param name="Second">The same for a second one.</param>
internal sealed record ArrivalOptions(double LookAgain = .04, int ForecastWeight = 60, int First = 8 * Fairness.MostWorth, int Second = Fairness.MostWorth)
{
    /// <param name="round">How many meetings they have, from 0.</param>
    public double OfRound(int round) => round switch { 0 => First, 1 => Second, _ => 0 };
}

/// <summary>
/// Gives seats to people who come one by one, at once and for good. A seat is given if the meeting is worth at least what the seat is worth to the rest
/// of the day (<see cref="RestOfDay"/>): a price that falls with every person who comes and rises with every seat that goes. Of the times of a stand the
/// one goes first that others need least.
/// <para>It knows what is known before such a fair: its stands, how many people will come, and as a forecast other people's wishes, times and languages,
/// such as those of the last fair; and of the day those who came.</para>
/// </summary>
/// <param name="day">Stands, kept meetings and most; its visitors are not looked at.</param>
/// <param name="expected">How many people will come in all. Whoever comes beyond gets what is free.</param>
internal sealed class ArrivalRule(ScheduleTask day, IReadOnlyList<WishingVisitor> forecast, int expected, ArrivalOptions options)
{
    private readonly Dictionary<Guid, int> _stands = day.Stands.Index().ToDictionary(s => s.Item.Id, s => s.Index);
    private readonly List<WishingVisitor> _came = [];
    private readonly List<KeptMeeting> _given = [.. day.Kept];
    private RestOfDay? _rest;
    private int _lookAt;

    private int Coming => Math.Max(0, expected - _came.Count);

    /// <returns>What the visitor gets, the best first; nothing where seats are worth more to others.</returns>
    public IReadOnlyList<PlannedMeeting> Decide(WishingVisitor visitor)
    {
        _came.Add(visitor);
        if (_rest is null || _came.Count >= _lookAt) Look();
        var board = Board.Of(day with { Visitors = [visitor], Kept = _given });
        var (left, seats) = (RestOfDay.SeatsLeft(board), new List<Seat>());
        while (seats.Count < board.Room[0] && Best(board, left, seats) is { } seat) seats.Add(seat);
        PlannedMeeting[] meetings = [.. seats.SelectMany(s => board.AtTables([s]))];
        _given.AddRange(meetings.Select(m => new KeptMeeting(m.Visitor, m.Exhibitor, m.Time, m.Table)));
        return meetings;
    }

    private Seat? Best(Board board, int[] left, List<Seat> seats)
    {
        // Half a thousandth of a meeting: of equals the one who is here.
        const double Equal = -.5;
        var (best, most) = ((Seat?)null, Equal);
        for (var p = 0; p < board.Pairs.Length; p++)
        {
            var pair = board.Pairs[p];
            var gain = options.OfRound(board.Held[0] + seats.Count) + pair.Worth - _rest!.Price(pair.Stand, Coming, left[pair.Stand]);
            if (gain <= most || seats.Exists(s => s.Pair == p)) continue;
            int[] open = [.. pair.Spots.Where(s => !seats.Exists(o => board.Spots[o.Spot].Time.Overlaps(board.Spots[s].Time)))];
            if (open.Length > 0) (best, most) = (new Seat(p, open.MinBy(s => _rest.Need(pair.Stand, board.Spots[s]))), gain);
        }
        return best;
    }

    private void Look()
    {
        // Numbered anew: who came may have meetings, and in the forecast may be whoever comes.
        WishingVisitor[] people = [.. forecast.Concat(_came).Select((v, number) => v with { Id = new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]) })];
        var board = Board.Of(day with { Visitors = people, Kept = _given });
        _rest = new RestOfDay(board, Shares(board), Coming, options, _rest);
        _lookAt = _came.Count + Math.Max(1, (int)(options.LookAgain * Coming));
    }

    /// <summary>By stand: which share of people wishes for it, as the forecast says corrected by those who came, times the share of these who can come to what is left.</summary>
    private double[] Shares(Board board)
    {
        var (expects, here) = (WishesFor(forecast), WishesFor(_came));
        var can = board.Pairs.CountBy(p => p.Stand).ToDictionary();
        var weight = forecast.Count == 0 ? 0 : options.ForecastWeight;
        return [.. expects.Select((of, s) => of + here[s] == 0 ? 0
            : ((weight == 0 ? 0 : (double)weight * of / forecast.Count) + here[s]) / (weight + _came.Count) * can.GetValueOrDefault(s) / (of + here[s]))];
    }

    private int[] WishesFor(IReadOnlyList<WishingVisitor> people)
    {
        var counts = new int[day.Stands.Count];
        foreach (var wish in people.SelectMany(v => v.Wishes.DistinctBy(w => w.Exhibitor)))
            if (_stands.TryGetValue(wish.Exhibitor, out var stand)) counts[stand]++;
        return counts;
    }
}
