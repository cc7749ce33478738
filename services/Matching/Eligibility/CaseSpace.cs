using System.Numerics;
using Matchmaking.Matching.Catalogue;

namespace Matchmaking.Matching.Eligibility;

/// <summary>Every visitor and every offer that some packs can tell apart, within what they are all about. Counted before anything is made.</summary>
internal sealed class CaseSpace
{
    private readonly Mentions _seen;
    private readonly VisitorField[] _fields;
    private readonly uint[] _traits;
    private readonly int[] _kinds, _types, _entries, _exits;
    private readonly IReadOnlyList<Scope> _scopes;

    public CaseSpace(Mentions seen, params IReadOnlyList<Scope> scopes)
    {
        (_seen, _scopes, _fields, _traits) = (seen, scopes, [.. seen.Fields], [.. seen.Traits]);
        _kinds = [.. Enumerable.Range(0, Vocabulary.Kinds.Count).Where(k => scopes.All(s => (s.Kinds >> k & 1) != 0)).Take(seen.Kind ? int.MaxValue : 1)];
        _types = [.. Enumerable.Range(0, Vocabulary.Types.Count).Where(t => scopes.All(s => (s.Types >> t & 1) != 0)).Take(seen.Type ? int.MaxValue : 1)];
        _entries = seen.Entry ? [.. Enumerable.Range(-1, Vocabulary.Levels.Count + 1)] : [-1];
        _exits = seen.Exit ? [.. Enumerable.Range(-1, Vocabulary.Levels.Count + 1)] : [-1];
    }

    /// <summary>At most so many pairs of a visitor and an offer; 0: the packs are about no offer together.</summary>
    public long Count => _fields.Aggregate(OffersAtMost, (n, asked) => n * (asked.Values().Count + 1));

    private long OffersAtMost => (long)_kinds.Length * _types.Length * _entries.Length * _exits.Length << _traits.Length;

    public IEnumerable<VisitorFacts> Visitors => VisitorsFrom(0, default);

    public IEnumerable<OfferSide> Offers
    {
        get
        {
            var always = _scopes.Aggregate(0u, (bits, scope) => bits | scope.AnyTrait);
            foreach (var kind in _kinds)
                foreach (var type in _types)
                    foreach (var entry in _entries)
                        foreach (var exit in _exits)
                            for (var set = 0; set < 1 << _traits.Length; set++)
                            {
                                var bits = always;
                                for (var t = 0; t < _traits.Length; t++)
                                    bits = (set >> t & 1) != 0 ? bits | _traits[t] : bits & ~_traits[t];
                                var offer = new OfferSide((byte)kind, (byte)type, (sbyte)entry, (sbyte)exit, bits);
                                if (_scopes.All(scope => scope.Covers(offer))) yield return offer;
                            }
        }
    }

    /// <summary>A case in the words of a pack; "*": any.</summary>
    public string Words(in VisitorFacts visitor, in OfferSide offer)
    {
        var facts = visitor;
        var words = _fields.Select(f => $"{VisitorFields.Names[(int)f]} = {(facts[f] is > 0 and var at ? f.Values()[at - 1] : "unknown")}").ToList();
        if (_seen.Kind) words.Add("offer kind = " + Vocabulary.Kinds[offer.Kind]);
        if (_seen.Type) words.Add("offer type = " + Vocabulary.Types[offer.Type]);
        if (_seen.Entry) words.Add("offer entry = " + Vocabulary.LevelCode(offer.Entry));
        if (_seen.Exit) words.Add("offer exit = " + Vocabulary.LevelCode(offer.Exit));
        foreach (var trait in _traits)
            words.Add($"offer trait {Vocabulary.Traits[BitOperations.TrailingZeroCount(trait)]} = {(offer.Has(trait) ? "yes" : "no")}");
        return words.Count == 0 ? "*" : string.Join(", ", words);
    }

    private IEnumerable<VisitorFacts> VisitorsFrom(int at, VisitorFacts facts) => at == _fields.Length
        ? [facts]
        : Enumerable.Range(0, _fields[at].Values().Count + 1).SelectMany(value => VisitorsFrom(at + 1, facts.With(_fields[at], value)));
}
