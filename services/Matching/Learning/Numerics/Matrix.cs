using System.Numerics.Tensors;

namespace Matchmaking.Matching.Learning.Numerics;

/// <summary>Row after row in one array: what learning needs of linear algebra, and no more.</summary>
internal sealed class Matrix(int rows, int columns)
{
    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public float[] Cells { get; } = new float[checked(rows * columns)];

    public float this[int row, int column]
    {
        get => Cells[row * Columns + column];
        set => Cells[row * Columns + column] = value;
    }

    public Span<float> Row(int row) => Cells.AsSpan(row * Columns, Columns);

    /// <summary>this x other.</summary>
    public Matrix Times(Matrix other)
    {
        var product = new Matrix(Rows, other.Columns);
        for (var i = 0; i < Rows; i++) Weigh(Row(i), other, product.Row(i));
        return product;
    }

    /// <summary>this' x other: sums over the rows of both.</summary>
    public Matrix TransposedTimes(Matrix other)
    {
        var product = new Matrix(Columns, other.Columns);
        for (var i = 0; i < Rows; i++)
        {
            var from = Row(i);
            var row = other.Row(i);
            for (var j = 0; j < from.Length; j++)
            {
                if (from[j] == 0) continue;
                var to = product.Row(j);
                TensorPrimitives.MultiplyAdd(row, from[j], to, to);
            }
        }
        return product;
    }

    /// <summary>Adds the rows of a matrix, each by its weight, to a target.</summary>
    public static void Weigh(ReadOnlySpan<float> weights, Matrix rows, Span<float> target)
    {
        for (var j = 0; j < weights.Length; j++)
            if (weights[j] != 0) TensorPrimitives.MultiplyAdd(rows.Row(j), weights[j], target, target);
    }

    /// <summary>Sum over the rows, each column divided by their number.</summary>
    public float[] Mean()
    {
        var mean = new float[Columns];
        for (var i = 0; i < Rows; i++) TensorPrimitives.Add(Row(i), mean, mean);
        TensorPrimitives.Divide(mean, Math.Max(1, Rows), mean);
        return mean;
    }

    /// <summary>Takes a row away from every row, in place.</summary>
    public Matrix Minus(float[] from)
    {
        for (var i = 0; i < Rows; i++) TensorPrimitives.Subtract(Row(i), from, Row(i));
        return this;
    }

    /// <summary>Multiplies every row, place by place, in place.</summary>
    public Matrix Scale(float[] by)
    {
        for (var i = 0; i < Rows; i++) TensorPrimitives.Multiply(Row(i), by, Row(i));
        return this;
    }

    /// <summary>A copy of the first rows.</summary>
    public Matrix First(int rows)
    {
        var first = new Matrix(Math.Min(rows, Rows), Columns);
        Cells.AsSpan(0, first.Cells.Length).CopyTo(first.Cells);
        return first;
    }
}
