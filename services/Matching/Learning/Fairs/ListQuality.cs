namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>The quality of one order of what was shown.</summary>
internal static class ListQuality
{
    /// <summary>What was shown, by falling score; equal scores in the order of the catalogue, so that nothing of the shown order helps anybody.</summary>
    public static ShownRow[] Order(ShownRows list, float[] scores) => [.. list.Rows.OrderByDescending(r => scores[r.Offer]).ThenBy(r => r.Offer)];

    /// <summary>DCG@k / ideal DCG@k with DCG@k = sum over i = 1..k of gain_i / log2(i + 1); null where nothing has a gain.</summary>
    public static double? Ndcg(IReadOnlyList<double> gains, int k)
    {
        var ideal = Dcg([.. gains.OrderDescending()], k);
        return ideal > 0 ? Dcg(gains, k) / ideal : null;
    }

    public static double Dcg(IReadOnlyList<double> gains, int k)
    {
        var sum = 0d;
        for (var i = 0; i < Math.Min(k, gains.Count); i++) sum += gains[i] / Math.Log2(i + 2);
        return sum;
    }
}
