using CsCheck;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Texts;

namespace Matchmaking.Matching.Tests.Eligibility;

public sealed class EligibilityTests
{
    [Fact]
    public void The_same_profile_gets_other_course_advice_from_9_February_2026_and_is_told_why()
    {
        var visitor = VisitorFacts.Of(new Needs { CoursePaper = "none", German = new("A1") });
        var course = OfferSide.Of("course", "integrationskurs", "none", "B1");

        var before = RulePackSet.BuiltIn.At(SmallFair.Before).Judge(visitor, course);
        var after = RulePackSet.BuiltIn.At(SmallFair.After).Judge(visitor, course);

        Assert.Equal((Verdict.Likely, "bamf"), (before.Verdict, before.Office));
        Assert.Equal((Verdict.Ask, "bamf"), (after.Verdict, after.Office));
        Assert.Contains("02/26", after.Findings[0].Rule.Source);
        Assert.Contains("9. Februar 2026", ReasonTexts.Say(after.Findings[0].Rule.Text, after.Findings[0].Args, "de"));
    }

    [Fact]
    public void A_duty_an_entitlement_and_an_old_admission_open_the_course_on_both_days()
    {
        foreach (var day in new[] { SmallFair.Before, SmallFair.After })
            foreach (var paper in new[] { "duty", "entitlement", "admission-before-2026-02-09" })
                Assert.Equal(Verdict.Yes, RulePackSet.BuiltIn.At(day).Judge(
                    VisitorFacts.Of(new Needs { CoursePaper = paper }), OfferSide.Of("course", "integrationskurs", "none", "B1")).Verdict);
    }

    [Fact]
    public void Exactly_one_pack_of_an_id_is_valid_on_any_day() =>
        Any.Day.Sample(day =>
        {
            var ids = RulePackSet.BuiltIn.At(day).Packs.Select(p => p.Id).ToList();
            return ids.Count == ids.Distinct().Count() && ids.Contains("integrationskurs");
        });

    [Fact]
    public void The_pack_for_a_budget_year_asks_to_be_looked_at_when_the_year_is_over()
    {
        Assert.Empty(RulePackSet.BuiltIn.DueForReview(new DateOnly(2026, 12, 31)));
        Assert.Equal("integrationskurs", Assert.Single(RulePackSet.BuiltIn.DueForReview(new DateOnly(2027, 1, 1))).Id);
    }

    [Fact]
    public void Who_tells_nothing_never_gets_a_no() =>
        Gen.Select(Any.Side, Any.Day).Sample((side, day) => RulePackSet.BuiltIn.At(day).Judge(VisitorFacts.Of(new Needs()), side).Verdict != Verdict.No);

    [Fact]
    public void A_no_never_rests_on_what_is_not_known() =>
        Gen.Select(Any.Needs, Any.Side, Any.Day).Sample((needs, side, day) =>
        {
            var (facts, rules) = (VisitorFacts.Of(needs), RulePackSet.BuiltIn.At(day));
            if (rules.Judge(facts, side).Verdict != Verdict.No) return true;
            // Whatever the visitor had answered to the questions left open, it would still be a "no".
            for (var field = VisitorField.CoursePaper; field <= VisitorField.Occupation; field++)
                if (!facts.Knows(field))
                    for (var value = 1; value <= field.Values().Count; value++)
                        if (rules.Judge(facts.With(field, value), side).Verdict != Verdict.No) return false;
            return true;
        }, iter: 3000);

    [Fact]
    public void Knowing_more_never_ends_without_an_office() =>
        Gen.Select(Any.Needs, Any.Side, Any.Day).Sample((needs, side, day) =>
        {
            var judged = RulePackSet.BuiltIn.At(day).Judge(VisitorFacts.Of(needs), side);
            return judged.Verdict is Verdict.Yes or Verdict.Likely || judged.Office is not null;
        }, iter: 3000);

    /// <summary>Nor that a permission was refused: which office to ask is all there is to say.</summary>
    [Fact]
    public void Nobody_is_ever_told_not_to_work()
    {
        string[] never = ["nicht arbeiten", "keine Arbeit", "dürfen nicht", "may not", "not allowed", "cannot work", "must not", "не можна працювати", "не можете працювати", "заборонено", "لا يمكنك العمل", "لا يجوز", "ممنوع"];
        foreach (var note in Codes.WorkNotes)
            foreach (var type in new[] { "vacancy", "apprenticeship", "internship" })
            {
                var judged = SmallFair.Today.Judge(VisitorFacts.Of(new Needs { WorkNote = note }), OfferSide.Of("employer", type));
                Assert.NotEqual(Verdict.No, judged.Verdict);
                Assert.True(judged.Verdict == Verdict.Yes || judged.Office == "auslaenderbehoerde");
                foreach (var language in ReasonTexts.Languages)
                    foreach (var finding in judged.Findings)
                        Assert.All(never, words => Assert.DoesNotContain(words, ReasonTexts.Say(finding.Rule.Text, finding.Args, language), StringComparison.OrdinalIgnoreCase));
            }
    }

    [Fact]
    public void A_type_can_be_asked_about_without_an_offer()
    {
        var visitor = VisitorFacts.Of(new Needs { CoursePaper = "duty", AgeBand = "27plus", WorkNote = "permission-needed" });
        Assert.Equal(Verdict.Yes, SmallFair.Today.JudgeType(visitor, "integrationskurs").Verdict);
        Assert.Equal((Verdict.No, "mbe"), (SmallFair.Today.JudgeType(visitor, "jmd").Verdict, SmallFair.Today.JudgeType(visitor, "jmd").Office));
        Assert.Equal("auslaenderbehoerde", SmallFair.Today.JudgeType(visitor, "vacancy").Office);
        Assert.All(Vocabulary.Types.Skip(1), type => Assert.NotEmpty(SmallFair.Today.JudgeType(visitor, type).Findings));
    }

    [Fact]
    public void A_visitor_is_judged_once_per_side_with_the_same_result_as_offer_by_offer()
    {
        var visitor = VisitorFacts.Of(SmallFair.Nurse);
        var all = SmallFair.Today.JudgeAll(visitor, SmallFair.Catalogue);
        for (var i = 0; i < SmallFair.Catalogue.Count; i++)
            Assert.Equal(SmallFair.Today.Judge(visitor, SmallFair.Catalogue, i).Verdict, all.VerdictOn(i));
    }
}
