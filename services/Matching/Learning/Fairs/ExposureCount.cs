using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>Counts whose offers come into the first five places of whole lists under two rankings.</summary>
internal sealed class ExposureCount
{
    private readonly Dictionary<Guid, int> _standsBefore = [], _standsAfter = [];
    private readonly HashSet<Guid> _stands = [], _offers = [], _offersBefore = [], _offersAfter = [];

    public void Count(ShownRows list, float[] before, float[] after)
    {
        var c = list.Case.Catalogue;
        foreach (var offer in c.Offers)
        {
            _stands.Add(offer.ExhibitorId);
            _offers.Add(offer.Id);
        }
        Add(list, before, _standsBefore, _offersBefore);
        Add(list, after, _standsAfter, _offersAfter);
    }

    public ExposureChange Change() => new(
        Gini(_standsBefore), Gini(_standsAfter), _stands.Count - _standsBefore.Count, _stands.Count - _standsAfter.Count,
        Share(_offersBefore), Share(_offersAfter), _stands.Count, _offers.Count);

    private double? Gini(Dictionary<Guid, int> counts) => Measures.Gini(_stands.Select(s => (double)counts.GetValueOrDefault(s)));

    private double? Share(HashSet<Guid> offers) => _offers.Count == 0 ? null : offers.Count / (double)_offers.Count;

    private static void Add(ShownRows list, float[] scores, Dictionary<Guid, int> stands, HashSet<Guid> seen)
    {
        var c = list.Case.Catalogue;
        int[] open = [.. Enumerable.Range(0, c.Count).Where(o => list.Judged.VerdictOn(o) != Verdict.No)];
        ListOrder.Arrange(list.Case.Facts, c, open, scores);
        foreach (var offer in open.Take(ListOrder.Promise))
        {
            seen.Add(c.Offers[offer].Id);
            var stand = c.Offers[offer].ExhibitorId;
            stands[stand] = stands.GetValueOrDefault(stand) + 1;
        }
    }
}
