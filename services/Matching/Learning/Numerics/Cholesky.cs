using System.Numerics.Tensors;

namespace Matchmaking.Matching.Learning.Numerics;

/// <summary>A = L L' of a symmetric positive definite matrix; in double, because Gram matrices of indicator columns are ill-conditioned.</summary>
internal static class Cholesky
{
    /// <summary>Overwrites the lower half of a square matrix with its factor L.</summary>
    public static void Factorise(double[] lower, int size)
    {
        for (var i = 0; i < size; i++)
        {
            var rowI = lower.AsSpan(i * size, size);
            for (var j = 0; j <= i; j++)
            {
                var rowJ = lower.AsSpan(j * size, size);
                var rest = rowI[j] - TensorPrimitives.Dot<double>(rowI[..j], rowJ[..j]);
                rowI[j] = i == j ? Math.Sqrt(Math.Max(rest, 1e-12)) : rest / rowJ[j];
            }
        }
    }

    /// <summary>The inverse of L, lower half as well.</summary>
    public static double[] InvertLower(double[] lower, int size)
    {
        var inverse = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            var row = inverse.AsSpan(i * size, i + 1);
            for (var j = 0; j < i; j++) Add(inverse.AsSpan(j * size, j + 1), -lower[i * size + j], row[..(j + 1)]);
            row[i] = 1;
            TensorPrimitives.Multiply(row, 1 / lower[i * size + i], row);
        }
        return inverse;
    }

    /// <summary>X of (A + ridge I) X = B, for all columns of B at once.</summary>
    /// <param name="ridge">Above 0, so that columns that say the same do no harm.</param>
    public static Matrix Solve(Matrix symmetric, double ridge, Matrix right)
    {
        var (size, width) = (symmetric.Rows, right.Columns);
        var lower = Array.ConvertAll(symmetric.Cells, x => (double)x);
        for (var i = 0; i < size; i++) lower[i * size + i] += ridge;
        Factorise(lower, size);
        var solved = Array.ConvertAll(right.Cells, x => (double)x);
        for (var i = 0; i < size; i++)
        {
            var row = solved.AsSpan(i * width, width);
            for (var j = 0; j < i; j++) Add(solved.AsSpan(j * width, width), -lower[i * size + j], row);
            TensorPrimitives.Multiply(row, 1 / lower[i * size + i], row);
        }
        for (var i = size - 1; i >= 0; i--)
        {
            var row = solved.AsSpan(i * width, width);
            for (var j = i + 1; j < size; j++) Add(solved.AsSpan(j * width, width), -lower[j * size + i], row);
            TensorPrimitives.Multiply(row, 1 / lower[i * size + i], row);
        }
        var result = new Matrix(size, width);
        for (var k = 0; k < solved.Length; k++) result.Cells[k] = (float)solved[k];
        return result;
    }

    private static void Add(ReadOnlySpan<double> row, double times, Span<double> to)
    {
        if (times != 0) TensorPrimitives.MultiplyAdd(row, times, to, to);
    }
}
