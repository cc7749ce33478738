using Matchmaking.Matching.Learning.Encoders;
using Matchmaking.Matching.Learning.Numerics;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning;

/// <summary>Ridge regression from the profile to the grade of every offer at once, its penalty chosen on a fifth of the visitors held back from training.</summary>
internal sealed class RidgeRanker : IRanker
{
    private static readonly double[] Penalties = [10, 30, 100, 200, 300, 500, 1000, 3000];

    private VisitorEncoder? _encoder;
    private float[] _centre = [];
    private float[] _mean = [];
    private Matrix? _weights;

    public string Name => "ridge";

    public void Train(OutcomeTable data, IReadOnlyList<int> visitors, int seed)
    {
        var held = Folds.Split(visitors, 5, seed)[0];
        var rest = visitors.Except(held).ToArray();
        var best = Penalties.MaxBy(penalty =>
        {
            Fit(data, rest, penalty);
            var scores = Score(held);
            return held.Select((visitor, i) => RankingQuality.Ndcg(scores.Row(i), data.Gains(visitor))).Where(double.IsFinite).DefaultIfEmpty(0).Average();
        });
        Fit(data, visitors, best);
    }

    public Matrix Score(IReadOnlyList<int> visitors)
    {
        var scores = _encoder!.Encode(visitors).Minus(_centre).Times(_weights!);
        return scores.Minus(Array.ConvertAll(_mean, x => -x));
    }

    private void Fit(OutcomeTable data, IReadOnlyList<int> visitors, double penalty)
    {
        _encoder = new VisitorEncoder(data.Visitors, visitors);
        var profiles = _encoder.Encode(visitors);
        profiles.Minus(_centre = profiles.Mean());
        var grades = Targets.Grades(data, visitors);
        grades.Minus(_mean = grades.Mean());
        _weights = Cholesky.Solve(profiles.TransposedTimes(profiles), penalty, profiles.TransposedTimes(grades));
    }
}
