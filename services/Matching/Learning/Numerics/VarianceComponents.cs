using System.Numerics.Tensors;

namespace Matchmaking.Matching.Learning.Numerics;

/// <summary>
/// Linear regression that finds out by itself how far each group of columns may be trusted: each has its own prior variance, set by evidence (MacKay 1992), and
/// a group that says nothing goes to zero. One penalty for all lets a postcode's hundred columns drown what age has to say.
/// </summary>
internal static class VarianceComponents
{
    private const int Rounds = 12;

    /// <param name="gram">X'X of centred columns.</param>
    /// <param name="cross">X'z, one column for each target.</param>
    /// <param name="squares">z'z of each target.</param>
    /// <param name="rows">How many rows stand behind these sums.</param>
    /// <returns>Weights, one column for each target.</returns>
    public static Matrix Fit(Matrix gram, Matrix cross, double[] squares, int rows, int[] groups)
    {
        var weights = new Matrix(gram.Rows, cross.Columns);
        for (var k = 0; k < cross.Columns; k++)
        {
            var target = new double[gram.Rows];
            for (var j = 0; j < target.Length; j++) target[j] = cross[j, k];
            var fitted = squares[k] > 0 ? FitOne(gram, target, squares[k], rows, groups) : new double[gram.Rows];
            for (var j = 0; j < fitted.Length; j++) weights[j, k] = (float)fitted[j];
        }
        return weights;
    }

    private static double[] FitOne(Matrix gram, double[] cross, double square, int rows, int[] groups)
    {
        var noise = square / rows;
        var variance = new double[groups.Length == 0 ? 0 : groups.Max() + 1];
        Array.Fill(variance, noise * .02);
        var weights = new double[gram.Rows];
        for (var round = 0; round < Rounds; round++)
        {
            Array.Clear(weights);
            var active = Enumerable.Range(0, gram.Rows).Where(j => variance[groups[j]] > 1e-12 * noise).ToArray();
            if (active.Length == 0) break;
            var uncertainty = Solve(gram, cross, noise, variance, groups, active, weights);

            var determined = new double[variance.Length];
            var strength = new double[variance.Length];
            for (var i = 0; i < active.Length; i++)
            {
                determined[groups[active[i]]] += 1 - uncertainty[i];
                strength[groups[active[i]]] += weights[active[i]] * weights[active[i]];
            }
            noise = Math.Max(Residual(gram, cross, square, weights, active) / Math.Max(1, rows - 1 - determined.Sum()), 1e-12 * square / rows);
            for (var g = 0; g < variance.Length; g++) variance[g] = determined[g] < 1e-3 ? 0 : strength[g] / determined[g];
        }
        return weights;
    }

    /// <summary>Posterior mean into weights; returned is each active weight's posterior variance as a share of its prior variance.</summary>
    private static double[] Solve(Matrix gram, double[] cross, double noise, double[] variance, int[] groups, int[] active, double[] weights)
    {
        var n = active.Length;
        var scale = Array.ConvertAll(active, j => Math.Sqrt(variance[groups[j]]));
        var system = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++) system[i * n + j] = gram[active[i], active[j]] * scale[i] * scale[j] / noise + (i == j ? 1 : 0);
        Cholesky.Factorise(system, n);
        var inverse = Cholesky.InvertLower(system, n);

        var half = new double[n];
        var right = active.Select((j, i) => cross[j] * scale[i] / noise).ToArray();
        for (var i = 0; i < n; i++) half[i] = TensorPrimitives.Dot<double>(inverse.AsSpan(i * n, i + 1), right.AsSpan(0, i + 1));
        var solved = new double[n];
        var share = new double[n];
        for (var i = 0; i < n; i++)
        {
            var row = inverse.AsSpan(i * n, i + 1);
            TensorPrimitives.MultiplyAdd(row, half[i], solved.AsSpan(0, i + 1), solved.AsSpan(0, i + 1));
            TensorPrimitives.MultiplyAdd(row, row, share.AsSpan(0, i + 1), share.AsSpan(0, i + 1));
        }
        for (var i = 0; i < n; i++) weights[active[i]] = solved[i] * scale[i];
        return share;
    }

    private static double Residual(Matrix gram, double[] cross, double square, double[] weights, int[] active)
    {
        var rest = square;
        foreach (var i in active)
        {
            var fitted = 0d;
            foreach (var j in active) fitted += gram[i, j] * weights[j];
            rest += weights[i] * (fitted - 2 * cross[i]);
        }
        return Math.Max(rest, 0);
    }
}
