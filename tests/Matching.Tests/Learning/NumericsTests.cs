using Matchmaking.Matching.Learning.Numerics;

namespace Matchmaking.Matching.Tests.Learning;

public sealed class NumericsTests
{
    [Fact]
    public void A_system_is_solved_to_what_it_was_made_from()
    {
        var matrix = Of([[4, 1, 0], [1, 3, 1], [0, 1, 2]]);
        var solved = Cholesky.Solve(matrix, 0, matrix.Times(Of([[1, 2], [3, 4], [5, 6]])));
        Assert.All(solved.Cells.Zip([1f, 2, 3, 4, 5, 6]), pair => Assert.Equal(pair.Second, pair.First, 4));
    }

    [Fact]
    public void Leading_directions_of_a_matrix_made_of_two_are_those_two()
    {
        var random = new Random(1);
        var rows = new Matrix(60, 3);
        for (var i = 0; i < 60; i++) (rows[i, 0], rows[i, 1]) = (10 * (random.NextSingle() - .5f), random.NextSingle() - .5f);
        var found = Directions.Leading(rows, 2, 1);
        Assert.Equal(1, Math.Abs(found[0, 0]), 1);
        Assert.Equal(1, Math.Abs(found[1, 1]), 1);
        Assert.Equal(0, found[0, 2], 3);
    }

    [Fact]
    public void A_group_that_says_nothing_is_not_listened_to()
    {
        // One telling column, and thirty of noise that a common penalty would fit.
        var random = new Random(3);
        var (rows, target) = (new Matrix(120, 31), new Matrix(120, 1));
        for (var i = 0; i < 120; i++)
        {
            for (var j = 0; j < 31; j++) rows[i, j] = random.NextSingle() - .5f;
            target[i, 0] = 2 * rows[i, 0] + .5f * (random.NextSingle() - .5f);
        }
        rows.Minus(rows.Mean());
        target.Minus(target.Mean());
        var square = target.Cells.Sum(x => (double)x * x);
        var weights = VarianceComponents.Fit(rows.TransposedTimes(rows), rows.TransposedTimes(target), [square], 120, [0, .. Enumerable.Repeat(1, 30)]);
        Assert.InRange(weights[0, 0], 1.8, 2.2);
        Assert.All(Enumerable.Range(1, 30), j => Assert.InRange(weights[j, 0], -.1, .1));
    }

    private static Matrix Of(float[][] rows)
    {
        var matrix = new Matrix(rows.Length, rows[0].Length);
        for (var i = 0; i < rows.Length; i++) rows[i].CopyTo(matrix.Row(i));
        return matrix;
    }
}
