using System.Runtime.CompilerServices;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Texts;

namespace Matchmaking.Matching.Eligibility;

/// <summary>
/// The packs of one day. How they combine: each pack answers one question (admission, level, whom it is for); the verdict is the worst of the
/// answers, the office that of the answer which decided, and every answer is told. An offer that no pack is about is "likely": nothing is
/// known against it, and the stand can say more.
/// </summary>
internal sealed class RulesOfDay(DateOnly day, IReadOnlyList<RulePack> packs)
{
    private static readonly Judgement NoRule = new(Verdict.Likely, null, []);
    private readonly ConditionalWeakTable<CatalogueSnapshot, CatalogueCases> _cases = [];

    public DateOnly Day => day;

    public IReadOnlyList<RulePack> Packs => packs;

    public IReadOnlyList<RulePackRef> Refs { get; } = [.. packs.Select(p => p.Ref)];

    public Judgement Judge(in VisitorFacts visitor, in OfferSide offer)
    {
        List<Finding>? found = null;
        foreach (var pack in packs)
            if (pack.Find(visitor, offer) is { } rule)
            {
                // The worst first, else in the packs' order; there are two or three.
                found ??= new List<Finding>(4);
                var at = found.Count;
                while (at > 0 && found[at - 1].Rule.Verdict < rule.Verdict) at--;
                found.Insert(at, new Finding(rule, pack, Say(rule, visitor, offer)));
            }
        if (found is null) return NoRule;
        var verdict = found[0].Rule.Verdict;
        return new Judgement(verdict, found.Find(f => f.Rule.Verdict == verdict && f.Rule.Office is not null)?.Rule.Office, found);
    }

    public Judgement Judge(in VisitorFacts visitor, CatalogueSnapshot catalogue, int offer) => Judge(visitor, catalogue.Side(offer));

    /// <summary>What holds for a type of offer as such, of which neither level nor traits are known.</summary>
    public Judgement JudgeType(in VisitorFacts visitor, string type) =>
        Judge(visitor, OfferSide.Of(Vocabulary.KindOf(type) ?? throw new ArgumentOutOfRangeException(nameof(type), type, "Not a type of offer."), type));

    /// <summary>The verdicts on all offers of a catalogue at once; what the packs see of it is worked out by then, or for the first visitor.</summary>
    public Judgements JudgeAll(in VisitorFacts visitor, CatalogueSnapshot catalogue)
    {
        var verdicts = _cases.GetValue(catalogue, c => new CatalogueCases(packs, c.Sides)).Judge(visitor);
        return new Judgements(this, visitor, catalogue, verdicts);
    }

    /// <summary>Works out beforehand what the first visitor would wait for, the compiling of the code that judges included.</summary>
    public void Prepare(CatalogueSnapshot catalogue)
    {
        if (!_cases.TryGetValue(catalogue, out _)) JudgeAll(default, catalogue);
    }

    private static IReadOnlyList<TextArg> Say(Rule rule, in VisitorFacts visitor, in OfferSide offer)
    {
        if (rule.With.Count == 0) return [];
        var args = new TextArg[rule.With.Count];
        for (var i = 0; i < args.Length; i++)
        {
            var level = rule.With[i] switch { "entry" => offer.Entry, "exit" => offer.Exit, _ => visitor.German };
            args[i] = TextArg.Code(rule.With[i], "level." + Vocabulary.LevelCode(level));
        }
        return args;
    }
}
