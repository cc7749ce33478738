namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// Poisson regression, log of the expected value = offset + terms x weights, with a prior variance for each weight. Its likelihood has one
/// maximum; Newton's steps find it, halved where they would overshoot.
/// </summary>
internal static class LogLinear
{
    private const int Steps = 25;
    private const double MostLog = 8;

    /// <param name="terms">Rows of as many terms as there are priors.</param>
    /// <param name="values">Not negative.</param>
    /// <param name="offsets">Empty: all 0.</param>
    /// <param name="precision">1 / prior variance of each weight, around 0; above 0.</param>
    /// <param name="from">Where to begin: weights that are nearly right spare steps.</param>
    public static double[] Fit(IReadOnlyList<double[]> terms, IReadOnlyList<double> values, IReadOnlyList<double> offsets, double[] precision, double[]? from = null)
    {
        var size = precision.Length;
        var weights = from ?? new double[size];
        var reached = Loss(terms, values, offsets, precision, weights);
        for (var step = 0; step < Steps; step++)
        {
            var (gradient, curve) = (new double[size], new double[size, size]);
            for (var i = 0; i < terms.Count; i++)
            {
                var (x, mean) = (terms[i], Mean(terms[i], weights, offsets, i));
                for (var a = 0; a < size; a++)
                {
                    if (x[a] == 0) continue;
                    gradient[a] += x[a] * (values[i] - mean);
                    var by = x[a] * mean;
                    for (var b = 0; b <= a; b++) curve[a, b] += by * x[b];
                }
            }
            for (var a = 0; a < size; a++)
            {
                gradient[a] -= precision[a] * weights[a];
                curve[a, a] += precision[a];
            }
            var move = Solve(curve, gradient);
            var (share, before) = (1d, reached);
            var next = weights;
            do
            {
                next = [.. weights.Zip(move, (w, m) => w + share * m)];
                reached = Loss(terms, values, offsets, precision, next);
                share /= 2;
            } while (!(reached <= before) && share > 1e-6);
            if (!(reached <= before)) return weights;
            weights = next;
            if (before - reached < 1e-9 * (1 + Math.Abs(before))) break;
        }
        return weights;
    }

    private static double Mean(double[] x, double[] weights, IReadOnlyList<double> offsets, int row)
    {
        var log = offsets.Count == 0 ? 0 : offsets[row];
        for (var a = 0; a < weights.Length; a++) log += x[a] * weights[a];
        return Math.Exp(Math.Clamp(log, -30, MostLog));
    }

    private static double Loss(IReadOnlyList<double[]> terms, IReadOnlyList<double> values, IReadOnlyList<double> offsets, double[] precision, double[] weights)
    {
        var loss = 0d;
        for (var i = 0; i < terms.Count; i++)
        {
            var mean = Mean(terms[i], weights, offsets, i);
            loss += mean - values[i] * Math.Log(mean);
        }
        for (var a = 0; a < weights.Length; a++) loss += precision[a] * weights[a] * weights[a] / 2;
        return loss;
    }

    /// <summary>By Cholesky's factor; only the lower half is read.</summary>
    private static double[] Solve(double[,] lower, double[] right)
    {
        var size = right.Length;
        var flat = new double[size * size];
        for (var a = 0; a < size; a++)
            for (var b = 0; b <= a; b++) flat[a * size + b] = lower[a, b];
        Numerics.Cholesky.Factorise(flat, size);
        var solved = (double[])right.Clone();
        for (var a = 0; a < size; a++)
        {
            for (var b = 0; b < a; b++) solved[a] -= flat[a * size + b] * solved[b];
            solved[a] /= flat[a * size + a];
        }
        for (var a = size - 1; a >= 0; a--)
        {
            for (var b = a + 1; b < size; b++) solved[a] -= flat[b * size + a] * solved[b];
            solved[a] /= flat[a * size + a];
        }
        return solved;
    }
}
