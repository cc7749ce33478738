using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Texts;

namespace Matchmaking.Matching.Tests.Eligibility;

/// <summary>One row at least for each rule of each pack that is shipped, with the values on both sides of each boundary.</summary>
public sealed class RuleTableTests
{
    private const string First = "2023-01-01", Old = "2026-02-08", New = "2026-02-09", LastOfYear = "2026-12-31", NextYear = "2027-01-01";
    private const string Jobcenter = "arbeitsagentur-or-jobcenter", Deciders = "arbeitsagentur-jobcenter-or-bamf", School = "language-school", Foreigners = "auslaenderbehoerde";

    /// <summary>Day, pack/rule, offer ("kind type entry exit traits…"; "-" for none), needs ("field=value …"), verdict of that rule, office.</summary>
    public static TheoryData<string, string, string, string, string, string?> Rows => new()
    {
        { Old, "integrationskurs/entitlement", "course integrationskurs", "coursePaper=entitlement", "yes", null },
        { Old, "integrationskurs/duty", "course integrationskurs", "coursePaper=duty", "yes", null },
        { Old, "integrationskurs/admission", "course integrationskurs", "coursePaper=admission-before-2026-02-09", "yes", null },
        { Old, "integrationskurs/no-paper", "course integrationskurs", "coursePaper=none", "likely", "bamf" },
        { Old, "integrationskurs/paper-unknown", "course integrationskurs", "", "likely", "bamf" },
        { Old, "integrationskurs/paper-unknown", "course foerderkurs", "coursePaper=unknown", "likely", "bamf" },
        { New, "integrationskurs/entitlement", "course integrationskurs", "coursePaper=entitlement", "yes", null },
        { New, "integrationskurs/duty", "course intensivkurs", "coursePaper=duty", "yes", null },
        { New, "integrationskurs/admission", "course alphabetisierungskurs", "coursePaper=admission-before-2026-02-09", "yes", null },
        { New, "integrationskurs/no-paper", "course integrationskurs", "coursePaper=none", "ask", "bamf" },
        { New, "integrationskurs/no-paper", "course zweitschriftlernerkurs", "coursePaper=none", "ask", "bamf" },
        { New, "integrationskurs/paper-unknown", "course integrationskurs", "", "ask", "bamf" },
        { First, "integrationskurs/entitlement", "course integrationskurs", "coursePaper=entitlement timeInGermany=under1", "yes", null },
        { First, "integrationskurs/entitlement-may-be-over", "course integrationskurs", "coursePaper=entitlement timeInGermany=1-3", "likely", "bamf" },
        { First, "integrationskurs/duty", "course foerderkurs", "coursePaper=duty timeInGermany=over3", "yes", null },
        { First, "integrationskurs/admission", "course integrationskurs", "coursePaper=admission-before-2026-02-09 timeInGermany=over3", "yes", null },
        { First, "integrationskurs/no-paper", "course integrationskurs", "coursePaper=none", "likely", "bamf" },
        { First, "integrationskurs/paper-unknown", "course integrationskurs", "timeInGermany=under1", "likely", "bamf" },
        { LastOfYear, "integrationskurs/entitlement", "course integrationskurs", "coursePaper=entitlement timeInGermany=under1", "yes", null },
        { LastOfYear, "integrationskurs/entitlement-may-be-over", "course integrationskurs", "coursePaper=entitlement timeInGermany=1-3", "likely", "bamf" },
        { LastOfYear, "integrationskurs/duty", "course foerderkurs", "coursePaper=duty timeInGermany=over3", "yes", null },
        { LastOfYear, "integrationskurs/admission", "course integrationskurs", "coursePaper=admission-before-2026-02-09 timeInGermany=over3", "yes", null },
        { LastOfYear, "integrationskurs/no-paper", "course integrationskurs", "coursePaper=none", "ask", "bamf" },
        { LastOfYear, "integrationskurs/paper-unknown", "course integrationskurs", "timeInGermany=under1", "ask", "bamf" },
        { NextYear, "integrationskurs/entitlement", "course integrationskurs", "coursePaper=entitlement timeInGermany=under1", "yes", null },
        { NextYear, "integrationskurs/entitlement-may-be-over", "course integrationskurs", "coursePaper=entitlement timeInGermany=1-3", "likely", "bamf" },
        { NextYear, "integrationskurs/duty", "course foerderkurs", "coursePaper=duty timeInGermany=over3", "yes", null },
        { NextYear, "integrationskurs/admission", "course integrationskurs", "coursePaper=admission-before-2026-02-09 timeInGermany=over3", "yes", null },
        { NextYear, "integrationskurs/no-paper", "course integrationskurs", "coursePaper=none", "ask", "bamf" },
        { NextYear, "integrationskurs/paper-unknown", "course integrationskurs", "timeInGermany=under1", "ask", "bamf" },
        { Old, "integrationskurs/entitlement-may-be-over", "course integrationskurs", "coursePaper=entitlement timeInGermany=over3", "likely", "bamf" },
        { Old, "integrationskurs/entitlement", "course integrationskurs", "coursePaper=entitlement timeInGermany=unknown", "yes", null },
        { New, "integrationskurs/entitlement-may-be-over", "course integrationskurs", "coursePaper=entitlement timeInGermany=over3", "likely", "bamf" },
        { New, "integrationskurs/entitlement", "course integrationskurs", "coursePaper=entitlement timeInGermany=unknown", "yes", null },
        { NextYear, "integrationskurs/entitlement-may-be-over", "course integrationskurs", "coursePaper=entitlement timeInGermany=over3", "likely", "bamf" },
        { NextYear, "integrationskurs/entitlement", "course integrationskurs", "coursePaper=entitlement timeInGermany=unknown", "yes", null },
        { Old, "integrationskurs/entitlement", "course alphabetisierungskurs", "coursePaper=entitlement timeInGermany=under1", "yes", null },
        { New, "integrationskurs/entitlement", "course alphabetisierungskurs", "coursePaper=entitlement timeInGermany=under1", "yes", null },
        { Old, "integrationskurs/entitlement-may-be-over", "course integrationskurs", "coursePaper=entitlement timeInGermany=1-3", "likely", "bamf" },
        { New, "integrationskurs/entitlement-may-be-over", "course integrationskurs", "coursePaper=entitlement timeInGermany=1-3", "likely", "bamf" },

        { New, "integrationskurs-form/alphabet-fits", "course alphabetisierungskurs", "script=not-literate", "yes", null },
        { New, "integrationskurs-form/alphabet-literate", "course alphabetisierungskurs", "script=latin", "ask", School },
        { New, "integrationskurs-form/alphabet-literate", "course alphabetisierungskurs", "script=other", "ask", School },
        { New, "integrationskurs-form/second-script-fits", "course zweitschriftlernerkurs", "script=other", "yes", null },
        { New, "integrationskurs-form/second-script-other", "course zweitschriftlernerkurs", "script=latin", "ask", School },
        { New, "integrationskurs-form/second-script-other", "course zweitschriftlernerkurs", "script=not-literate", "ask", School },
        { New, "integrationskurs-form/script-unknown", "course zweitschriftlernerkurs", "", "likely", School },
        { New, "integrationskurs-form/script-unknown", "course alphabetisierungskurs", "script=unknown", "likely", School },
        { New, "integrationskurs-form/special-need", "course foerderkurs", "script=latin", "likely", School },
        { New, "integrationskurs-form/quick-learner", "course intensivkurs", "", "likely", School },

        { New, "berufssprachkurs/from-b1", "course berufssprachkurs B1 B2", "german=B1", "ask", Deciders },
        { New, "berufssprachkurs/from-b1", "course berufssprachkurs B2 C1", "german=C1", "ask", Deciders },
        { New, "berufssprachkurs/below-b1", "course berufssprachkurs B1 B2", "german=A2", "no", Deciders },
        { New, "berufssprachkurs/below-b1", "course berufssprachkurs B1 B2", "german=none", "no", Deciders },
        { New, "berufssprachkurs/level-unknown", "course berufssprachkurs B1 B2", "", "ask", Deciders },
        { New, "berufssprachkurs/special-below-b1", "course berufssprachkurs-b1 A2 B1", "german=A2", "ask", Deciders },
        { New, "berufssprachkurs/special-below-b1", "course berufssprachkurs-a2 A1 A2", "german=none", "ask", Deciders },
        { New, "berufssprachkurs/special-from-b1", "course berufssprachkurs-b1 A2 B1", "german=B1", "no", Deciders },
        { New, "berufssprachkurs/special-level-unknown", "course berufssprachkurs-a2 A1 A2", "", "ask", Deciders },
        { New, "berufssprachkurs/recognition-running", "course berufssprachkurs-recognition", "recognition=started", "likely", "bamf" },
        { New, "berufssprachkurs/recognition-running", "course berufssprachkurs-recognition", "recognition=partial", "likely", "bamf" },
        { New, "berufssprachkurs/recognition-not-begun", "course berufssprachkurs-recognition", "recognition=none", "ask", "recognition-advice" },
        { New, "berufssprachkurs/recognition-done", "course berufssprachkurs-recognition", "recognition=full", "ask", Deciders },
        { New, "berufssprachkurs/recognition-unknown", "course berufssprachkurs-recognition", "recognition=unknown", "ask", "recognition-advice" },
        { New, "berufssprachkurs/special-below-b1", "course berufssprachkurs-a2 A1 A2", "german=A1", "ask", Deciders },
        { New, "berufssprachkurs/special-below-b1", "course berufssprachkurs-b1 A2 B1", "german=A1", "ask", Deciders },
        { New, "berufssprachkurs/special-below-b1", "course berufssprachkurs-a2 A1 A2", "german=A2", "ask", Deciders },
        { New, "berufssprachkurs/special-from-b1", "course berufssprachkurs-a2 A1 A2", "german=B1", "no", Deciders },
        { New, "berufssprachkurs/special-from-b1", "course berufssprachkurs-a2 A1 A2", "german=B2", "no", Deciders },
        { New, "berufssprachkurs/special-from-b1", "course berufssprachkurs-a2 A1 A2", "german=C2", "no", Deciders },
        { New, "berufssprachkurs/below-b1", "course berufssprachkurs B2 C1", "german=A1", "no", Deciders },
        { New, "berufssprachkurs/below-b1", "course berufssprachkurs B2 C1", "german=A2", "no", Deciders },
        { New, "berufssprachkurs/from-b1", "course berufssprachkurs B2 C1", "german=B2", "ask", Deciders },
        { New, "berufssprachkurs/from-b1", "course berufssprachkurs C1 C2", "german=C1", "ask", Deciders },
        { New, "berufssprachkurs/from-b1", "course berufssprachkurs C1 C2", "german=C2", "ask", Deciders },
        { New, "berufssprachkurs/subject", "course berufssprachkurs-subject", "", "ask", Deciders },
        { New, "berufssprachkurs/subject", "course berufssprachkurs-subject B1", "german=A1 recognition=full", "ask", Deciders },

        { New, "orientation-courses/eok-open", "course erstorientierungskurs none", "coursePaper=none", "yes", null },
        { New, "orientation-courses/eok-has-paper", "course erstorientierungskurs none", "coursePaper=duty", "ask", School },
        { New, "orientation-courses/eok-has-paper", "course erstorientierungskurs none", "coursePaper=entitlement", "ask", School },
        { New, "orientation-courses/eok-has-paper", "course erstorientierungskurs none", "coursePaper=admission-before-2026-02-09", "ask", School },
        { New, "orientation-courses/eok-paper-unknown", "course erstorientierungskurs none", "", "likely", null },
        { New, "orientation-courses/mia", "course mia none - women", "", "likely", null },
        { New, "orientation-courses/volunteers", "course volunteer-course none A1", "", "yes", null },
        { New, "orientation-courses/volunteers", "course language-cafe", "coursePaper=none", "yes", null },
        { New, "orientation-courses/exam", "course exam A2 B1", "", "likely", "exhibitor" },

        { New, "course-level/fits", "course integrationskurs A2 B1", "german=A2", "yes", null },
        { New, "course-level/not-stated", "course language-cafe", "german=none", "yes", null },
        { New, "course-level/below-entry", "course integrationskurs A2 B1", "german=A1", "likely", School },
        { New, "course-level/too-easy", "course integrationskurs A2 B1", "german=B1", "likely", School },
        { New, "course-level/open", "course integrationskurs none B1", "", "yes", null },
        { New, "course-level/unknown", "course integrationskurs A1 B1", "", "likely", School },
        { New, "course-level/below-entry", "course berufssprachkurs B1 B2", "german=none", "likely", School },
        { New, "course-level/below-entry", "course berufssprachkurs B1 B2", "german=A1", "likely", School },
        { New, "course-level/below-entry", "course berufssprachkurs B1 B2", "german=A2", "likely", School },
        { New, "course-level/fits", "course berufssprachkurs B1 B2", "german=B1", "yes", null },
        { New, "course-level/too-easy", "course berufssprachkurs B1 B2", "german=B2", "likely", School },
        { New, "course-level/too-easy", "course berufssprachkurs B1 B2", "german=C1", "likely", School },
        { New, "course-level/too-easy", "course berufssprachkurs B1 B2", "german=C2", "likely", School },
        { New, "course-level/fits", "course volunteer-course none A1", "german=none", "yes", null },
        { New, "course-level/too-easy", "course volunteer-course none A1", "german=A1", "likely", School },
        { New, "course-level/below-entry", "course berufssprachkurs C1 C2", "german=B2", "likely", School },
        { New, "course-level/fits", "course berufssprachkurs C1 C2", "german=C1", "yes", null },
        { New, "course-level/too-easy", "course berufssprachkurs C1 C2", "german=C2", "likely", School },
        { New, "course-level/fits", "course mia none", "german=none", "yes", null },
        { New, "course-level/fits", "course volunteer-course - A1", "german=none", "yes", null },
        { New, "course-level/too-easy", "course volunteer-course - A1", "german=A1", "likely", School },
        { New, "course-level/not-stated", "course language-cafe", "", "yes", null },
        { New, "course-level/not-stated", "course volunteer-course - A1", "", "yes", null },
        { New, "course-level/not-stated", "course berufssprachkurs", "german=A1", "yes", null },

        { New, "work-note/allowed", "employer vacancy", "workNote=allowed", "yes", null },
        { New, "work-note/employment-allowed", "employer apprenticeship", "workNote=employment-allowed", "yes", null },
        { New, "work-note/permission-needed", "employer internship", "workNote=permission-needed", "ask", Foreigners },
        { New, "work-note/not-allowed", "employer vacancy", "workNote=not-allowed", "ask", Foreigners },
        { New, "work-note/unknown", "employer vacancy", "workNote=unknown", "likely", Foreigners },
        { New, "training/funding", "employer qualification", "workNote=not-allowed", "likely", Jobcenter },

        { New, "migration-advice/mbe-first-years", "advice mbe", "ageBand=27plus timeInGermany=under1", "yes", null },
        { New, "migration-advice/mbe-first-years", "advice mbe", "ageBand=27plus timeInGermany=1-3", "yes", null },
        { New, "migration-advice/mbe-later", "advice mbe", "ageBand=27plus timeInGermany=over3", "likely", "mbe" },
        { New, "migration-advice/mbe-time-unknown", "advice mbe", "ageBand=27plus", "likely", null },
        { New, "migration-advice/mbe-young", "advice mbe", "ageBand=18-26", "no", "jmd" },
        { New, "migration-advice/mbe-young", "advice mbe", "ageBand=under18 timeInGermany=under1", "no", "jmd" },
        { New, "migration-advice/mbe-age-unknown", "advice mbe", "", "likely", null },
        { New, "migration-advice/jmd-young", "advice jmd - - youth", "ageBand=18-26", "yes", null },
        { New, "migration-advice/jmd-young", "advice jmd", "ageBand=under18", "yes", null },
        { New, "migration-advice/jmd-27", "advice jmd", "ageBand=27plus", "no", "mbe" },
        { New, "migration-advice/jmd-age-unknown", "advice jmd", "ageBand=unknown", "likely", null },

        { New, "recognition/open", "advice recognition", "recognition=none", "yes", null },
        { New, "recognition/open", "office recognition-office", "recognition=partial", "yes", null },
        { New, "recognition/open", "advice recognition", "recognition=started", "yes", null },
        { New, "recognition/done", "advice recognition", "recognition=full", "likely", null },
        { New, "recognition/unknown", "advice recognition", "", "likely", null },

        { New, "open-offers/confidential", "advice health - - confidential", "", "yes", null },
        { New, "open-offers/confidential", "advice debt", "", "yes", null },
        { New, "open-offers/confidential", "advice pregnancy", "", "yes", null },
        { New, "open-offers/advice-any-status", "advice orientation - - any-status", "workNote=not-allowed coursePaper=none", "yes", null },
        { New, "open-offers/talk", "office city-services", "", "yes", null },
        { New, "open-offers/office-any-status", "office city-integration - - any-status", "coursePaper=none", "yes", null },
        { New, "open-offers/talk", "advice return", "workNote=not-allowed", "yes", null },
        { New, "open-offers/leisure", "leisure sport", "", "yes", null },
        { New, "women-only/women", "leisure sport - - women", "", "likely", null },
        { New, "youth-only/young", "leisure sport - - youth", "ageBand=18-26", "yes", null },
        { New, "youth-only/young", "leisure sport - - youth", "ageBand=under18", "yes", null },
        { New, "youth-only/older", "leisure sport - - youth", "ageBand=27plus", "ask", "exhibitor" },
        { New, "other-offers/ask-there", "employer something-new", "workNote=not-allowed", "likely", "exhibitor" },
        { New, "youth-only/age-unknown", "course integrationskurs - - youth", "", "likely", null },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_rule_says_what_the_table_says(string day, string rule, string offer, string needs, string verdict, string? office)
    {
        var judged = RulePackSet.BuiltIn.At(DateOnly.Parse(day)).Judge(VisitorFacts.Of(Parse(needs)), Offer(offer));
        var finding = Assert.Single(judged.Findings, f => $"{f.Pack.Id}/{f.Rule.Id}" == rule);
        Assert.Equal(verdict, finding.Rule.Verdict.Code());
        Assert.Equal(office, finding.Rule.Office);
        Assert.True(judged.Verdict >= finding.Rule.Verdict);
        Assert.Equal(judged.Findings.Max(f => f.Rule.Verdict), judged.Verdict);
    }

    [Fact]
    public void Every_rule_of_every_version_that_is_shipped_has_a_row()
    {
        var told = Rows.Select(row => (Pack(row.Data).Ref, row.Data.Item2)).ToHashSet();
        Assert.All(RulePackSet.BuiltIn.Packs.SelectMany(p => p.Rules.Select(r => (p.Ref, $"{p.Id}/{r.Id}"))), rule => Assert.Contains(rule, told));
    }

    /// <summary>So both sides of each threshold are in the table: each level, age band, paper and note, and "not known".</summary>
    [Fact]
    public void Every_value_of_every_field_that_a_pack_looks_at_has_a_row_of_that_pack()
    {
        var rows = Rows.Select(row => (Pack(row.Data).Ref, Facts: VisitorFacts.Of(Parse(row.Data.Item4)))).ToList();
        foreach (var pack in RulePackSet.BuiltIn.Packs)
            foreach (var field in pack.Mentions.Fields)
                for (var value = 0; value <= field.Values().Count; value++)
                    Assert.True(rows.Exists(row => row.Ref == pack.Ref && row.Facts[field] == value), $"{pack.Ref}: no row with {field} = {(value == 0 ? "unknown" : field.Values()[value - 1])}");
    }

    /// <summary>Where one version of a pack follows another, the last day of the one and the first of the other are in the table.</summary>
    [Fact]
    public void Every_first_and_last_day_of_a_version_has_a_row_and_no_day_lies_between()
    {
        var days = Rows.Select(row => (Pack(row.Data).Ref, DateOnly.Parse(row.Data.Item1))).ToHashSet();
        foreach (var versions in RulePackSet.BuiltIn.Packs.GroupBy(p => p.Id).Where(g => g.Count() > 1).Select(g => g.OrderBy(p => p.ValidFrom).ToList()))
            foreach (var (earlier, later) in versions.Zip(versions.Skip(1)))
            {
                Assert.Equal(later.ValidFrom, earlier.ValidTo!.Value.AddDays(1));
                Assert.Contains((earlier.Ref, earlier.ValidTo.Value), days);
                Assert.Contains((later.Ref, later.ValidFrom), days);
            }
        Assert.All(RulePackSet.BuiltIn.Packs.GroupBy(p => p.Id), g => Assert.Single(g, p => p.ValidTo is null));
        Assert.All(RulePackSet.BuiltIn.Packs.SelectMany(p => PackNotes.Of(p, RulePackSet.BuiltIn)), note => Assert.Fail(note.ToString()));
    }

    [Fact]
    public void Several_packs_combine_by_the_worst_and_all_are_told()
    {
        var visitor = VisitorFacts.Of(new Needs { CoursePaper = "entitlement", Script = "latin", German = new("B1") });
        var judged = RulePackSet.BuiltIn.At(SmallFair.After).Judge(visitor, OfferSide.Of("course", "alphabetisierungskurs", "none", "A2"));
        Assert.Equal(Verdict.Ask, judged.Verdict);
        Assert.Equal("language-school", judged.Office);
        Assert.Equal(["integrationskurs-form", "course-level", "integrationskurs"], judged.Findings.Select(f => f.Pack.Id));
    }

    [Fact]
    public void What_no_pack_knows_is_likely()
    {
        var judged = new RulesOfDay(SmallFair.After, []).Judge(default, OfferSide.Of("employer", "something-new"));
        Assert.Equal((Verdict.Likely, null, 0), (judged.Verdict, judged.Office, judged.Findings.Count));
    }

    /// <summary>The types of the domain's table, as they come in offers: each is asked about by name in some pack, beside its level.</summary>
    [Theory]
    [InlineData("integrationskurs"), InlineData("alphabetisierungskurs"), InlineData("zweitschriftlernerkurs"), InlineData("foerderkurs"), InlineData("intensivkurs")]
    [InlineData("berufssprachkurs"), InlineData("berufssprachkurs-a2"), InlineData("berufssprachkurs-b1"), InlineData("berufssprachkurs-recognition"), InlineData("berufssprachkurs-subject")]
    [InlineData("erstorientierungskurs"), InlineData("mia")]
    public void Every_type_of_course_is_known_and_has_a_rule_of_its_own(string type)
    {
        Assert.Equal("course", Vocabulary.KindOf(type));
        Assert.Contains(SmallFair.Today.JudgeType(default, type).Findings, f => f.Pack.Id != "course-level");
    }

    [Fact]
    public void The_texts_of_a_Berufssprachkurs_name_all_who_may_decide()
    {
        foreach (var type in new[] { "berufssprachkurs", "berufssprachkurs-a2", "berufssprachkurs-b1", "berufssprachkurs-subject" })
            foreach (var german in Codes.GermanLevels)
                foreach (var language in ReasonTexts.Languages)
                {
                    var finding = SmallFair.Today.JudgeType(VisitorFacts.Of(new Needs { German = new German(german) }), type).Findings.Single(f => f.Pack.Id == "berufssprachkurs");
                    var text = ReasonTexts.Say(finding.Rule.Text, finding.Args, language);
                    Assert.Contains("Jobcenter", text);
                    Assert.Contains("BAMF", text);
                    Assert.Contains(language switch { "de" => "Arbeitsagentur", "en" => "mployment agency", "uk" => "гентство праці", "ar" => "وكالة العمل", _ => "Agentur für Arbeit" }, text);
                }
    }

    private static RulePack Pack((string Day, string Rule, string, string, string, string?) row) =>
        RulePackSet.BuiltIn.At(DateOnly.Parse(row.Day)).Packs.Single(p => p.Id == row.Rule.Split('/')[0]);

    private static OfferSide Offer(string text)
    {
        var words = text.Split(' ');
        string? At(int i) => words.Length > i && words[i] != "-" ? words[i] : null;
        return OfferSide.Of(words[0], words[1], At(2), At(3), words.Length > 4 ? words[4..] : []);
    }

    private static Needs Parse(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).Aggregate(new Needs(), (needs, p) => p[0] switch
        {
            "coursePaper" => needs with { CoursePaper = p[1] },
            "script" => needs with { Script = p[1] },
            "german" => needs with { German = new German(p[1]) },
            "recognition" => needs with { Recognition = p[1] },
            "workNote" => needs with { WorkNote = p[1] },
            "ageBand" => needs with { AgeBand = p[1] },
            "timeInGermany" => needs with { TimeInGermany = p[1] },
            _ => throw new ArgumentException(p[0]),
        });
}
