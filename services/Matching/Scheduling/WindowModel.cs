using System.Globalization;
using Google.OrTools.Sat;

namespace Matchmaking.Matching.Scheduling;

/// <summary>
/// The whole task as a model for CP-SAT: one yes or no for each pair at each spot. A pair meets once, a spot has so many tables, a visitor is at one
/// place at a time, and for each visitor it is counted whether there is a first and a second meeting. It begins with a schedule that is known, and with
/// the bound of the flow, below which it looks. Its own bound replaces that one where it is lower.
/// </summary>
internal sealed class WindowModel
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly Board _board;
    private readonly CpModel _model = new();
    private readonly Dictionary<Seat, BoolVar> _meets = [];
    private readonly List<LinearExpr> _gains = [];
    private readonly RoundWeights _weights;

    public WindowModel(Board board, IReadOnlyCollection<Seat> known, Fairness bound, CancellationToken cancel)
    {
        (_board, _weights) = (board, board.Weights);
        var seated = known.ToHashSet();
        for (var p = 0; p < board.Pairs.Length; p++)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var seat in board.Pairs[p].Spots.Select(s => new Seat(p, s)))
            {
                var meets = _meets[seat] = _model.NewBoolVar("");
                _model.AddHint(meets, seated.Contains(seat));
                _gains.Add(meets * board.Pairs[p].Worth);
            }
            _model.AddAtMostOne(board.Pairs[p].Spots.Select(s => _meets[new(p, s)]));
        }
        foreach (var at in _meets.GroupBy(m => m.Key.Spot, m => m.Value)) AtMost(at, board.Spots[at.Key].Tables.Length);
        foreach (var at in _meets.GroupBy(m => board.Pairs[m.Key.Pair].Stand, m => m.Value)) AtMost(at, board.StandRoom[at.Key]);
        foreach (var of in _meets.GroupBy(m => board.Pairs[m.Key.Pair].Visitor)) CountRounds(of.Key, [.. of], known.Count(s => board.Pairs[s.Pair].Visitor == of.Key));

        var gain = LinearExpr.Sum(_gains);
        _model.Add(gain <= _weights.Sum(bound));
        _model.Maximize(gain);
    }

    private void AtMost(IEnumerable<BoolVar> of, int most)
    {
        var all = of.ToArray();
        if (most == 1) _model.AddAtMostOne(all);
        else if (all.Length > most) _model.Add(LinearExpr.Sum(all) <= most);
    }

    private void CountRounds(int visitor, KeyValuePair<Seat, BoolVar>[] of, int known)
    {
        // Whoever overlaps at all overlaps at the moment at which the later one begins.
        foreach (var start in of.Select(m => _board.Spots[m.Key.Spot].Time.Start).Distinct())
        {
            var then = of.Where(m => _board.Spots[m.Key.Spot].Time is var t && t.Start <= start && start < t.End).Select(m => m.Value).ToArray();
            if (then.Length > 1) _model.AddAtMostOne(then);
        }
        var (held, room, rounds) = (_board.Held[visitor], Math.Min(_board.Room[visitor], of.Length), new List<IntVar>());
        for (var round = held; round < Math.Min(2, held + room); round++)
        {
            var has = _model.NewBoolVar("");
            _model.AddHint(has, known > round - held);
            if (rounds.Count > 0) _model.Add(rounds[^1] >= has);
            rounds.Add(has);
            _gains.Add(has * _weights.Of(round));
        }
        var more = _model.NewIntVar(0, room - rounds.Count, "");
        _model.AddHint(more, Math.Max(0, known - rounds.Count));
        _model.Add(LinearExpr.Sum(of.Select(m => m.Value)) == LinearExpr.Sum(rounds) + more);
    }

    /// <param name="found">Called at each better schedule with what it gains, and with the bound of that moment.</param>
    /// <returns>Null where nothing was found in time, not even what was known.</returns>
    public (Seat[] Seats, Fairness Bound)? Solve(TimeSpan limit, ScheduleOptions options, Action<Fairness, Fairness> found, CancellationToken cancel)
    {
        using var solver = new CpSolver();
        solver.StringParameters = string.Create(CultureInfo.InvariantCulture,
            $"max_time_in_seconds:{limit.TotalSeconds} num_workers:{options.Threads} random_seed:{options.Seed} catch_sigint_signal:false");
        using var told = new Told(_weights, found, cancel);
        // At once, and again and again: to stop before the search has begun has no effect.
        using var asked = cancel.Register(solver.StopSearch);
        using var watch = new Timer(_ => { if (cancel.IsCancellationRequested) solver.StopSearch(); }, null, LookEvery, LookEvery);
        var status = solver.Solve(_model, told);
        cancel.ThrowIfCancellationRequested();
        if (status is not (CpSolverStatus.Optimal or CpSolverStatus.Feasible)) return null;
        var bound = _weights.Split((long)Math.Round(solver.BestObjectiveBound));
        return ([.. _meets.Where(m => solver.BooleanValue(m.Value)).Select(m => m.Key)], bound);
    }

    private sealed class Told(RoundWeights weights, Action<Fairness, Fairness> found, CancellationToken cancel) : CpSolverSolutionCallback
    {
        public override void OnSolutionCallback()
        {
            if (cancel.IsCancellationRequested) StopSearch();
            found(weights.Split((long)Math.Round(ObjectiveValue())), weights.Split((long)Math.Round(BestObjectiveBound())));
        }
    }
}
