namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// What is to be expected of an offer for a visitor where it is looked at, log-linear in <see cref="PairTerms"/>. Whoever is asked about
/// is not among those it was learned from: visitors are dealt into two halves, and each half is told by the other.
/// </summary>
internal sealed class RewardModel
{
    private const double Precision = 1;
    private readonly double[][] _weights;
    private readonly Halves _halves;

    public RewardModel(IReadOnlyList<ShownRows> lists, SeatedUse use, Examination examination)
    {
        _halves = new Halves(lists);
        _weights = [.. Enumerable.Range(0, 2).Select(half => Fit([.. lists.Where(l => _halves.Of(l.Case) != half)], use, examination))];
    }

    public double Expect(ShownCase shown, ShownRow row)
    {
        var (weights, terms, log) = (_weights[_halves.Of(shown)], PairTerms.Of(row), 0d);
        for (var i = 0; i < terms.Length; i++) log += weights[i] * terms[i];
        return Math.Min(1, Math.Exp(Math.Min(log, 1)));
    }

    private static double[] Fit(ShownRows[] lists, SeatedUse use, Examination examination)
    {
        double[] precision = [1e-6, .. Enumerable.Repeat(Precision, PairTerms.Count - 1)];
        (ShownCase Case, ShownRow Row)[] rows = [.. lists.SelectMany(l => l.Rows.Select(r => (l.Case, r)))];
        return LogLinear.Fit([.. rows.Select(r => PairTerms.Of(r.Row))], [.. rows.Select(r => use.Of(r.Case, r.Row))], [.. rows.Select(r => Math.Log(examination[r.Row.Place]))], precision);
    }
}
