using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Tests.Eligibility;

/// <summary>One row at least for each rule of each pack that is shipped, with the values on both sides of each boundary.</summary>
public sealed class RuleTableTests
{
    private const string Old = "2026-02-08", New = "2026-02-09";
    private const string Jobcenter = "arbeitsagentur-or-jobcenter", School = "language-school", Foreigners = "auslaenderbehoerde";

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

        { New, "berufssprachkurs/from-b1", "course berufssprachkurs B1 B2", "german=B1", "ask", Jobcenter },
        { New, "berufssprachkurs/from-b1", "course berufssprachkurs B2 C1", "german=C1", "ask", Jobcenter },
        { New, "berufssprachkurs/below-b1", "course berufssprachkurs B1 B2", "german=A2", "no", Jobcenter },
        { New, "berufssprachkurs/below-b1", "course berufssprachkurs B1 B2", "german=none", "no", Jobcenter },
        { New, "berufssprachkurs/level-unknown", "course berufssprachkurs B1 B2", "", "ask", Jobcenter },
        { New, "berufssprachkurs/special-below-b1", "course berufssprachkurs-b1 A2 B1", "german=A2", "ask", Jobcenter },
        { New, "berufssprachkurs/special-below-b1", "course berufssprachkurs-a2 A1 A2", "german=none", "ask", Jobcenter },
        { New, "berufssprachkurs/special-from-b1", "course berufssprachkurs-b1 A2 B1", "german=B1", "no", Jobcenter },
        { New, "berufssprachkurs/special-level-unknown", "course berufssprachkurs-a2 A1 A2", "", "ask", Jobcenter },
        { New, "berufssprachkurs/recognition-running", "course berufssprachkurs-recognition", "recognition=started", "likely", "bamf" },
        { New, "berufssprachkurs/recognition-running", "course berufssprachkurs-recognition", "recognition=partial", "likely", "bamf" },
        { New, "berufssprachkurs/recognition-not-begun", "course berufssprachkurs-recognition", "recognition=none", "ask", "recognition-advice" },
        { New, "berufssprachkurs/recognition-done", "course berufssprachkurs-recognition", "recognition=full", "ask", Jobcenter },
        { New, "berufssprachkurs/recognition-unknown", "course berufssprachkurs-recognition", "recognition=unknown", "ask", "recognition-advice" },

        { New, "orientation-courses/eok-open", "course erstorientierungskurs none", "coursePaper=none", "yes", null },
        { New, "orientation-courses/eok-has-paper", "course erstorientierungskurs none", "coursePaper=duty", "ask", School },
        { New, "orientation-courses/eok-has-paper", "course erstorientierungskurs none", "coursePaper=entitlement", "ask", School },
        { New, "orientation-courses/eok-paper-unknown", "course erstorientierungskurs none", "", "likely", null },
        { New, "orientation-courses/mia", "course mia none - women", "", "likely", null },
        { New, "orientation-courses/volunteers", "course volunteer-course none A1", "", "yes", null },
        { New, "orientation-courses/volunteers", "course language-cafe", "coursePaper=none", "yes", null },
        { New, "orientation-courses/exam", "course exam A2 B1", "", "likely", "exhibitor" },

        { New, "course-level/fits", "course integrationskurs A2 B1", "german=A2", "yes", null },
        { New, "course-level/fits", "course language-cafe", "german=none", "yes", null },
        { New, "course-level/below-entry", "course integrationskurs A2 B1", "german=A1", "likely", School },
        { New, "course-level/too-easy", "course integrationskurs A2 B1", "german=B1", "likely", School },
        { New, "course-level/open", "course integrationskurs none B1", "", "yes", null },
        { New, "course-level/unknown", "course integrationskurs A1 B1", "", "likely", School },

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
        { New, "migration-advice/mbe-age-unknown", "advice mbe", "", "likely", null },
        { New, "migration-advice/jmd-young", "advice jmd - - youth", "ageBand=18-26", "yes", null },
        { New, "migration-advice/jmd-young", "advice jmd", "ageBand=under18", "yes", null },
        { New, "migration-advice/jmd-27", "advice jmd", "ageBand=27plus", "no", "mbe" },
        { New, "migration-advice/jmd-age-unknown", "advice jmd", "ageBand=unknown", "likely", null },

        { New, "recognition/open", "advice recognition", "recognition=none", "yes", null },
        { New, "recognition/open", "office recognition-office", "recognition=partial", "yes", null },
        { New, "recognition/done", "advice recognition", "recognition=full", "likely", null },
        { New, "recognition/unknown", "advice recognition", "", "likely", null },

        { New, "open-offers/confidential", "advice health - - confidential", "", "yes", null },
        { New, "open-offers/confidential", "advice debt", "", "yes", null },
        { New, "open-offers/confidential", "advice pregnancy", "", "yes", null },
        { New, "open-offers/advice", "advice orientation - - any-status", "workNote=not-allowed coursePaper=none", "yes", null },
        { New, "open-offers/office", "office city-services", "", "yes", null },
        { New, "open-offers/leisure", "leisure sport", "", "yes", null },
        { New, "women-only/women", "leisure sport - - women", "", "likely", null },
        { New, "youth-only/young", "leisure sport - - youth", "ageBand=18-26", "yes", null },
        { New, "youth-only/older", "leisure sport - - youth", "ageBand=27plus", "ask", "exhibitor" },
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
    public void Every_rule_that_is_shipped_has_a_row()
    {
        var told = Rows.Select(row => row.Data.Item2 + (row.Data.Item1 == Old ? " " + Old : "")).ToHashSet();
        var missing = RulePackSet.BuiltIn.Packs
            .SelectMany(p => p.Rules.Select(r => $"{p.Id}/{r.Id}{(p.ValidTo is null ? "" : " " + Old)}"))
            .Where(rule => !told.Contains(rule));
        Assert.Empty(missing);
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
        var judged = SmallFair.Today.Judge(default, OfferSide.Of("employer", "something-new"));
        Assert.Equal((Verdict.Likely, null, 0), (judged.Verdict, judged.Office, judged.Findings.Count));
    }

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
