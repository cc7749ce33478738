using Matchmaking.Contracts.Matching;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// What a list was ordered by, as terms of a small regression: the score of each offer and the mean of its list, of each ranker apart and in its own spread. A learned
/// order knows more than <see cref="PairTerms"/>: what it puts high is opened more for reasons that these have no term for, and without the score that would be
/// taken for people looking there more. And where all of a list has high scores, each of them is likelier to be too high, and stands lower than
/// elsewhere for its score: hence the mean.
/// </summary>
internal sealed class OrderTerms
{
    private const int Each = 5;

    /// <summary>In deviations: a few wild scores do not bend the cubic.</summary>
    private const double Most = 3;

    private readonly Dictionary<RankedBy, (int At, double Mean, double Deviation)> _rankers;
    private readonly Dictionary<ShownRows, double> _means;

    public OrderTerms(IReadOnlyList<ShownRows> lists)
    {
        _rankers = lists.Where(l => l.Rows.Length > 0).GroupBy(l => l.Case.RankedBy).OrderBy(g => g.Key.Kind, StringComparer.Ordinal).ThenBy(g => g.Key.Version, StringComparer.Ordinal)
            .Select((lists, at) =>
            {
                double[] scores = [.. lists.SelectMany(l => l.Rows.Select(r => (double)r.Score))];
                var mean = scores.Average();
                return (lists.Key, Of: (at * Each, mean, Math.Sqrt(scores.Average(s => (s - mean) * (s - mean)))));
            }).ToDictionary(r => r.Key, r => r.Of);
        _means = lists.Where(l => l.Rows.Length > 0).ToDictionary(l => l, l => Standard(l, l.Rows.Average(r => (double)r.Score)), (IEqualityComparer<ShownRows>)ReferenceEqualityComparer.Instance);
    }

    public int Count => _rankers.Count * Each;

    /// <param name="into">As many as <see cref="Count"/>, all 0.</param>
    public void Fill(ShownRows list, ShownRow row, Span<double> into)
    {
        var (score, mean) = (Standard(list, row.Score), _means[list]);
        ReadOnlySpan<double> terms = [score, score * score, score * score * score, mean, mean * mean];
        terms.CopyTo(into[_rankers[list.Case.RankedBy].At..]);
    }

    private double Standard(ShownRows list, double score)
    {
        var (_, mean, deviation) = _rankers[list.Case.RankedBy];
        return deviation > 0 ? Math.Clamp((score - mean) / deviation, -Most, Most) : 0;
    }
}
