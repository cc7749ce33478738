namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// What is to be expected of an offer for a visitor where it is looked at, log-linear in <see cref="PairTerms"/>. Whoever is asked about
/// is not among those it was learned from: visitors are dealt into two halves, and each half is told by the other.
/// </summary>
internal sealed class RewardModel
{
    private const double Precision = 1;
    private readonly double[][] _halves;
    private readonly Dictionary<Guid, int> _turn;

    public RewardModel(IReadOnlyList<ShownRows> lists, SeatedUse use, Examination examination)
    {
        // By turns, as they came: ids are made anew when cases are handed on, and must not matter.
        _turn = lists.Select(l => l.Case.Visitor).Distinct().Select((visitor, at) => (visitor, at)).ToDictionary(x => x.visitor, x => x.at % 2);
        _halves = [.. Enumerable.Range(0, 2).Select(half => Fit([.. lists.Where(l => _turn[l.Case.Visitor] != half).SelectMany(l => l.Rows)], use, examination))];
    }

    public double Expect(ShownCase shown, ShownRow row)
    {
        var (weights, terms, log) = (_halves[_turn[shown.Visitor]], PairTerms.Of(row), 0d);
        for (var i = 0; i < terms.Length; i++) log += weights[i] * terms[i];
        return Math.Min(1, Math.Exp(Math.Min(log, 1)));
    }

    private static double[] Fit(ShownRow[] rows, SeatedUse use, Examination examination)
    {
        double[] precision = [1e-6, .. Enumerable.Repeat(Precision, PairTerms.Count - 1)];
        return LogLinear.Fit([.. rows.Select(PairTerms.Of)], [.. rows.Select(r => use.Of(r))], [.. rows.Select(r => Math.Log(examination[r.Place]))], precision);
    }
}
