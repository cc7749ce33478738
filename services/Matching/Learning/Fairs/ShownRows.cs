using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Learning.Fairs;

/// <param name="Offer">Index in the case's catalogue.</param>
/// <param name="Place">From 0.</param>
/// <param name="Full">True: nobody could ask for a meeting, and that nobody did says nothing.</param>
/// <param name="Features">As <see cref="Ranking.Features.All"/>; nothing in them knows what came of anything.</param>
/// <param name="Score">What it was ordered by: of whoever ranked the list, or of the baseline where nobody knows who that was. On any scale.</param>
internal sealed record ShownRow(int Offer, int Place, double Propensity, OfferOutcome Outcome, float[] Features, bool? Full = null, float Score = 0)
{
    public ReadOnlySpan<float> Pair => Features.AsSpan(Ranking.Features.PairStart);
}

/// <summary>A case as rows to learn from. Offers that the catalogue no longer has are passed over; the others keep their places.</summary>
internal sealed record ShownRows(ShownCase Case, Judgements Judged, ShownRow[] Rows)
{
    /// <param name="ranker">Who ordered the list; null: not known.</param>
    public static ShownRows Of(ShownCase shown, CaseScorer? ranker = null)
    {
        var (c, rows) = (shown.Catalogue, new List<ShownRow>(shown.Offers.Count));
        var (judged, scores) = (shown.Rules.JudgeAll(shown.Facts, c), new float[c.Count]);
        (ranker ?? CaseScorers.Baseline)(shown, judged, scores);
        for (var place = 0; place < shown.Offers.Count; place++)
        {
            if (!c.TryOffer(shown.Offers[place], out var offer)) continue;
            rows.Add(new ShownRow(offer, place, shown.Propensities.Count == 0 ? 1 : shown.Propensities[place], shown.Outcomes[place],
                FeaturesOf(shown, judged, offer), shown.Full?[place], scores[offer]));
        }
        return new ShownRows(shown, judged, [.. rows]);
    }

    /// <summary>The row of an offer, whether it was shown or not.</summary>
    public static float[] FeaturesOf(ShownCase shown, Judgements judged, int offer)
    {
        var (c, features) = (shown.Catalogue, new float[Features.All.Count]);
        Features.OfVisitor(shown.Facts, features.AsSpan(0, Features.VisitorCount));
        Features.OfOffer(c, offer, features.AsSpan(Features.VisitorCount, Features.OfferCount));
        Features.OfPair(shown.Facts, c, offer, judged.VerdictOn(offer), float.NaN, features.AsSpan(Features.PairStart));
        return features;
    }

    /// <summary>Cases in an order of their own, so that the order in which they came does not matter.</summary>
    /// <param name="rankers">Who ordered a list, where that is known.</param>
    public static ShownRows[] OfAll(IEnumerable<ShownCase> cases, Func<RankedBy, CaseScorer?>? rankers = null) => [.. InTime(cases).Select(shown => Of(shown, rankers?.Invoke(shown.RankedBy)))];

    public static IEnumerable<ShownCase> InTime(IEnumerable<ShownCase> cases) =>
        cases.OrderBy(c => c.At.UtcTicks).ThenBy(c => string.Join(' ', c.Offers), StringComparer.Ordinal).ThenBy(c => c.RankedBy.Version, StringComparer.Ordinal)
            .ThenBy(c => c.Visitor);
}
