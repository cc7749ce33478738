using System.Globalization;
using Matchmaking.Matching.Catalogue;

namespace Matchmaking.Matching.Eligibility;

/// <summary>What is no fault of a pack but may not be meant. <see cref="Code"/> is a resource of Texts/RulePacks.</summary>
internal sealed record PackNote(string Code, params IReadOnlyList<object> Args)
{
    public string Say(CultureInfo culture) => PackTexts.Say(Code, culture, Args);

    /// <summary>For the log.</summary>
    public override string ToString() => Say(PackTexts.English);
}

/// <summary>
/// Looks at a pack among the others: days on which its question has no answer any more, and packs of other ids that look at the same of a
/// visitor, on the same days and about the same offers, and say otherwise. Then the worse answer holds, which surprises whoever meant to replace
/// a pack and gave it a new id. Packs that the program brings differ on purpose: they are different questions.
/// </summary>
internal static class PackNotes
{
    public static IEnumerable<PackNote> Of(RulePack pack, RulePackSet set)
    {
        if (pack.ValidTo is { } last && last < DateOnly.MaxValue)
        {
            var next = set.Packs.Where(p => p.Id == pack.Id && p.ValidFrom > last).Select(p => (DateOnly?)p.ValidFrom).Min();
            if (next is null) yield return new("note.ends", last, pack.Id);
            else if (next > last.AddDays(1)) yield return new("note.gap", last.AddDays(1), next.Value.AddDays(-1), pack.Id);
        }
        foreach (var other in set.Packs)
            if (other.Id != pack.Id && !(IsShipped(pack) && IsShipped(other)) && ShareDays(pack, other) && Difference(pack, other) is { } note) yield return note;
    }

    /// <summary>The case in which they are furthest apart; null where they agree or do not look at the same.</summary>
    private static PackNote? Difference(RulePack pack, RulePack other)
    {
        if (!pack.Mentions.Fields.Overlaps(other.Mentions.Fields)) return null;
        var space = new CaseSpace(Mentions.Of(pack.Rules.Concat(other.Rules).Select(rule => rule.When)), pack.Scope, other.Scope);
        var (furthest, visitorThere, offerThere) = (0, default(VisitorFacts), default(OfferSide));
        if (space.Count > PackProof.Limit) return null;
        var offers = space.Offers.ToList();
        foreach (var visitor in space.Visitors)
            foreach (var offer in offers)
                if (Math.Abs((int)pack.Find(visitor, offer)!.Verdict - (int)other.Find(visitor, offer)!.Verdict) is var apart && apart > furthest)
                    (furthest, visitorThere, offerThere) = (apart, visitor, offer);
        if (furthest == 0) return null;
        var (own, theirs) = (pack.Find(visitorThere, offerThere)!.Verdict, other.Find(visitorThere, offerThere)!.Verdict);
        return new("note.differs", other.Id, other.Version, space.Words(visitorThere, offerThere), theirs.Code(), own.Code(), (own > theirs ? own : theirs).Code());
    }

    private static bool IsShipped(RulePack pack) => RulePackSet.BuiltIn.Packs.Any(p => p.Id == pack.Id);

    private static bool ShareDays(RulePack one, RulePack other) => !(one.ValidTo < other.ValidFrom) && !(other.ValidTo < one.ValidFrom);
}
