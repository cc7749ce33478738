using Matchmaking.Matching.Catalogue;

namespace Matchmaking.Matching.Eligibility;

/// <summary>A catalogue as the packs of a day see it: the verdict on an offer is the worst over its packs' cases. Made once for a catalogue, never changed.</summary>
internal sealed class CatalogueCases
{
    private readonly PackCases[] _packs;

    /// <summary>By side, before any pack has spoken: "likely" where none is about it.</summary>
    private readonly Verdict[] _unasked;

    public CatalogueCases(IReadOnlyList<RulePack> packs, OfferSide[] sides)
    {
        _packs = [.. packs.Select(pack => pack.Cases(sides)).Where(pack => pack.Sides.Length > 0)];
        _unasked = new Verdict[sides.Length];
        Array.Fill(_unasked, Verdict.Likely);
        foreach (var pack in _packs)
            foreach (var side in pack.Sides) _unasked[side] = Verdict.Yes;
    }

    /// <returns>One verdict for each side.</returns>
    public Verdict[] Judge(in VisitorFacts visitor)
    {
        var verdicts = (Verdict[])_unasked.Clone();
        foreach (var pack in _packs) pack.Worsen(visitor, verdicts);
        return verdicts;
    }
}

/// <summary>The verdicts on all offers for one visitor. What led to a verdict is told for those offers that somebody looks at.</summary>
internal sealed class Judgements(RulesOfDay rules, VisitorFacts visitor, CatalogueSnapshot catalogue, Verdict[] verdicts)
{
    private readonly Judgement?[] _told = new Judgement?[verdicts.Length];

    public Verdict VerdictOn(int offer) => verdicts[catalogue.SideOf[offer]];

    public Judgement On(int offer) => _told[catalogue.SideOf[offer]] ??= rules.Judge(visitor, catalogue, offer);
}
