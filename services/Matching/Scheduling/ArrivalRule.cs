namespace Matchmaking.Matching.Scheduling;

/// <param name="LookAgain">After which share of those who are still to come prices are learned anew.</param>
/// <param name="Samples">How many imagined days prices are the mean of; each look replaces the oldest.</param>
/// <param name="ForecastWeight">The forecast counts as much as so many people who came.</param>
/// <param name="WithoutForesight">What a seat brings when given by this rule, as a share of what it brings in an imagined day, of which everything is known.</param>
internal sealed record ArrivalOptions(double LookAgain = .02, int Samples = 8, int ForecastWeight = 500, double WithoutForesight = .95, int Seed = 1);

/// <summary>
/// Gives seats to people who come one by one, at once and for good. A seat is given if the meeting is worth more than what the seat is worth to the rest
/// of the day (<see cref="SeatPrices"/>). The rest is imagined with people drawn from a forecast, such as the last fair, and more and more from those who
/// came; the fewer are still to come, the more often. Of the times of a stand the one goes first that others need least.
/// </summary>
/// <param name="day">Stands, kept meetings and most; its visitors are not looked at.</param>
/// <param name="expected">How many people will come in all. Whoever comes beyond gets what is free.</param>
internal sealed class ArrivalRule(ScheduleTask day, IReadOnlyList<WishingVisitor> forecast, int expected, ArrivalOptions options)
{
    /// <summary>What a day was imagined to cost and to need: by stand the price of a seat, by stand and start how many would come just then.</summary>
    private sealed record Imagined(Fairness[] Prices, IReadOnlyDictionary<(int Stand, DateTimeOffset Start), double> Needed);

    private readonly Random _random = new(options.Seed);
    private readonly List<WishingVisitor> _came = [];
    private readonly List<KeptMeeting> _given = [.. day.Kept];
    private readonly Queue<Imagined> _imagined = [];
    private int _lookAt;

    /// <summary>By stand, of as many seats as there are samples.</summary>
    private Fairness[] _prices = [];
    private Dictionary<(int Stand, DateTimeOffset Start), double> _needed = [];

    /// <returns>What the visitor gets, the best first; nothing where seats are worth more to others.</returns>
    public IReadOnlyList<PlannedMeeting> Decide(WishingVisitor visitor)
    {
        _came.Add(visitor);
        if (_came.Count >= _lookAt) Look();
        var board = Board.Of(day with { Visitors = [visitor], Kept = _given });
        var seats = new List<Seat>();
        while (seats.Count < board.Room[0] && Best(board, seats) is { } seat) seats.Add(seat);
        PlannedMeeting[] meetings = [.. seats.SelectMany(s => board.AtTables([s]))];
        _given.AddRange(meetings.Select(m => new KeptMeeting(m.Visitor, m.Exhibitor, m.Time, m.Table)));
        return meetings;
    }

    private Seat? Best(Board board, List<Seat> seats)
    {
        var round = Fairness.OfRound(board.Held[0] + seats.Count);
        var (best, most) = ((Seat?)null, default(Fairness));
        for (var p = 0; p < board.Pairs.Length; p++)
        {
            var pair = board.Pairs[p];
            var gain = (round + new Fairness(0, 0, pair.Worth)).Times(options.Samples) - _prices[pair.Stand];
            if (gain.CompareTo(most) <= 0 || seats.Exists(s => s.Pair == p)) continue;
            int[] open = [.. pair.Spots.Where(s => !seats.Exists(o => board.Spots[o.Spot].Time.Overlaps(board.Spots[s].Time)))];
            if (open.Length > 0) (best, most) = (new Seat(p, open.MinBy(s => Needed(pair.Stand, board.Spots[s]))), gain);
        }
        return best;
    }

    private double Needed(int stand, Spot spot) => _needed.GetValueOrDefault((stand, spot.Time.Start)) / spot.Tables.Length;

    private void Look()
    {
        do _imagined.Enqueue(Imagine()); while (_imagined.Count < options.Samples);
        if (_imagined.Count > options.Samples) _imagined.Dequeue();
        _prices = [.. day.Stands.Select((_, s) => _imagined.Aggregate(default(Fairness), (sum, i) => sum + i.Prices[s]))];
        for (var s = 0; s < _prices.Length; s++) _prices[s] = _prices[s] with { Worth = (long)(_prices[s].Worth * options.WithoutForesight) };
        _needed = _imagined.SelectMany(i => i.Needed).GroupBy(n => n.Key, n => n.Value).ToDictionary(n => n.Key, n => n.Sum());
        _lookAt = _came.Count + Math.Max(1, (int)(options.LookAgain * (expected - _came.Count)));
    }

    private Imagined Imagine()
    {
        var board = Board.Of(day with { Visitors = [.. Enumerable.Range(0, Math.Max(0, expected - _came.Count)).Select(Somebody)], Kept = _given });
        return new(SeatPrices.Of(board, PairFlow.Solve(board, bySpot: false).Seats),
            board.Pairs.SelectMany(p => p.Spots.Select(s => (At: (p.Stand, board.Spots[s].Time.Start), Share: 1.0 / p.Spots.Length)))
                .GroupBy(n => n.At, n => n.Share).ToDictionary(n => n.Key, n => n.Sum()));
    }

    /// <summary>Somebody who may still come. Numbered anew: the same person may be drawn twice, and who came may have meetings.</summary>
    private WishingVisitor Somebody(int number)
    {
        var id = new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
        var from = _random.Next(_came.Count + options.ForecastWeight) < _came.Count || forecast.Count == 0 ? _came : forecast;
        return from.Count == 0 ? new WishingVisitor(id, [], [], []) : from[_random.Next(from.Count)] with { Id = id };
    }
}
