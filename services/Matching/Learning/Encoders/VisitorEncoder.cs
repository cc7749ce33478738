using Matchmaking.Matching.Learning.Numerics;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning.Encoders;

/// <summary>
/// What a row says, as numbers for a linear model: numbers as overlapping tents (so that a line may bend), words as indicators, long codes such as postcodes
/// by their beginnings, and, if wanted, narrow columns in pairs. Which values are frequent enough is learned from the rows of training alone.
/// </summary>
internal sealed class VisitorEncoder
{
    private readonly Block[] _blocks;

    /// <param name="pairs">Whether narrow columns are also multiplied with each other.</param>
    public VisitorEncoder(SideTable table, IReadOnlyList<int> training, bool pairs = false)
    {
        // A value that a handful of visitors share says nothing by itself; the more visitors there are, the more of them can be asked for.
        var least = Math.Max(3, training.Count / 400);
        _blocks = [.. table.Columns.SelectMany(column => Block.Of(column, training, least))];
        if (pairs) _blocks = [.. _blocks, .. PairBlock.Of(_blocks, training, 3 * least)];
        Groups = [.. _blocks.SelectMany((block, at) => Enumerable.Repeat(at, block.Width))];
    }

    public int Width => Groups.Length;

    /// <summary>For each number the block (column, or length of beginning) from which it came.</summary>
    public int[] Groups { get; }

    /// <returns>A row for each row that is asked for.</returns>
    public Matrix Encode(IReadOnlyList<int> rows)
    {
        var encoded = new Matrix(rows.Count, Width);
        for (var i = 0; i < rows.Count; i++)
        {
            var target = encoded.Row(i);
            foreach (var block in _blocks)
            {
                foreach (var (at, value) in block.Encode(rows[i])) target[at] += value;
                target = target[block.Width..];
            }
        }
        return encoded;
    }
}
