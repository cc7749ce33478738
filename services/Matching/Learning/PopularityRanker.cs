using Matchmaking.Matching.Learning.Numerics;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning;

/// <summary>The same list for everybody: by the sum of grades.</summary>
internal sealed class PopularityRanker : IRanker
{
    private float[] _sums = [];

    public string Name => "popularity";

    public void Train(OutcomeTable data, IReadOnlyList<int> visitors, int seed)
    {
        _sums = new float[data.Offers.Count];
        foreach (var visitor in visitors)
            foreach (var outcome in data.Of[visitor]) _sums[outcome.Offer] += outcome.Grade;
    }

    public Matrix Score(IReadOnlyList<int> visitors)
    {
        var scores = new Matrix(visitors.Count, _sums.Length);
        for (var i = 0; i < visitors.Count; i++) _sums.CopyTo(scores.Row(i));
        return scores;
    }
}
