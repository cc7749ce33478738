using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// What a visitor is and what an offer is, as tokens, and a weight for every pair of them: how nurses take to this stand, newcomers to evening
/// courses. The offer itself is a token for everybody alike: it stands too seldom on lists to be told apart by people as well.
/// </summary>
internal sealed class Crosses
{
    private const int Values = 16;
    private static readonly int Fields = (int)VisitorField.Occupation + 1, Wishes = 1 + Fields * Values, Major = Wishes + Vocabulary.Wishes.Count,
        SubMajor = Major + 10, Years = SubMajor + 100, VisitorTokens = Years + 4;

    private readonly Dictionary<string, int> _offerTokens = [];
    private readonly Dictionary<CatalogueSnapshot, int[][]> _offers = [];

    public Crosses(IEnumerable<CatalogueSnapshot> catalogues)
    {
        foreach (var c in catalogues.Distinct())
            _offers[c] = [.. Enumerable.Range(0, c.Count).Select(offer => Tokens(c, offer).Select(token => _offerTokens.TryAdd(token, _offerTokens.Count) ? _offerTokens.Count - 1 : _offerTokens[token]).ToArray())];
    }

    public int Count => VisitorTokens * _offerTokens.Count;

    /// <summary>Whether a weight is of offers for everybody, or of how some people differ in them.</summary>
    public bool IsForAll(int weight) => weight < _offerTokens.Count;

    public int[] Of(CatalogueSnapshot catalogue, int offer) => _offers[catalogue][offer];

    /// <summary>The first is everybody.</summary>
    public int[] Of(in VisitorFacts v)
    {
        var tokens = new List<int>(24) { 0 };
        for (var f = VisitorField.CoursePaper; f <= VisitorField.Occupation; f++) tokens.Add(1 + (int)f * Values + v[f]);
        for (var wish = 0; wish < Vocabulary.Wishes.Count; wish++)
            if ((v.Wishes >> wish & 1) != 0) tokens.Add(Wishes + wish);
        if (v.Isco.Known) tokens.Add(Major + v.Isco.Major);
        if (v.Isco.Digits >= 2) tokens.Add(SubMajor + v.Isco.Digit(0) * 10 + v.Isco.Digit(1));
        tokens.Add(Years + v.Years switch { < 0 => 0, < 5 => 1, < 10 => 2, _ => 3 });
        return [.. tokens];
    }

    /// <summary>Sum of the weights of all pairs.</summary>
    public double Sum(int[] visitor, int[] offer, float[] weights)
    {
        double sum = weights[offer[0]];
        foreach (var who in visitor)
            for (var i = 1; i < offer.Length; i++) sum += weights[who * _offerTokens.Count + offer[i]];
        return sum;
    }

    /// <summary>Adds to every weight that <see cref="Sum"/> reads.</summary>
    public void Add(int[] visitor, int[] offer, float[] weights, float value)
    {
        weights[offer[0]] += value;
        foreach (var who in visitor)
            for (var i = 1; i < offer.Length; i++) weights[who * _offerTokens.Count + offer[i]] += value;
    }

    /// <summary>The offer itself comes first.</summary>
    private static IEnumerable<string> Tokens(CatalogueSnapshot c, int offer)
    {
        var side = c.Side(offer);
        yield return "offer " + c.Offers[offer].Key;
        yield return "stand " + c.Exhibitors[c.Exhibitor[offer]].Key;
        yield return $"type {side.Type}";
        yield return $"kind {side.Kind}";
        yield return $"entry {side.Entry}";
        for (var trait = 0; trait < Vocabulary.Traits.Count; trait++)
            if ((side.Traits >> trait & 1) != 0) yield return $"trait {trait}";
        foreach (var isco in c.Occupations(offer))
            if (isco.Digits >= 2)
            {
                yield return $"isco {isco.Digit(0)}{isco.Digit(1)}";
                break;
            }
    }
}
