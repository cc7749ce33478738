namespace Matchmaking.Matching.Learning.Tables;

/// <param name="Offer">Index into the table of offers.</param>
/// <param name="Grade">What came of it, 0 or above; what never happened counts as 0.</param>
/// <param name="Weight">Correction for how likely the offer was to be shown at all: 1 where nothing is known of it. Training heeds it, judging does not.</param>
internal readonly record struct Outcome(int Offer, float Grade, float Weight = 1);

/// <summary>Everything to learn from: two sides and what came of their meetings.</summary>
/// <param name="Of">For each visitor the outcomes, each offer at most once.</param>
internal sealed record OutcomeTable(SideTable Visitors, SideTable Offers, IReadOnlyList<Outcome[]> Of)
{
    /// <summary>The same without the outcomes of everybody else: what is not there cannot leak.</summary>
    public OutcomeTable Only(IEnumerable<int> visitors)
    {
        var kept = Enumerable.Repeat(Array.Empty<Outcome>(), Visitors.Count).ToArray();
        foreach (var visitor in visitors) kept[visitor] = Of[visitor];
        return this with { Of = kept };
    }

    /// <summary>The grade of every offer for one visitor, 0 where nothing came of it.</summary>
    public float[] Gains(int visitor)
    {
        var gains = new float[Offers.Count];
        foreach (var outcome in Of[visitor]) gains[outcome.Offer] = outcome.Grade;
        return gains;
    }
}
