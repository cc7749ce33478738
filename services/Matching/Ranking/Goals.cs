using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Ranking;

/// <summary>What a visitor came for, as far as anything in the list serves it, and which of it an offer counts for.</summary>
internal readonly struct Goals
{
    private readonly int _main;

    public Goals(in VisitorFacts visitor, CatalogueSnapshot c, ReadOnlySpan<int> offers)
    {
        var any = 0;
        foreach (var offer in offers) (_main, any) = (_main | c.MainWishes[offer], any | c.Wishes[offer]);
        Wanted = any & (visitor.Goals != 0 ? visitor.Goals : visitor.Topics);
    }

    public int Wanted { get; }

    /// <summary>
    /// What an offer counts for: what it is for by its type, so that a desk which names every goal does not stand in for a course.
    /// Goals that nobody in the catalogue has as the main thing count where they are named at all.
    /// </summary>
    public int ServedBy(CatalogueSnapshot c, int offer) => Wanted & (c.MainWishes[offer] | (c.Wishes[offer] & ~_main));
}
