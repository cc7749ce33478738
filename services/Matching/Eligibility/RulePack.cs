using System.Runtime.CompilerServices;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Texts;

namespace Matchmaking.Matching.Eligibility;

/// <summary>
/// One question about an offer ("may this visitor join an Integrationskurs?") and its answers on the days from <see cref="ValidFrom"/> to
/// <see cref="ValidTo"/>, both included. The rules are a decision table: for every visitor and every offer that the pack is about exactly one
/// rule applies. The loader proves it by trying all of them, so the order of rules means nothing and none can contradict another.
/// </summary>
/// <param name="ReviewBy">By then somebody has to look whether the pack still holds; null: no such day is known.</param>
internal sealed record RulePack(
    string Id, string Version, string Owner, string Title, DateOnly ValidFrom, DateOnly? ValidTo, DateOnly? ReviewBy, Scope Scope,
    IReadOnlyList<Rule> Rules, string File)
{
    /// <summary>By the sides of a catalogue, as long as that is in use. The same pack on fewer days shares them.</summary>
    private readonly ConditionalWeakTable<OfferSide[], PackCases> _cases = [];

    public RulePackRef Ref { get; } = new(Id, Version);

    public Mentions Mentions { get; } = Mentions.Of(Rules.Select(rule => rule.When));

    public bool ValidOn(DateOnly day) => ValidFrom <= day && !(day > ValidTo);

    public PackCases Cases(OfferSide[] sides) => _cases.GetValue(sides, of => PackCases.Of(this, of));

    /// <summary>The rule that applies; null where the pack is not about such an offer.</summary>
    public Rule? Find(in VisitorFacts visitor, in OfferSide offer)
    {
        if (!Scope.Covers(offer)) return null;
        foreach (var rule in Rules)
            if (rule.When.Test(visitor, offer) == Truth.True) return rule;
        throw new InvalidOperationException($"{File}: no rule applies. The loader should have refused this pack.");
    }
}

/// <summary>Which offers a pack is about. Where several are given, all have to hold.</summary>
internal sealed record Scope(int Kinds, UInt128 Types, uint AnyTrait)
{
    public const int AllKinds = -1;

    public bool Covers(in OfferSide offer) =>
        (Kinds >> offer.Kind & 1) != 0 && (Types >> offer.Type & 1) != 0 && (AnyTrait == 0 || offer.Has(AnyTrait));
}

/// <param name="Office">Of <see cref="Offices"/>; never null for "ask" and "no": nobody is sent away without a next address.</param>
/// <param name="Text">Key in the texts, or of this rule's own words.</param>
/// <param name="With">What the text says beyond that: "entry", "exit", "german".</param>
/// <param name="Words">By language, where the pack brings its own words; German is always there. null: they are in Texts/Reasons.resx.</param>
internal sealed record Rule(
    string Id, Condition When, Verdict Verdict, string? Office, string Source, string Text, IReadOnlyList<string> With, IReadOnlyDictionary<string, string>? Words = null);

/// <summary>A rule that applied, ready to be said.</summary>
internal sealed record Finding(Rule Rule, RulePack Pack, IReadOnlyList<TextArg> Args);

/// <summary>The verdict of all packs of a day on an offer, with what led to it, the worst first.</summary>
/// <param name="Office">Of the first finding that has the verdict and names one.</param>
internal sealed record Judgement(Verdict Verdict, string? Office, IReadOnlyList<Finding> Findings);
