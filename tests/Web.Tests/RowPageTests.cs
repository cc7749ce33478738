using System.Net;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Web.Tests;

/// <summary>Down from a figure to rows and to one match, and out as files.</summary>
public sealed class RowPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_figure_leads_to_its_rows_with_the_question_and_a_row_to_its_match()
    {
        await using var site = new Site();
        var browser = await site.Staff("analyst", "en");
        var ranking = await TextAsync(browser, "/analyst/ranking?channel=kiosk");
        Assert.Contains("/analyst/rows?channel=kiosk&figure=order.ndcg", ranking);
        site.Api.Calls.Clear();
        var rows = await TextAsync(browser, "/analyst/rows?channel=kiosk&figure=funnel.opened&after=50");
        var asked = Assert.Single(site.Api.Calls, c => c.Path == "/api/quality/rows").Query;
        foreach (var part in (string[])["channel=kiosk", "figure=funnel.opened", "after=50"]) Assert.Contains(part, asked);
        foreach (var words in (string[])["63 %", "2,011 people", "p0123456789ab", "Anerkennung in der Pflege", "held", "Only people who agreed to a review", "/analyst/rows?channel=kiosk&figure=funnel.opened&after=50", $"/analyst/match/p0123456789ab/{StubApi.Id(101)}?channel=kiosk"])
            Assert.Contains(words, rows);
        // A stand that is asked for is named.
        Assert.Contains("Pflegeverbund Auwald", await TextAsync(browser, $"/analyst/rows?exhibitor={StubApi.Stand}&figure=people"));
        // Of what came of nothing there is no word, of what is no longer offered its id.
        Assert.Contains(StubApi.Id(103).ToString(), rows);
    }

    [Fact]
    public async Task What_is_one_of_many_leads_to_its_own_rows_and_is_named_there()
    {
        await using var site = new Site();
        var browser = await site.Staff("analyst", "en");
        foreach (var (page, link) in ((string, string)[])[
            ("/analyst/gaps?german=A2", "/analyst/rows?german=A2&figure=need.unserved&of="), ("/analyst/gaps", "/analyst/rows?figure=rule.spoke&of="), ("/analyst/fairness", "/analyst/rows?figure=gap.difference&of=order.ndcg%20language%20"),
            ("/analyst/exposure?category=course", "exhibitor="), ("/analyst", "/analyst/rows?figure=people"), ("/analyst/ranking?k=3", "/analyst/rows?k=3&figure=funnel.requested&of=6-10"),
            ("/analyst/exposure?category=course", "/analyst/rows?category=course&figure=exposure.share&of="), ("/analyst", "/analyst/rows?figure=exposure.share&of="), ("/analyst", "/analyst/rows?figure=order.ndcg\""), ("/analyst", "/analyst/rows?figure=funnel.held\""), ("/analyst", "/analyst/rows?figure=need.people&of=childcare"), ("/analyst", "/analyst/rows?figure=gap.difference&of=order.ndcg%20german%20none"),
            ("/analyst/compare?b-language=uk", "/analyst/rows?language=uk&figure=order.mrr"), ("/analyst?channel=kiosk", "/analyst/rows?channel=kiosk&figure=people"), ("/analyst/ranking", "/analyst/rows?figure=order.lead&of=popularity"), ("/analyst/ranking?other=baseline", "/analyst/rows?other=baseline&figure=policy.difference&of=seen")])
            Assert.Contains(link, await TextAsync(browser, page), StringComparison.Ordinal);
        // Where it is one of many, only the one has rows.
        Assert.DoesNotContain("figure=exposure.share\"", await TextAsync(browser, "/analyst/exposure"));
        // A report is of ten people at least, and so are its rows.
        Assert.Contains("/analyst/rows?figure=need.unserved&published=true&of=", await TextAsync(browser, "/analyst/report"));
        site.Api.Calls.Clear();
        Assert.Contains("published=true&of=debt&after=50", await TextAsync(browser, "/analyst/rows?figure=need.unserved&published=true&of=debt"));
        Assert.Contains("published=true", Assert.Single(site.Api.Calls, c => c.Path == "/api/quality/rows").Query);
        // A stand is asked for instead of the category.
        var stand = System.Text.RegularExpressions.Regex.Match(await TextAsync(browser, "/analyst/exposure?category=course"), "href=\"(/analyst/rows[^\"]*figure=stand.asked)\"").Groups[1].Value;
        Assert.DoesNotContain("category", stand);
        // Beside those who asked there are those who were answered, and those whose lists the stand's share is of.
        var beside = await TextAsync(browser, $"/analyst/rows?exhibitor={StubApi.Stand}&figure=stand.asked");
        foreach (var link in (string[])["&figure=stand.acceptance\"", "&figure=stand.no-show\"", $"&figure=exposure.share&of={StubApi.Stand}\""]) Assert.Contains(link, beside);
        foreach (var (of, words) in ((string, string)[])[("order.ndcg%20language%20uk", "language Ukrainian"), ("arbeit%201%204a-5%20no", "arbeit 4a-5")])
            Assert.Contains(words, await TextAsync(browser, $"/analyst/rows?figure=gap.difference&of={of}"));
        foreach (var (asked, words) in ((string, string)[])[("figure=funnel.opened&of=6-10", "place 6-10"), ("figure=order.lead&of=popularity", "by popularity"), ($"figure=exposure.share&of={StubApi.Stand}", "Pflegeverbund Auwald"), ("figure=policy.robust&of=seen&other=baseline", "Estimated by")])
            Assert.Contains(words, await TextAsync(browser, $"/analyst/rows?{asked}"));
        Assert.Contains("other=baseline", site.Api.Calls.Last(c => c.Path == "/api/quality/rows").Query);
        Assert.Contains("&of=order.ndcg", await TextAsync(browser, "/analyst/rows?figure=gap.difference&of=order.ndcg%20language%20uk"));
    }

    [Fact]
    public async Task The_organisers_words_head_the_report_and_nobody_elses_are_overwritten()
    {
        await using var site = new Site();
        var analyst = await TextAsync(await site.Staff("analyst", "en"), "/analyst/report");
        Assert.Contains("Wir danken allen, die mitgedolmetscht haben.", analyst);
        Assert.DoesNotContain("<textarea", analyst);
        var organiser = await site.Staff("organiser", "en");
        var kept = await Site.Post(organiser, "/analyst/report?channel=kiosk", ("version", "3"), ("text", "Danke."));
        Assert.Equal((HttpStatusCode.SeeOther, "/analyst/report?channel=kiosk"), (kept.StatusCode, kept.Headers.Location?.ToString()));
        Assert.Contains(site.Api.Calls, c => c.Path == "/api/quality/words" && c.Body == "{\"text\":\"Danke.\",\"version\":3}");
        foreach (var (text, status, says) in ((string, HttpStatusCode, string)[])[("stale <b>", HttpStatusCode.Conflict, "Somebody else has just changed these words."), ("too long", HttpStatusCode.BadRequest, "At most 4,000 characters")])
        {
            var answer = await Site.Post(organiser, "/analyst/report", ("version", "3"), ("text", text));
            var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
            Assert.Equal(status, answer.StatusCode);
            Assert.Contains(says, html);
            Assert.Contains($">{text}</textarea>", html);
        }
    }

    [Fact]
    public async Task What_is_not_told_has_no_rows_and_leads_back_to_where_it_says_why()
    {
        await using var site = new Site();
        var browser = await site.Staff("analyst", "en");
        var response = await browser.GetAsync("/analyst/rows?language=vi&figure=funnel.held", Cancel);
        Assert.Equal((HttpStatusCode.SeeOther, "/analyst/ranking?language=vi"), (response.StatusCode, response.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/analyst/match/p000000000000/{StubApi.Id(101)}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_match_says_its_place_its_rules_its_parts_and_what_would_have_changed_it()
    {
        await using var site = new Site();
        var html = await TextAsync(await site.Staff("analyst", "en"), $"/analyst/match/{FigureData.Match.Person}/{FigureData.Match.OfferId}");
        foreach (var words in (string[])["of 247 possible", "85 %", "The answers have changed since this list", "In diesem Jahr gibt es weniger Plätze.", "integrationskurs 2026-02-09 · 44-4", "the Jobcenter", "Find work", "Have my qualification recognised", "Ukrainian", "pair.goal-any", ">+0.90<", ">−0.20<", "1.42",
            "then: Yes, this fits", "answered instead of open", "then place 1 instead of 2", "then place 7 instead of 2"]) Assert.Contains(words, html);
    }

    [Fact]
    public async Task Answers_are_said_of_somebody_in_words_that_fit_what_was_asked()
    {
        await using var site = new Site();
        (string Field, string Label, IReadOnlyList<string> Codes)[] asked =
        [
            ("coursePaper", "Paper for the integration course", Codes.CoursePapers), ("workNote", "Note about work", Codes.WorkNotes), ("recognition", "Recognition of the qualification", Codes.RecognitionStages), ("ageBand", "Age", Codes.AgeBands),
            ("timeInGermany", "Time in Germany", Codes.TimesInGermany), ("script", "Latin letters", Codes.Scripts), ("german", "German", Codes.GermanLevels), ("reading", "Reading German", Codes.GermanLevels), ("certificate", "Certificate of German", YesNo),
            ("childcare", "Needs childcare", YesNo), ("occupation", "Occupation named", ["named"]), ("wheelchair", "Needs ways without steps", YesNo), ("interpreter", "Wishes an interpreter", YesNo), ("evening", "Has time from 17:00 on", YesNo), ("age", "Age group", Codes.AgeBands),
        ];
        foreach (var language in (string[])["en", "de", "uk", "ar"])
        {
            var browser = await site.Staff("analyst", language);
            for (var at = 0; at < asked.Max(a => a.Codes.Count); at++)
            {
                site.Api.Match = FigureData.Match with { Known = asked.ToDictionary(a => a.Field, a => a.Codes[at % a.Codes.Count]), Verdicts = [], Places = [] };
                var html = await TextAsync(browser, $"/analyst/match/{FigureData.Match.Person}/{FigureData.Match.OfferId}");
                var known = System.Text.RegularExpressions.Regex.Match(html, "<section[^>]*aria-labelledby=\"k\".*?</section>", System.Text.RegularExpressions.RegexOptions.Singleline).Value;
                foreach (var (field, label, codes) in asked)
                {
                    if (language == "en") Assert.Contains($"<dt>{label}</dt>", known);
                    // A code is no answer, but for a level of German; in English some are the word itself.
                    if (language != "en" && codes[at % codes.Count] is var code && !Codes.GermanLevels.Contains(code) && !YesNo.Contains(code)) Assert.DoesNotContain($"<dd>{code}</dd>", known);
                }
                // Nobody speaks here of themselves.
                Assert.DoesNotMatch("\\b([Ii]ch|I|I’d|я|Я)\\b|أنا", known);
            }
        }
    }

    private static readonly string[] YesNo = ["yes", "no"];

    [Fact]
    public async Task The_record_and_a_models_card_are_handed_on_as_they_are_and_to_analysts_alone()
    {
        await using var site = new Site();
        var analyst = await site.Staff("analyst", "en");
        Assert.Contains("href=\"/analyst/record?channel=kiosk\"", await TextAsync(analyst, "/analyst/report?channel=kiosk"));
        var record = await analyst.GetAsync("/analyst/record", Cancel);
        Assert.Equal(("the archive", "application/zip", "record.zip"), (await record.Content.ReadAsStringAsync(Cancel), record.Content.Headers.ContentType?.MediaType, record.Content.Headers.ContentDisposition?.FileName));
        Assert.Contains("href=\"/analyst/record?channel=kiosk&format=parquet\"", await TextAsync(analyst, "/analyst/report?channel=kiosk"));
        await analyst.GetAsync("/analyst/record?format=parquet", Cancel);
        Assert.Contains(site.Api.Calls, c => c.Path == "/api/quality/export" && c.Query.Contains("format=parquet"));
        foreach (var unknown in (string[])["format=xls", "fair=zzz"]) Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync("/analyst/record?" + unknown, Cancel)).StatusCode);
        var card = await analyst.GetAsync("/analyst/models/20261126-1330-b20c/card", Cancel);
        Assert.Equal(("# Model 20261126-1330-b20c", "model-20261126-1330-b20c.md"), (await card.Content.ReadAsStringAsync(Cancel), card.Content.Headers.ContentDisposition?.FileName));
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync("/analyst/models/none/card", Cancel)).StatusCode);
        var stand = await site.Staff("exhibitor", "en");
        foreach (var path in (string[])["/analyst/record", "/analyst/rows?figure=people", "/analyst/models/x/card"])
            Assert.NotEqual(HttpStatusCode.OK, (await stand.GetAsync(path, Cancel)).StatusCode);
    }

    private static async Task<string> TextAsync(HttpClient browser, string path) => WebUtility.HtmlDecode(await browser.GetStringAsync(path, Cancel));
}
