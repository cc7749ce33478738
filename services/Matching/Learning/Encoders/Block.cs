using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning.Encoders;

/// <summary>The numbers that one column becomes.</summary>
internal abstract record Block(int Width)
{
    /// <summary>A column with more values than this, many of them rare, is a code that is read by its beginnings.</summary>
    private const int ManyWords = 60;

    /// <summary>Whole numbers with at most so many values may be codes: they also become indicators.</summary>
    public const int FewNumbers = 32;

    private const int LongestBeginning = 3;

    /// <summary>The places that a row fills; all others are 0.</summary>
    public abstract IEnumerable<(int At, float Value)> Encode(int row);

    public static IEnumerable<Block> Of(Column column, IReadOnlyList<int> training, int least) => column switch
    {
        NumberColumn numbers => OfNumbers(numbers, training),
        WordColumn words => OfWords(words, training, least),
        _ => [],
    };

    private static IEnumerable<Block> OfNumbers(NumberColumn numbers, IReadOnlyList<int> training)
    {
        var known = training.Select(row => numbers.Values[row]).Where(v => !float.IsNaN(v)).Order().ToArray();
        if (known.Length == 0 || (known[0] == known[^1] && known.Length == training.Count)) yield break;
        yield return TentBlock.At(numbers.Values, known);
        var distinct = known.Distinct().Take(FewNumbers + 1).ToArray();
        if (distinct.Length is > 2 and <= FewNumbers && distinct.All(v => v == MathF.Round(v)))
            yield return new WordBlock(distinct.Length + 1, [.. numbers.Values.Select(v => Place(distinct, v))]);
    }

    private static int[] Place(float[] distinct, float value) =>
        float.IsNaN(value) ? [] : Array.BinarySearch(distinct, value) is var at and >= 0 ? [at] : [distinct.Length];

    private static IEnumerable<Block> OfWords(WordColumn words, IReadOnlyList<int> training, int least)
    {
        var counts = new int[words.Words.Length];
        foreach (var row in training)
            foreach (var code in words.Codes[row]) counts[code]++;
        var seen = counts.Count(c => c > 0);
        if (seen <= ManyWords || seen * 5 < training.Count)
        {
            if (WordBlock.Frequent(words.Codes, counts, least) is { } block) yield return block;
            yield break;
        }
        for (var length = 1; length <= LongestBeginning; length++)
        {
            var beginnings = words.Words.Select(w => w.Length > length ? w[..length] : w).ToArray();
            var index = beginnings.Distinct().Select((b, at) => (b, at)).ToDictionary(p => p.b, p => p.at);
            if (index.Count == words.Words.Length) yield break;
            var map = beginnings.Select(b => index[b]).ToArray();
            var sums = new int[index.Count];
            for (var i = 0; i < counts.Length; i++) sums[map[i]] += counts[i];
            var codes = words.Codes.Select(row => row.Select(code => map[code]).Distinct().ToArray()).ToArray();
            if (WordBlock.Frequent(codes, sums, least) is { } block) yield return block;
        }
    }
}

/// <summary>Tents over quantiles: a value is shared between its two neighbouring knots; a place of its own says that there is none.</summary>
internal sealed record TentBlock(float[] Values, float[] Knots) : Block(Knots.Length + 1)
{
    private const int Count = 7;

    public static TentBlock At(float[] values, float[] sorted) =>
        new(values, [.. Enumerable.Range(0, Count).Select(k => sorted[(sorted.Length - 1) * k / (Count - 1)]).Distinct()]);

    public override IEnumerable<(int At, float Value)> Encode(int row)
    {
        var value = Values[row];
        if (float.IsNaN(value)) return [(Knots.Length, 1)];
        if (value <= Knots[0]) return [(0, 1)];
        if (value >= Knots[^1]) return [(Knots.Length - 1, 1)];
        var above = Array.FindIndex(Knots, knot => knot > value);
        var share = (value - Knots[above - 1]) / (Knots[above] - Knots[above - 1]);
        return [(above - 1, 1 - share), (above, share)];
    }
}

/// <summary>Indicators.</summary>
internal sealed record WordBlock(int Places, int[][] Codes) : Block(Places)
{
    /// <summary>Indicators of what at least so many have; the rest shares the first place.</summary>
    public static WordBlock? Frequent(int[][] codes, int[] counts, int least)
    {
        var next = 1;
        var places = Array.ConvertAll(counts, count => count >= least ? next++ : 0);
        return counts.Count(c => c > 0) < 2 || next == 1 ? null : new WordBlock(next, [.. codes.Select(row => row.Select(code => places[code]).Distinct().ToArray())]);
    }

    public override IEnumerable<(int At, float Value)> Encode(int row) => Codes[row].Select(place => (place, 1f));
}

/// <summary>Products of two narrow columns, where enough visitors have both: what is true of young women need not be what is true of women and of the young.</summary>
internal sealed record PairBlock(Block One, Block Two, Dictionary<int, int> Places) : Block(Places.Count)
{
    /// <summary>Wider pairs cost more than they were found to tell.</summary>
    private const int Widest = 40;

    /// <summary>All pairs together: a regression's time grows with the cube of its columns. The narrowest pairs are taken first.</summary>
    private const int MostPlaces = 200;

    public static IEnumerable<Block> Of(IReadOnlyList<Block> blocks, IReadOnlyList<int> training, int least)
    {
        var narrow = from a in Enumerable.Range(0, blocks.Count)
                     from b in Enumerable.Range(a + 1, blocks.Count - a - 1)
                     let width = blocks[a].Width * blocks[b].Width
                     where width <= Widest
                     orderby width
                     select new PairBlock(blocks[a], blocks[b], []);
        var left = MostPlaces;
        foreach (var pair in narrow)
        {
            var frequent = training.SelectMany(pair.Both).GroupBy(p => p.Key).Where(g => g.Sum(p => p.Value) >= least).Select(g => g.Key).Order();
            foreach (var key in frequent) pair.Places[key] = pair.Places.Count;
            if (pair.Places.Count < 2) continue;
            if ((left -= pair.Places.Count) < 0) yield break;
            yield return pair with { Width = pair.Places.Count };
        }
    }

    public override IEnumerable<(int At, float Value)> Encode(int row) =>
        Both(row).Where(p => Places.ContainsKey(p.Key)).Select(p => (Places[p.Key], p.Value));

    private IEnumerable<(int Key, float Value)> Both(int row) =>
        One.Encode(row).SelectMany(one => Two.Encode(row).Select(two => (one.At * Two.Width + two.At, one.Value * two.Value)));
}
