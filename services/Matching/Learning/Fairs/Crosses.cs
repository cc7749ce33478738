using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// What a visitor is and what an offer is to them, as tokens, and a weight for every pair of them: how nurses take to this stand, newcomers to evening
/// courses, people with good German to a conversation without a shared language. The offer itself is a token for everybody alike: it stands too seldom on lists to be told apart by people as well.
/// </summary>
internal sealed class Crosses
{
    private const int Values = 16;
    private static readonly int Fields = (int)VisitorField.Occupation + 1, Wishes = 1 + Fields * Values, Major = Wishes + Vocabulary.Wishes.Count,
        SubMajor = Major + 10, Years = SubMajor + 100, VisitorTokens = Years + 4;

    private static readonly string[] Kinds = ["offer", "stand", "type", "kind", "entry", "trait", "isco", "language", "goal"];
    private static readonly int[] Groups = [.. Enumerable.Range(0, VisitorTokens).Select(GroupOf)];

    private readonly Dictionary<string, int> _offerTokens = [];
    private readonly int[] _kinds, _languages, _goals;
    private readonly Dictionary<CatalogueSnapshot, int[][]> _offers = [];

    public Crosses(IEnumerable<CatalogueSnapshot> catalogues)
    {
        foreach (var c in catalogues.Distinct())
            _offers[c] = [.. Enumerable.Range(0, c.Count).Select(offer => Tokens(c, offer).Select(Number).ToArray())];
        (_languages, _goals) = ([.. Enumerable.Range(0, 4).Select(state => Number($"language {state}"))], [.. Enumerable.Range(0, 4).Select(state => Number($"goal {state}"))]);
        _kinds = [.. _offerTokens.OrderBy(t => t.Value).Select(t => Array.IndexOf(Kinds, t.Key[..t.Key.IndexOf(' ')]))];

        int Number(string token) => _offerTokens.TryAdd(token, _offerTokens.Count) ? _offerTokens.Count - 1 : _offerTokens[token];
    }

    /// <summary>Weights of one question to the visitor and one kind of thing that is known of offers: age and type, say. They are about equally far from 0.</summary>
    public static readonly int Blocks = (Groups[^1] + 1) * Kinds.Length;

    public int BlockOf(int weight) => Groups[weight / _offerTokens.Count] * Kinds.Length + _kinds[weight % _offerTokens.Count];

    public int Count => VisitorTokens * _offerTokens.Count;

    /// <summary>Whether a weight is of offers for everybody, or of how some people differ in them.</summary>
    public bool IsForAll(int weight) => weight < _offerTokens.Count;

    /// <summary>The offer itself comes first.</summary>
    public int[] Of(CatalogueSnapshot catalogue, int offer, ReadOnlySpan<float> pair) =>
        [.. _offers[catalogue][offer], _languages[State(pair[Features.Language])], _goals[State(pair[Features.GoalAny])]];

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

    /// <summary>Of a pair's feature from 0 to 1: none, some, all; or not known.</summary>
    private static int State(float value) => float.IsNaN(value) ? 3 : value switch { <= 0 => 0, < 1 => 1, _ => 2 };

    private static int GroupOf(int token) =>
        token == 0 ? 0 : token < Wishes ? 1 + (token - 1) / Values : 1 + Fields + (token < Major ? 0 : token < SubMajor ? 1 : token < Years ? 2 : 3);

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
