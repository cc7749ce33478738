using Matchmaking.Matching.Catalogue;

namespace Matchmaking.Matching.Eligibility;

/// <summary>
/// Proves that a pack is a decision table by trying every visitor and every offer that its conditions can tell apart: exactly one rule applies
/// to each. Packs look at one to three fields, so this is a few hundred cases; more than <see cref="Limit"/> are refused.
/// </summary>
internal static class PackProof
{
    public const int Limit = 500_000;

    public static void Check(RulePack pack, List<PackProblem> problems)
    {
        var mentions = new Mentions();
        foreach (var rule in pack.Rules) rule.When.Tell(mentions);

        var offers = Offers(pack, mentions).Where(o => pack.Scope.Covers(o)).ToList();
        var fields = mentions.Fields.ToArray();
        var visitors = fields.Aggregate(1L, (n, f) => n * (f.Values().Count + 1));
        if (offers.Count == 0)
        {
            problems.Add(new(pack.File, null, "\"appliesTo\" fits no offer", "widen kinds, types or anyTrait"));
            return;
        }
        if (visitors * offers.Count > Limit)
        {
            problems.Add(new(pack.File, null, $"the rules tell {visitors * offers.Count:N0} cases apart, too many to prove them",
                "split the pack: one question a pack"));
            return;
        }

        var told = new HashSet<(string, string)>();
        foreach (var visitor in Visitors(fields, 0, default))
            foreach (var offer in offers)
                CheckCase(pack, visitor, offer, fields, mentions, told, problems);
        foreach (var rule in pack.Rules)
            if (!told.Contains((rule.Id, "used")))
                problems.Add(new(pack.File, rule.Id, "it can never apply", "remove it or widen its condition"));
    }

    private static void CheckCase(
        RulePack pack, in VisitorFacts visitor, in OfferSide offer, VisitorField[] fields, Mentions mentions,
        HashSet<(string, string)> told, List<PackProblem> problems)
    {
        Rule? first = null;
        foreach (var rule in pack.Rules)
        {
            if (rule.When.Test(visitor, offer) != Truth.True) continue;
            told.Add((rule.Id, "used"));
            if (first is null) first = rule;
            else if (told.Add((first.Id, rule.Id)))
                problems.Add(new(pack.File, rule.Id, $"it and rule \"{first.Id}\" both apply to {Words(visitor, offer, fields, mentions)}",
                    "narrow one of the two conditions"));
        }
        if (first is null && told.Add(("", "")))
            problems.Add(new(pack.File, null, $"no rule applies to {Words(visitor, offer, fields, mentions)}",
                "add a rule for it; where something is not known, \"likely\" or \"ask\""));
    }

    private static IEnumerable<VisitorFacts> Visitors(VisitorField[] fields, int at, VisitorFacts facts)
    {
        if (at == fields.Length) return [facts];
        return Enumerable.Range(0, fields[at].Values().Count + 1).SelectMany(value => Visitors(fields, at + 1, facts.With(fields[at], value)));
    }

    private static IEnumerable<OfferSide> Offers(RulePack pack, Mentions m)
    {
        // A scope is a restriction like any other: what it names has to be told apart, or nothing in it would be tried.
        var kinds = m.Kind || pack.Scope.Kinds != Scope.AllKinds ? Enumerable.Range(0, Vocabulary.Kinds.Count) : [0];
        var types = m.Type || pack.Scope.Types != UInt128.MaxValue ? Enumerable.Range(0, Vocabulary.Types.Count) : [0];
        if (!m.Type) types = types.Where(t => (pack.Scope.Types >> t & 1) != 0).Take(1);
        if (!m.Kind) kinds = kinds.Where(k => (pack.Scope.Kinds >> k & 1) != 0).Take(1);
        var entries = m.Entry ? Enumerable.Range(-1, Vocabulary.Levels.Count + 1) : [-1];
        var exits = m.Exit ? Enumerable.Range(-1, Vocabulary.Levels.Count + 1) : [-1];
        uint[] traits = [.. m.Traits];
        foreach (var kind in kinds)
            foreach (var type in types)
                foreach (var entry in entries)
                    foreach (var exit in exits)
                        for (var set = 0; set < 1 << traits.Length; set++)
                        {
                            var bits = pack.Scope.AnyTrait;
                            for (var t = 0; t < traits.Length; t++)
                                bits = (set >> t & 1) != 0 ? bits | traits[t] : bits & ~traits[t];
                            yield return new OfferSide((byte)kind, (byte)type, (sbyte)entry, (sbyte)exit, bits);
                        }
    }

    private static string Words(in VisitorFacts visitor, in OfferSide offer, VisitorField[] fields, Mentions m)
    {
        var facts = visitor;
        var words = fields.Select(f => $"{VisitorFields.Names[(int)f]} = {(facts[f] is > 0 and var at ? f.Values()[at - 1] : "unknown")}").ToList();
        if (m.Kind) words.Add("offer kind = " + Vocabulary.Kinds[offer.Kind]);
        if (m.Type) words.Add("offer type = " + Vocabulary.Types[offer.Type]);
        if (m.Entry) words.Add("offer entry = " + Vocabulary.LevelCode(offer.Entry));
        if (m.Exit) words.Add("offer exit = " + Vocabulary.LevelCode(offer.Exit));
        foreach (var trait in m.Traits)
            words.Add($"offer trait {Vocabulary.Traits[System.Numerics.BitOperations.TrailingZeroCount(trait)]} = {(offer.Has(trait) ? "yes" : "no")}");
        return words.Count == 0 ? "any visitor" : string.Join(", ", words);
    }
}
