namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>What came of an offer as numbers: one scale to judge lists by, and one for each of the two things that are learned.</summary>
internal static class Grades
{
    public const int UsefulFrom = 4, Best = 5, MostWanted = 4;

    /// <summary>As the quality figures have it: opened 1, requested 2, accepted 3, held 4, found useful (4 or 5 of 5) 5; 0: nothing.</summary>
    public static int Of(in OfferOutcome o) =>
        o.Useful >= UsefulFrom ? Best : o.Held || o.Useful is not null ? 4 : o.Accepted || o.NoShow ? 3 : o.Asked ? 2 : o.Opened ? 1 : 0;

    /// <summary>2^grade - 1 as the share of the best, 0 to 1: twice as good for each step, as in the quality figures' NDCG.</summary>
    public static double Use(in OfferOutcome o) => ((1 << Of(o)) - 1) / (double)((1 << Best) - 1);

    /// <summary>
    /// How much the visitor wanted it, 0 to <see cref="MostWanted"/>, whatever the stand answered: that a request was declined says nothing about
    /// its use, and is learned apart. Opened 1; requested 3; who did not come wanted it less, 2; of those who had the meeting the ones who found it of
    /// little use (1 or 2 of 5) fall back to 1, the others rise to 4.
    /// </summary>
    public static int Wanted(in OfferOutcome o) =>
        o.Useful is { } useful ? useful <= 2 ? 1 : useful >= UsefulFrom ? 4 : 3 : o.Held ? 4 : o.NoShow ? 2 : o.Asked ? 3 : o.Opened ? 1 : 0;

    /// <summary>
    /// 1: the stand agreed and the meeting was held; 0: it said no, did not answer in time, or nobody came. An accepted meeting of which nothing
    /// else was recorded counts as held: stands that note nothing would else look like stands that decline. Null: not asked, or not answered yet.
    /// </summary>
    public static float? Kept(in OfferOutcome o) =>
        o.Held || o.Useful is not null ? 1 : o.NoShow || o.Declined ? 0 : o.Accepted ? 1 : null;
}
