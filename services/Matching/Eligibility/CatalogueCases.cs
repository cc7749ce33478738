using Matchmaking.Matching.Catalogue;

namespace Matchmaking.Matching.Eligibility;

/// <summary>
/// A catalogue as the packs of a day see it. A pack looks at few columns, so to it thousands of offers are some dozens of cases: each case is
/// judged once for a visitor, and the verdict on an offer is the worst over its packs' cases. Made once for a catalogue, never changed.
/// </summary>
internal sealed class CatalogueCases
{
    private readonly PackCases[] _packs;

    /// <summary>By side, before any pack has spoken: "likely" where none is about it.</summary>
    private readonly Verdict[] _unasked;

    public CatalogueCases(IReadOnlyList<RulePack> packs, OfferSide[] sides)
    {
        _packs = [.. packs.Select(pack => PackCases.Of(pack, sides)).Where(pack => pack.Sides.Length > 0)];
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

    /// <param name="Cases">Of the sides that the pack cannot tell apart, one.</param>
    /// <param name="Sides">Those that the pack is about, and <paramref name="CaseOf"/> each one's case.</param>
    private sealed record PackCases(RulePack Pack, OfferSide[] Cases, int[] Sides, int[] CaseOf)
    {
        public static PackCases Of(RulePack pack, OfferSide[] sides)
        {
            var seen = pack.Mentions;
            var traits = seen.Traits.Aggregate(0u, (bits, trait) => bits | trait);
            var (known, cases, about, caseOf) = (new Dictionary<ulong, int>(), new List<OfferSide>(), new List<int>(), new List<int>());
            for (var i = 0; i < sides.Length; i++)
            {
                var side = sides[i];
                if (!pack.Scope.Covers(side)) continue;
                var key = (ulong)(side.Traits & traits) << 32 | (seen.Kind ? side.Kind : 0ul) << 24 | (seen.Type ? side.Type : 0ul) << 16
                    | (seen.Entry ? (ulong)(side.Entry + 1) : 0) << 8 | (seen.Exit ? (ulong)(side.Exit + 1) : 0);
                if (!known.TryGetValue(key, out var at))
                {
                    known.Add(key, at = cases.Count);
                    cases.Add(side);
                }
                about.Add(i);
                caseOf.Add(at);
            }
            return new PackCases(pack, [.. cases], [.. about], [.. caseOf]);
        }

        public void Worsen(in VisitorFacts visitor, Verdict[] verdicts)
        {
            var answers = new Verdict[Cases.Length];
            for (var i = 0; i < answers.Length; i++) answers[i] = Pack.Find(visitor, Cases[i])!.Verdict;
            for (var i = 0; i < Sides.Length; i++)
            {
                var answer = answers[CaseOf[i]];
                ref var verdict = ref verdicts[Sides[i]];
                if (answer > verdict) verdict = answer;
            }
        }
    }
}

/// <summary>The verdicts on all offers for one visitor. What led to a verdict is told for those offers that somebody looks at.</summary>
internal sealed class Judgements(RulesOfDay rules, VisitorFacts visitor, CatalogueSnapshot catalogue, Verdict[] verdicts)
{
    private readonly Judgement?[] _told = new Judgement?[verdicts.Length];

    public Verdict VerdictOn(int offer) => verdicts[catalogue.SideOf[offer]];

    public Judgement On(int offer) => _told[catalogue.SideOf[offer]] ??= rules.Judge(visitor, catalogue, offer);
}
