using System.Buffers;
using System.Numerics;
using Matchmaking.Matching.Catalogue;

namespace Matchmaking.Matching.Eligibility;

/// <summary>
/// A catalogue as one pack sees it: a pack looks at few columns, so to it thousands of offers are some dozens of cases. Worked out once for a
/// catalogue; a new day, or another pack that is published, changes nothing of it.
/// </summary>
internal sealed class PackCases
{
    private readonly RulePack _pack;

    /// <summary>Of the sides that the pack cannot tell apart, one.</summary>
    private readonly OfferSide[] _cases;

    /// <summary>By position in <see cref="_sides"/>.</summary>
    private readonly int[] _caseOf;

    /// <summary>Those that the pack is about.</summary>
    private readonly int[] _sides;

    private PackCases(RulePack pack, OfferSide[] cases, int[] sides, int[] caseOf) => (_pack, _cases, _sides, _caseOf) = (pack, cases, sides, caseOf);

    public ReadOnlySpan<int> Sides => _sides;

    public static PackCases Of(RulePack pack, OfferSide[] sides)
    {
        var (found, about) = (ArrayPool<int>.Shared.Rent(sides.Length), 0);
        for (var i = 0; i < sides.Length; i++)
            if (pack.Scope.Covers(sides[i])) found[about++] = i;
        var (covered, caseOf) = (found[..about], new int[about]);
        // A table of the keys that were met, at most half full: what a dictionary does, without growing in steps and without leaving anything behind.
        var places = (int)BitOperations.RoundUpToPowerOf2((uint)about + 1) * 2;
        var (keys, cases, known) = (ArrayPool<ulong>.Shared.Rent(places), ArrayPool<OfferSide>.Shared.Rent(about + 1), ArrayPool<int>.Shared.Rent(places));
        known.AsSpan(0, places).Clear();
        var (looksAt, met) = (Columns(pack.Mentions), 0);
        for (var i = 0; i < covered.Length; i++)
        {
            var side = sides[covered[i]];
            var key = Key(side) & looksAt;
            var at = (int)(key * 0x9E3779B97F4A7C15 >> 32) & (places - 1);
            while (known[at] != 0 && keys[at] != key) at = (at + 1) & (places - 1);
            if (known[at] == 0)
            {
                (keys[at], cases[met]) = (key, side);
                known[at] = ++met;
            }
            caseOf[i] = known[at] - 1;
        }
        var result = new PackCases(pack, cases[..met], covered, caseOf);
        ArrayPool<ulong>.Shared.Return(keys);
        ArrayPool<OfferSide>.Shared.Return(cases);
        ArrayPool<int>.Shared.Return(known);
        ArrayPool<int>.Shared.Return(found);
        return result;
    }

    private static ulong Key(OfferSide side) => (ulong)side.Traits << 32 | (ulong)side.Kind << 24 | (ulong)side.Type << 16 | (ulong)(byte)(side.Entry + 1) << 8 | (byte)(side.Exit + 1);

    /// <summary>Those bits of a key that make a difference to the pack.</summary>
    private static ulong Columns(Mentions seen) => (ulong)seen.Traits.Aggregate(0u, (bits, trait) => bits | trait) << 32
        | (seen.Kind ? 0xFF000000 : 0ul) | (seen.Type ? 0xFF0000 : 0ul) | (seen.Entry ? 0xFF00 : 0ul) | (seen.Exit ? 0xFF : 0ul);

    /// <summary>Each case is judged once for the visitor; a verdict on a side becomes the pack's where that is worse.</summary>
    public void Worsen(in VisitorFacts visitor, Verdict[] verdicts)
    {
        var answers = ArrayPool<Verdict>.Shared.Rent(_cases.Length);
        for (var i = 0; i < _cases.Length; i++) answers[i] = _pack.Find(visitor, _cases[i])!.Verdict;
        for (var i = 0; i < _sides.Length; i++)
        {
            var answer = answers[_caseOf[i]];
            ref var verdict = ref verdicts[_sides[i]];
            if (answer > verdict) verdict = answer;
        }
        ArrayPool<Verdict>.Shared.Return(answers);
    }
}
