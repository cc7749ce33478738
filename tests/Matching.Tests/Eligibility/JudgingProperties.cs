using System.Text.Json.Nodes;
using CsCheck;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Texts;

namespace Matchmaking.Matching.Tests.Eligibility;

/// <summary>What holds for any visitor, any offer and any day, with all packs that are shipped.</summary>
public sealed class JudgingProperties
{
    [Fact]
    public void A_rule_says_no_only_where_every_field_that_it_looks_at_is_known() =>
        Gen.Select(Any.Facts, Any.Side, Any.Day).Sample((facts, side, day) =>
            RulePackSet.BuiltIn.At(day).Judge(facts, side).Findings.Where(f => f.Rule.Verdict == Verdict.No).All(f => Mentions.Of(f.Rule.When).Fields.All(facts.Knows)), iter: 5000);

    [Fact]
    public void Filling_one_open_field_never_turns_a_yes_into_a_no_without_an_office() =>
        Gen.Select(Any.Facts, Any.Side, Any.Day).Sample((facts, side, day) =>
        {
            var rules = RulePackSet.BuiltIn.At(day);
            var before = rules.Judge(facts, side).Verdict;
            for (var field = VisitorField.CoursePaper; field <= VisitorField.Occupation; field++)
                for (var value = 1; !facts.Knows(field) && value <= field.Values().Count; value++)
                {
                    var after = rules.Judge(facts.With(field, value), side);
                    if (after.Verdict > before && after.Verdict is Verdict.No or Verdict.Ask && after.Office is null) return false;
                    if (after.Verdict == Verdict.No && after.Findings.Any(f => f.Rule.Verdict == Verdict.No && !Offices.Codes.Contains(f.Rule.Office!))) return false;
                }
            return true;
        }, iter: 3000);

    [Fact]
    public void A_verdict_has_reasons_with_sources_that_can_be_said_in_every_language() =>
        Gen.Select(Any.Facts, Any.Side, Any.Day).Sample((facts, side, day) =>
        {
            var judged = RulePackSet.BuiltIn.At(day).Judge(facts, side);
            return judged.Findings.Count > 0 && judged.Findings.Max(f => f.Rule.Verdict) == judged.Verdict && judged.Findings.All(f =>
                f.Rule.Source.Length > 0 && ReasonTexts.Languages.All(language => ReasonTexts.Say(f.Rule.Text, f.Args, language) is { Length: > 0 } said && said != f.Rule.Text && !said.Contains('{')));
        }, iter: 2000);

    /// <summary>Files in another order, and the rules within each in another order, are the same rules.</summary>
    [Fact]
    public void The_order_of_packs_and_rules_means_nothing()
    {
        var shuffled = Enumerable.Range(1, 3).Select(Shuffled).ToArray();
        Gen.Select(Any.Facts, Any.Side, Any.Day).Sample((facts, side, day) =>
        {
            var judged = Told(RulePackSet.BuiltIn.At(day).Judge(facts, side));
            return shuffled.All(set => Told(set.At(day).Judge(facts, side)) == judged);
        }, iter: 3000);
    }

    [Fact]
    public void Judging_again_and_at_the_same_time_gives_the_same()
    {
        var (rules, catalogue) = (SmallFair.Today, SmallFair.Catalogue);
        Any.Facts.Array[8].Sample(visitors =>
        {
            var once = visitors.Select(v => AllTold(v)).ToArray();
            var again = new string[visitors.Length];
            Parallel.For(0, visitors.Length, i => again[i] = AllTold(visitors[i]));
            return once.SequenceEqual(again);
        }, iter: 50);

        string AllTold(VisitorFacts visitor)
        {
            var all = rules.JudgeAll(visitor, catalogue);
            return string.Join('\n', Enumerable.Range(0, catalogue.Count).Select(i => $"{all.VerdictOn(i)} {Told(all.On(i))}"));
        }
    }

    /// <summary>A catalogue is judged by cases; offers one by one have to come out the same, whatever their variety.</summary>
    [Fact]
    public void A_catalogue_at_once_is_judged_as_its_offers_one_by_one() =>
        Gen.Select(Any.Facts, Any.Side.Array[1, 60], Any.Day).Sample((facts, sides, day) =>
        {
            var rules = RulePackSet.BuiltIn.At(day);
            var verdicts = new CatalogueCases(rules.Packs, sides).Judge(facts);
            return sides.Index().All(s => rules.Judge(facts, s.Item).Verdict == verdicts[s.Index]);
        }, iter: 1000);

    /// <summary>Midnight, and a pack that takes some days of another, cost nobody the work once more.</summary>
    [Fact]
    public void What_a_pack_sees_of_a_catalogue_is_worked_out_once_whatever_days_are_left_to_it()
    {
        var sides = SmallFair.Catalogue.Sides;
        var pack = RulePackSet.BuiltIn.At(new(2026, 11, 28)).Packs[0];
        Assert.Same(pack.Cases(sides), RulePackSet.BuiltIn.At(new(2026, 11, 29)).Packs.Single(p => p.Id == pack.Id).Cases(sides));
        Assert.Same(pack.Cases(sides), (pack with { ValidTo = new(2026, 12, 1) }).Cases(sides));
        Assert.NotSame(pack.Cases(sides), pack.Cases([.. sides]));
    }

    [Fact]
    public void Where_no_pack_speaks_a_catalogue_is_likely_too() =>
        Assert.Equal([Verdict.Likely, Verdict.Likely], new CatalogueCases([], [OfferSide.Of("course", "mia"), OfferSide.Of("leisure", "sport")]).Judge(default));

    private static string Told(Judgement judged) => $"{judged.Verdict} {judged.Office} {string.Join(' ', judged.Findings.Select(f => $"{f.Pack.Ref}/{f.Rule.Id}"))}";

    private static RulePackSet Shuffled(int seed)
    {
        var random = new Random(seed);
        var files = RulePackSet.ShippedFiles().Select(file =>
        {
            var pack = JsonNode.Parse(file.Json)!;
            var rules = pack["rules"]!.AsArray().Select(r => r!.DeepClone()).ToArray();
            random.Shuffle(rules);
            pack["rules"] = new JsonArray(rules);
            return file with { Json = pack.ToJsonString() };
        }).ToArray();
        random.Shuffle(files);
        return RulePackSet.Load(files).Set!;
    }
}
