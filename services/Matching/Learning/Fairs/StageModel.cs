namespace Matchmaking.Matching.Learning.Fairs;

/// <param name="Visitor">Tokens of <see cref="Crosses"/>.</param>
/// <param name="Terms">As <see cref="PairTerms"/>.</param>
/// <param name="Value">0 to 1: whether, or how much of it, the step was taken.</param>
/// <param name="Look">How likely it could be taken at all, above 0 to 1.</param>
internal readonly record struct StageRow(int[] Visitor, int[] Offer, double[] Terms, double Value, double Look);

/// <summary>
/// The chance of one step (opened, asked for, kept, found useful) where the step before was taken: a logistic regression on
/// <see cref="PairTerms"/> and <see cref="Crosses"/>, with normal priors around 0. A step of which little is known is nearly the same for all; what was
/// never shown is told by what is like it. How far from 0 the weights of a block are (<see cref="Crosses.BlockOf"/>) is learned as well, by what the records say of
/// it (empirical Bayes, MacKay 1992): age may decide much and time in Germany nothing, and few people are drawn to all as far as the many differ among
/// themselves. The most likely weights are found by L-BFGS (Nocedal 1980).
/// </summary>
internal sealed class StageModel
{
    private const int Steps = 30, Remembered = 6, Rounds = 3;

    // Inverse variances, in logits.
    private const float OfTerms = .5f, OfBaseline = .01f, OfIntercept = .001f, ForAll = 12, ForSome = 80;

    /// <summary>The precision that a block begins with counts as much as so many weights that are known.</summary>
    private const double Begun = 10;

    private readonly Crosses _crosses;
    private readonly float[] _precision;
    private float[] _weights;

    public StageModel(Crosses crosses, IReadOnlyList<StageRow> rows, CancellationToken cancel)
    {
        (_crosses, _weights) = (crosses, new float[crosses.Count + PairTerms.Count]);
        _precision = [.. Enumerable.Range(0, _weights.Length).Select(First)];
        if (rows.Count == 0) return;
        for (var round = 0; round < Rounds; round++)
        {
            Fit(rows, cancel);
            Adapt(rows);
        }
        Fit(rows, cancel);
    }

    public double Chance(int[] visitor, int[] offer, ReadOnlySpan<double> terms) => 1 / (1 + Math.Exp(-Logit(visitor, offer, terms, _weights)));

    private void Fit(IReadOnlyList<StageRow> rows, CancellationToken cancel)
    {
        var gradient = new float[_weights.Length];
        var (loss, steps, changes) = (Loss(rows, _weights, gradient), new List<float[]>(), new List<float[]>());
        for (var step = 0; step < Steps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            var way = Direction(gradient, steps, changes);
            var (next, nextGradient, slope, share) = (new float[_weights.Length], new float[_weights.Length], Dot(gradient, way), 1d);
            var reached = double.NaN;
            while (share > 1e-6)
            {
                for (var i = 0; i < next.Length; i++) next[i] = _weights[i] - (float)share * way[i];
                if ((reached = Loss(rows, next, nextGradient)) <= loss - 1e-4 * share * slope) break;
                share /= 2;
            }
            if (!(reached < loss)) return;
            steps.Add([.. next.Zip(_weights, (a, b) => a - b)]);
            changes.Add([.. nextGradient.Zip(gradient, (a, b) => a - b)]);
            if (Dot(steps[^1], changes[^1]) <= 1e-10) (steps, changes) = ([], []);
            else if (steps.Count > Remembered)
            {
                steps.RemoveAt(0);
                changes.RemoveAt(0);
            }
            var gain = loss - reached;
            (_weights, gradient, loss) = (next, nextGradient, reached);
            if (gain < 1e-5 * loss) return;
        }
    }

    /// <summary>A block's precision: as many weights as the records know something of, over the sum of their squares.</summary>
    private void Adapt(IReadOnlyList<StageRow> rows)
    {
        var curve = new float[_weights.Length];
        foreach (var row in rows)
        {
            var (step, chance) = Chances(row, _weights);
            _crosses.Add(row.Visitor, row.Offer, curve, (float)(chance * (1 - step) * (1 - step) / (1 - chance)));
        }
        var (known, squares) = (new double[Crosses.Blocks], new double[Crosses.Blocks]);
        for (var i = 0; i < _crosses.Count; i++)
        {
            known[_crosses.BlockOf(i)] += curve[i] / (curve[i] + _precision[i]);
            squares[_crosses.BlockOf(i)] += (double)_weights[i] * _weights[i];
        }
        for (var i = 0; i < _crosses.Count; i++)
        {
            var block = _crosses.BlockOf(i);
            _precision[i] = (float)((known[block] + Begun) / (squares[block] + Begun / First(i)));
        }
    }

    private double Logit(int[] visitor, int[] offer, ReadOnlySpan<double> terms, float[] weights)
    {
        var sum = _crosses.Sum(visitor, offer, weights);
        for (var i = 0; i < terms.Length; i++) sum += terms[i] * weights[_crosses.Count + i];
        return sum;
    }

    /// <summary>How unlikely what happened is, and its slope. Somebody takes a step with the chance of looking times that of the step.</summary>
    private double Loss(IReadOnlyList<StageRow> rows, float[] weights, float[] gradient)
    {
        Array.Clear(gradient);
        var loss = 0d;
        foreach (var row in rows)
        {
            var (step, chance) = Chances(row, weights);
            loss -= row.Value * Math.Log(chance) + (1 - row.Value) * Math.Log(1 - chance);
            var slope = (float)((1 - step) * (chance * (1 - row.Value) / (1 - chance) - row.Value));
            _crosses.Add(row.Visitor, row.Offer, gradient, slope);
            for (var i = 0; i < row.Terms.Length; i++) gradient[_crosses.Count + i] += slope * (float)row.Terms[i];
        }
        for (var i = 0; i < weights.Length; i++)
        {
            loss += _precision[i] * weights[i] * weights[i] / 2;
            gradient[i] += _precision[i] * weights[i];
        }
        return loss;
    }

    /// <summary>Of the step, and of it being seen: that somebody looked, too.</summary>
    private (double Step, double Seen) Chances(StageRow row, float[] weights)
    {
        var step = 1 / (1 + Math.Exp(-Logit(row.Visitor, row.Offer, row.Terms, weights)));
        return (step, Math.Clamp(row.Look * step, 1e-9, 1 - 1e-9));
    }

    /// <summary>The precision of a weight before anything is known.</summary>
    private float First(int weight) => (weight - _crosses.Count) switch
    {
        < 0 => _crosses.IsForAll(weight) ? ForAll : ForSome,
        0 => OfIntercept,
        PairTerms.Baseline => OfBaseline,
        _ => OfTerms,
    };

    private static float[] Direction(float[] gradient, List<float[]> steps, List<float[]> changes)
    {
        var way = (float[])gradient.Clone();
        var shares = new double[steps.Count];
        for (var k = steps.Count - 1; k >= 0; k--) Add(way, changes[k], -(shares[k] = Dot(steps[k], way) / Dot(steps[k], changes[k])));
        var scale = steps.Count > 0 ? Dot(steps[^1], changes[^1]) / Dot(changes[^1], changes[^1]) : 1 / Math.Sqrt(Math.Max(Dot(way, way), 1e-30));
        for (var i = 0; i < way.Length; i++) way[i] *= (float)scale;
        for (var k = 0; k < steps.Count; k++) Add(way, steps[k], shares[k] - Dot(changes[k], way) / Dot(steps[k], changes[k]));
        return way;
    }

    private static void Add(float[] to, float[] what, double share)
    {
        for (var i = 0; i < to.Length; i++) to[i] += (float)share * what[i];
    }

    private static double Dot(float[] a, float[] b)
    {
        var sum = 0d;
        for (var i = 0; i < a.Length; i++) sum += (double)a[i] * b[i];
        return sum;
    }
}
