using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning;

/// <summary>What the trees see of a visitor and an offer: what the models under them say, and both profiles.</summary>
internal sealed class PairFeatures
{
    /// <summary>A column of words becomes an indicator for each of its values, if there are no more than these.</summary>
    private const int FewWords = 40;

    private readonly float[][] _visitors;
    private readonly float[][] _offers;
    private readonly float[] _seen;

    public PairFeatures(OutcomeTable data, IReadOnlyList<int> training)
    {
        _visitors = Side(data.Visitors);
        _offers = Side(data.Offers);
        _seen = new float[data.Offers.Count];
        foreach (var visitor in training)
            foreach (var outcome in data.Of[visitor]) _seen[outcome.Offer] += 1f / training.Count;
    }

    public int Width => 8 + (_visitors.Length == 0 ? 0 : _visitors[0].Length) + (_offers.Length == 0 ? 0 : _offers[0].Length);

    /// <param name="taste">The taste model's score of the pair.</param>
    /// <param name="popular">The offer's popularity.</param>
    /// <param name="group">What the groups say.</param>
    /// <param name="place">Where the taste model puts the offer.</param>
    public float[] Of(int visitor, int offer, float taste, float popular, float group, int place)
    {
        var floor = popular + 2e-3f;
        return
        [
            taste, popular, taste - popular, (taste - popular) / floor, group, group / floor, place, popular / (_seen[offer] + .01f),
            .. _visitors[visitor], .. _offers[offer],
        ];
    }

    private static float[][] Side(SideTable table)
    {
        var rows = Enumerable.Range(0, table.Count).Select(_ => new List<float>()).ToArray();
        foreach (var column in table.Columns)
        {
            if (column is NumberColumn numbers)
            {
                // FastTree leaves out rows in which anything is missing; below everything else "missing" is a value that trees can tell apart.
                var missing = numbers.Values.Where(float.IsFinite).DefaultIfEmpty(0).Min();
                missing -= 1 + MathF.Abs(missing);
                for (var i = 0; i < rows.Length; i++) rows[i].Add(float.IsNaN(numbers.Values[i]) ? missing : numbers.Values[i]);
            }
            else if (column is WordColumn { Words.Length: > 1 and <= FewWords } words)
                for (var word = words.Words.Length == 2 ? 1 : 0; word < words.Words.Length; word++)
                    for (var i = 0; i < rows.Length; i++) rows[i].Add(words.Codes[i].Contains(word) ? 1 : 0);
        }
        return [.. rows.Select(row => row.ToArray())];
    }
}
