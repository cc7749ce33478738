using System.Numerics.Tensors;

namespace Matchmaking.Matching.Learning.Numerics;

/// <summary>Directions along which the rows of a matrix differ most.</summary>
internal static class Directions
{
    /// <summary>The leading right singular vectors by subspace iteration from a seeded start (Halko, Martinsson, Tropp 2011).</summary>
    /// <returns>One direction a row, orthonormal, strongest first.</returns>
    public static Matrix Leading(Matrix rows, int count, int seed, int rounds = 4)
    {
        count = Math.Min(count, Math.Min(rows.Rows, rows.Columns));
        var random = new Random(seed);
        var left = new Matrix(rows.Rows, count);
        for (var i = 0; i < left.Cells.Length; i++) left.Cells[i] = (float)(random.NextDouble() - .5);
        var basis = new Matrix(count, rows.Columns);
        for (var round = 0; round < rounds; round++)
        {
            basis = left.TransposedTimes(rows);
            Orthonormalise(basis);
            left = Project(rows, basis);
        }
        // Sorted by what they carry: rotate the basis by the eigenvectors of the small matrix of projections.
        var rotation = Eigenvectors(left.TransposedTimes(left));
        return rotation.Times(basis);
    }

    /// <summary>rows x basis': for each row its coordinate along each direction.</summary>
    public static Matrix Project(Matrix rows, Matrix basis)
    {
        var coordinates = new Matrix(rows.Rows, basis.Rows);
        for (var i = 0; i < rows.Rows; i++)
            for (var k = 0; k < basis.Rows; k++) coordinates[i, k] = TensorPrimitives.Dot<float>(rows.Row(i), basis.Row(k));
        return coordinates;
    }

    /// <summary>Rows made orthonormal in place, twice over because once loses digits; a row that is nothing new becomes zero.</summary>
    public static void Orthonormalise(Matrix basis)
    {
        for (var k = 0; k < basis.Rows; k++)
        {
            var row = basis.Row(k);
            var before = TensorPrimitives.Norm<float>(row);
            for (var pass = 0; pass < 2; pass++)
                for (var j = 0; j < k; j++)
                    TensorPrimitives.MultiplyAdd(basis.Row(j), -TensorPrimitives.Dot<float>(row, basis.Row(j)), row, row);
            var norm = TensorPrimitives.Norm<float>(row);
            TensorPrimitives.Multiply(row, norm > 1e-5f * before && norm > 0 ? 1 / norm : 0, row);
        }
    }

    /// <summary>Eigenvectors of a small symmetric matrix by Jacobi's rotations, one a row, largest eigenvalue first.</summary>
    public static Matrix Eigenvectors(Matrix symmetric)
    {
        var n = symmetric.Rows;
        var a = new double[n, n];
        var v = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            v[i, i] = 1;
            for (var j = 0; j < n; j++) a[i, j] = symmetric[i, j];
        }
        for (var sweep = 0; sweep < 30; sweep++)
        {
            double off = 0, on = 0;
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    if (i == j) on += a[i, j] * a[i, j];
                    else off += a[i, j] * a[i, j];
            if (off <= 1e-18 * on) break;
            for (var p = 0; p < n; p++)
                for (var q = p + 1; q < n; q++) Rotate(a, v, p, q, n);
        }
        var result = new Matrix(n, n);
        var order = Enumerable.Range(0, n).OrderByDescending(k => a[k, k]).ToArray();
        for (var k = 0; k < n; k++)
            for (var i = 0; i < n; i++) result[k, i] = (float)v[i, order[k]];
        return result;
    }

    private static void Rotate(double[,] a, double[,] v, int p, int q, int n)
    {
        if (Math.Abs(a[p, q]) < 1e-300) return;
        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;
        for (var i = 0; i < n; i++) (a[i, p], a[i, q]) = (c * a[i, p] - s * a[i, q], s * a[i, p] + c * a[i, q]);
        for (var i = 0; i < n; i++) (a[p, i], a[q, i]) = (c * a[p, i] - s * a[q, i], s * a[p, i] + c * a[q, i]);
        for (var i = 0; i < n; i++) (v[i, p], v[i, q]) = (c * v[i, p] - s * v[i, q], s * v[i, p] + c * v[i, q]);
    }
}
