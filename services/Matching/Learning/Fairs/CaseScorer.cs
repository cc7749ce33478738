using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>Scores every offer of a case's catalogue for its visitor, on whatever scale: only the order within the visitor's list is looked at.</summary>
/// <param name="judged">The rules' answers, by <see cref="Catalogue.CatalogueSnapshot.SideOf"/>.</param>
/// <param name="scores">By index of the offer; to be filled.</param>
internal delegate void CaseScorer(ShownCase shown, Judgement[] judged, Span<float> scores);

internal static class CaseScorers
{
    /// <summary>The ranking of the first fair.</summary>
    public static void Baseline(ShownCase shown, Judgement[] judged, Span<float> scores)
    {
        Span<float> pair = stackalloc float[Features.PairCount];
        for (var offer = 0; offer < scores.Length; offer++)
        {
            Features.OfPair(shown.Facts, shown.Catalogue, offer, judged[shown.Catalogue.SideOf[offer]].Verdict, float.NaN, pair);
            scores[offer] = Ranking.Baseline.Score(pair);
        }
    }
}
