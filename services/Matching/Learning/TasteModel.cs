using Matchmaking.Matching.Learning.Encoders;
using Matchmaking.Matching.Learning.Numerics;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning;

/// <summary>
/// Popularity bent by the profile. What visitors wanted differs along a few directions (singular vectors of the matrix of outcomes); where a new visitor
/// stands on each is regressed from the profile, each direction trusting each column as far as the data bear it out. A regression for each offer alone would
/// have to learn from the few who saw it.
/// </summary>
internal sealed class TasteModel
{
    /// <summary>Only what is liked often enough can reach the top of a newcomer's list; the others keep the order of popularity behind it.</summary>
    private const int Head = 1000;

    /// <summary>Beyond so many visitors more of them change little but the time.</summary>
    private const int Enough = 20_000;

    private const int Kept = 24;

    /// <summary>More than are kept, because the last ones that the iteration finds are rough.</summary>
    private const int Sought = 48;

    /// <summary>Offers are weighed by popularity to the minus this: the plain matrix sees the favourites best, the other the middle. Their mean is better than either.</summary>
    private static readonly float[] Weighings = [0, .25f];

    private readonly VisitorEncoder _encoder;
    private readonly float[] _centre;
    private readonly int[] _head;
    private readonly Matrix _weights;

    public TasteModel(OutcomeTable data, IReadOnlyList<int> visitors, bool pairs, int seed)
    {
        if (visitors.Count > Enough) visitors = Folds.Split(visitors, (visitors.Count + Enough - 1) / Enough, seed)[0];
        Popularity = Targets.MeanShares(data, visitors);
        _head = RankingQuality.Top(Popularity, Head);
        _encoder = new VisitorEncoder(data.Visitors, visitors, pairs);
        var profiles = _encoder.Encode(visitors);
        profiles.Minus(_centre = profiles.Mean());
        var gram = profiles.TransposedTimes(profiles);

        _weights = new Matrix(_encoder.Width, _head.Length);
        foreach (var weighing in Weighings)
        {
            var shares = Targets.Shares(data, visitors, _head);
            var mean = shares.Mean();
            var scale = Array.ConvertAll(mean, m => MathF.Pow(m / Math.Max(mean.Max(), 1e-9f) + .01f, -weighing));
            shares.Minus(mean).Scale(scale);
            var directions = Directions.Leading(shares, Sought, seed).First(Kept);
            var places = Directions.Project(shares, directions);
            var found = VarianceComponents.Fit(gram, profiles.TransposedTimes(places), Squares(places), visitors.Count, _encoder.Groups).Times(directions);
            found.Scale(Array.ConvertAll(scale, s => 1 / (s * Weighings.Length)));
            for (var i = 0; i < _weights.Cells.Length; i++) _weights.Cells[i] += found.Cells[i];
        }
    }

    /// <summary>Of each offer: the mean over visitors of what it gave, as a share of their best list.</summary>
    public float[] Popularity { get; }

    /// <summary>Expected share of the best list, over the whole catalogue.</summary>
    public Matrix Score(IReadOnlyList<int> visitors)
    {
        var scores = new Matrix(visitors.Count, Popularity.Length);
        var bent = _encoder.Encode(visitors).Minus(_centre).Times(_weights);
        for (var i = 0; i < visitors.Count; i++)
        {
            var row = scores.Row(i);
            Popularity.CopyTo(row);
            for (var j = 0; j < _head.Length; j++) row[_head[j]] += bent[i, j];
        }
        return scores;
    }

    private static double[] Squares(Matrix columns)
    {
        var squares = new double[columns.Columns];
        for (var i = 0; i < columns.Rows; i++)
            for (var k = 0; k < squares.Length; k++) squares[k] += columns[i, k] * columns[i, k];
        return squares;
    }
}
