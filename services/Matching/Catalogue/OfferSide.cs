namespace Matchmaking.Matching.Catalogue;

/// <summary>
/// Everything about an offer that a rule may look at. Offers that are alike in it get the same verdict, so a visitor is judged once
/// per distinct side and not once per offer: thousands of offers have a few hundred sides.
/// </summary>
/// <param name="Entry">CEFR position; -1: any.</param>
/// <param name="Exit">CEFR position; -1: none stated.</param>
internal readonly record struct OfferSide(byte Kind, byte Type, sbyte Entry, sbyte Exit, uint Traits)
{
    /// <summary>An offer of which only the type is known.</summary>
    public static OfferSide Of(string kind, string type, string? entry = null, string? exit = null, params string[] traits) =>
        new(Vocabulary.Kind(kind), Vocabulary.Type(type), Vocabulary.Level(entry), Vocabulary.Level(exit), Vocabulary.TraitBits(traits));

    public bool Has(uint trait) => (Traits & trait) != 0;
}
