namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// What is to be expected of an offer for a visitor where it is looked at, log-linear in <see cref="PairTerms"/>. Whoever is asked about
/// is not among those it was learned from: visitors are dealt into two halves, and each half is told by the other.
/// </summary>
internal sealed class RewardModel
{
    private const double Precision = 1;
    private readonly double[][] _halves;

    public RewardModel(IReadOnlyList<ShownRows> lists, Examination examination) => _halves = [.. Enumerable.Range(0, 2).Select(half =>
    {
        var rows = lists.Where(l => Half(l.Case) != half).SelectMany(l => l.Rows).ToArray();
        double[] precision = [1e-6, .. Enumerable.Repeat(Precision, PairTerms.Count - 1)];
        return rows.Length == 0 ? precision : LogLinear.Fit(
            [.. rows.Select(PairTerms.Of)], [.. rows.Select(r => Grades.Use(r.Outcome))], [.. rows.Select(r => Math.Log(examination[r.Place]))], precision);
    })];

    public double Expect(ShownCase shown, ShownRow row)
    {
        var (weights, terms, log) = (_halves[Half(shown)], PairTerms.Of(row), 0d);
        for (var i = 0; i < terms.Length; i++) log += weights[i] * terms[i];
        return Math.Min(1, Math.Exp(Math.Min(log, 1)));
    }

    private static int Half(ShownCase shown) => shown.Visitor.ToByteArray().Aggregate(0, (sum, b) => sum ^ b) & 1;
}
