using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Web.Tests;

/// <summary>Answers on a browser that did not ask for them: a phone that took a list over, one that was closed, one that a link came to.</summary>
public sealed partial class StoredAnswersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Needs Said = new()
    {
        Language = "de",
        Goals = ["learn-german", "work"],
        ConversationLanguages = ["uk", "ru"],
        German = new("A2", "B1", false),
        CoursePaper = "unknown",
        WorkNote = "allowed",
        Occupation = new("2221", 4),
        Recognition = "none",
        AgeBand = "27plus",
        TimeInGermany = "1-3",
        Availability = [new(Data.Fair.Opens, Data.Fair.Opens.AddHours(2)), new(Data.Fair.Closes.AddHours(-1), Data.Fair.Closes)],
        District = "Grünau",
        Childcare = true,
        Access = ["quiet"],
        Interpreter = new("uk", "female"),
        Contact = new("a@example.org", "+49 341 1234567"),
        Consents = ["matching", "quality-review"],
        Channel = "online",
    };

    private static Site New() => new() { OneProcess = true, Api = { Stored = Said } };

    [Theory, InlineData("link"), InlineData("handoff")]
    public async Task Whoever_takes_a_list_over_sees_its_answers_and_handing_in_keeps_them(string by)
    {
        await using var site = New();
        var phone = by == "link" ? await site.Visitor() : await TakenOver(site);
        var check = await Read(phone, "/check?lang=de");
        foreach (var words in (string[])["Deutsch lernen", "A2", "10–11 Uhr", "Jahre: 4", "value=\"a@example.org\""]) Assert.Contains(words, check);
        foreach (var (consent, given) in new[] { ("matching", true), ("share-with-exhibitor", false), ("quality-review", true) })
            Assert.Equal(given, Regex.IsMatch(check, $"value=\"{consent}\" checked"));
        Assert.Matches("value=\"work\"[^>]* checked", await Read(phone, "/ask/1"));

        Assert.Equal("/matches", (await HandIn(phone, ("consents", "matching"), ("consents", "quality-review"), ("email", "a@example.org"), ("phone", Said.Contact!.Phone!))).Headers.Location?.ToString());
        Assert.Equal(Json(Said), Json(site.Api.Stored));
    }

    [Fact]
    public async Task One_answer_that_is_changed_leaves_the_others_as_they_were()
    {
        await using var site = New();
        var phone = await site.Visitor();
        await Site.Post(phone, "/ask/1?from=check", "/ask/1", ("from", "check"), ("goals", "recognition"), ("go", "next"));
        await HandIn(phone, ("consents", "matching"), ("consents", "quality-review"), ("email", "a@example.org"), ("phone", Said.Contact!.Phone!));
        Assert.Equal(Json(Said with { Goals = ["recognition"] }), Json(site.Api.Stored));
    }

    [Theory, InlineData(500, HttpStatusCode.InternalServerError), InlineData(503, HttpStatusCode.ServiceUnavailable)]
    public async Task Where_they_cannot_be_read_nothing_takes_their_place(int status, HttpStatusCode said)
    {
        await using var site = New();
        var phone = await site.Visitor();
        var form = await Form(phone, ("key", ""), ("consents", "matching"), ("go", "next"));
        site.Api.RefuseAll = (status, "internal");
        foreach (var path in (string[])["/check", "/ask/1", "/privacy"]) Assert.Equal((path, said), (path, (await phone.GetAsync(path, Cancel)).StatusCode));
        foreach (var path in (string[])["/check", "/ask/1"]) Assert.Equal((path, said), (path, (await phone.PostAsync(path, form, Cancel)).StatusCode));
        Assert.Empty(site.Api.Writes);
        site.Api.RefuseAll = null;
        Assert.Contains("value=\"a@example.org\"", await Read(phone, "/check"));
    }

    [Fact]
    public async Task A_page_of_before_another_list_came_is_shown_anew_and_not_handed_in()
    {
        await using var site = New();
        var browser = site.Browser();
        await Site.Post(browser, "/ask/1", ("goals", "leisure"), ("go", "next"));
        var old = await Form(browser, ("key", Key().Match(await Read(browser, "/check")).Groups[1].Value), ("consents", "matching"), ("email", "other@example.org"), ("go", "next"));
        await Site.Post(browser, $"/link/{StubApi.Visitor}/{StubApi.Token}");
        var answer = await browser.PostAsync("/check", old, Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("von früher", html);
        Assert.Contains("value=\"a@example.org\"", html);
        Assert.Empty(site.Api.Writes);
    }

    [Fact]
    public async Task Who_presses_once_more_while_the_list_is_on_its_way_comes_to_it_and_hands_nothing_in_twice()
    {
        await using var site = New();
        var phone = await site.Visitor();
        (string, string)[] page = [("key", Key().Match(await Read(phone, "/check")).Groups[1].Value), ("go", "next"), ("consents", "matching"), ("consents", "quality-review"), ("email", "a@example.org"), ("phone", Said.Contact!.Phone!)];
        for (var press = 0; press < 2; press++)
            Assert.Equal("/matches", (await phone.PostAsync("/check", await Form(phone, page), Cancel)).Headers.Location?.ToString());
        Assert.Single(site.Api.Writes, w => w.Method == "PUT");
    }

    [Theory, InlineData(429), InlineData(409)]
    public async Task A_change_that_is_refused_makes_no_second_visitor(int status)
    {
        await using var site = New();
        var phone = await site.Visitor();
        var page = await Form(phone, ("key", Key().Match(await Read(phone, "/check")).Groups[1].Value), ("go", "next"), ("consents", "matching"));
        site.Api.RefuseAll = (status, "changed-meanwhile");
        await phone.PostAsync("/check", page, Cancel);
        site.Api.RefuseAll = null;
        Assert.DoesNotContain(site.Api.Calls, c => c is { Method: "POST", Path: "/api/visitors" });
        Assert.Contains("a@example.org", await Read(phone, "/privacy"));
    }

    [Fact]
    public async Task A_page_whose_answers_were_deleted_from_the_device_hands_nothing_in()
    {
        await using var site = new Site();
        var browser = site.Browser();
        await Site.Post(browser, "/ask/1", ("goals", "leisure"), ("go", "next"));
        var page = await Form(browser, ("key", Key().Match(await Read(browser, "/check")).Groups[1].Value), ("go", "next"), ("consents", "matching"));
        await Site.Post(browser, "/privacy", "/privacy/forget");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.PostAsync("/check", page, Cancel)).StatusCode);
        Assert.Empty(site.Api.Writes);
    }

    [Fact]
    public async Task A_kiosk_writes_no_file_of_anybody_and_says_where_it_can_be_had()
    {
        await using var site = New();
        var kiosk = await site.Kiosk();
        await kiosk.GetAsync($"/link/{StubApi.Visitor}/{StubApi.Token}", Cancel);
        Assert.Equal("/privacy", (await kiosk.GetAsync("/privacy/export", Cancel)).Headers.Location?.ToString());
        var html = await Read(kiosk, "/privacy?lang=de");
        Assert.DoesNotContain("/privacy/export", html);
        Assert.Contains("auf Ihrem eigenen Handy", html);
        Assert.Contains("href=\"/day/phone\"", html);
        Assert.Contains("href=\"/privacy/export\"", await Read(await site.Visitor(), "/privacy"));
    }

    [Fact]
    public async Task What_only_the_device_has_is_shown_and_deleted_by_a_press()
    {
        await using var site = New();
        var browser = site.Browser();
        Assert.Contains("Auf diesem Gerät ist nichts gespeichert", await Read(browser, "/privacy?lang=de"));
        await Site.Post(browser, "/ask/1", ("goals", "leisure"), ("go", "next"));
        var html = await Read(browser, "/privacy");
        Assert.Contains("Diese Antworten sind nur auf diesem Gerät", html);
        Assert.Contains("/ask/1?from=check", html);
        Assert.DoesNotContain("ist nichts gespeichert", html);
        Assert.Equal("/privacy", (await Site.Post(browser, "/privacy", "/privacy/forget")).Headers.Location?.ToString());
        Assert.Contains("Auf diesem Gerät ist nichts gespeichert", await Read(browser, "/privacy"));
        Assert.DoesNotMatch("value=\"leisure\"[^>]* checked", await Read(browser, "/ask/1"));
    }

    [Fact]
    public async Task Your_data_shows_where_we_write_to_and_what_was_allowed_and_leads_to_where_it_is_changed()
    {
        await using var site = New();
        var phone = await site.Visitor();
        var html = await Read(phone, "/privacy");
        foreach (var words in (string[])["a@example.org", "+49 341 1234567", "Vorschläge für mich suchen", "Prüfen, ob", "/check#email", "/check#phone", "/check#consent-quality-review"]) Assert.Contains(words, html);
        Assert.DoesNotContain("/check#consent-share-with-exhibitor", html);
        var check = await Read(phone, "/check");
        foreach (var field in (string[])["email", "phone", "consent-matching", "consent-quality-review"]) Assert.Contains($"id=\"{field}\"", check);
        await HandIn(phone, ("consents", "matching"), ("email", ""), ("phone", ""));
        Assert.Null(site.Api.Stored.Contact);
    }

    [Fact]
    public async Task Who_takes_back_the_yes_that_the_list_needs_is_led_to_where_everything_goes()
    {
        await using var site = New();
        var answer = await HandIn(await site.Visitor(), ("email", "a@example.org"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("Wenn Sie es zurücknehmen möchten, löschen Sie bitte alles.", html);
        Assert.Contains("href=\"/privacy/erase\"", html);
        // Who has no list yet has nothing to delete.
        var first = await HandIn(site.Browser());
        Assert.DoesNotContain("/privacy/erase", await first.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<HttpClient> TakenOver(Site site)
    {
        var kiosk = await site.Kiosk();
        await kiosk.GetAsync($"/link/{StubApi.Visitor}/{StubApi.Token}", Cancel);
        await Site.Post(kiosk, "/day", "/day/phone");
        var phone = site.Browser();
        await Site.Post(phone, "/handoff", ("code", Code().Match(await kiosk.GetStringAsync("/day/phone", Cancel)).Groups[1].Value));
        return phone;
    }

    /// <summary>As the page does: with the key that it was shown with.</summary>
    private static async Task<HttpResponseMessage> HandIn(HttpClient browser, params (string Name, string Value)[] fields) =>
        await browser.PostAsync("/check", await Form(browser, [("key", Key().Match(await Read(browser, "/check")).Groups[1].Value), ("go", "next"), .. fields]), Cancel);

    private static async Task<FormUrlEncodedContent> Form(HttpClient browser, params (string Name, string Value)[] fields) =>
        new(fields.Append(("__RequestVerificationToken", Token().Match(await Read(browser, "/language")).Groups[1].Value)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));

    private static async Task<string> Read(HttpClient browser, string path) => WebUtility.HtmlDecode(await browser.GetStringAsync(path, Cancel));

    private static string Json(Needs needs) => JsonSerializer.Serialize(needs with { Availability = [.. needs.Availability!.Select(a => new TimeRange(a.From.ToUniversalTime(), a.To.ToUniversalTime()))] });

    [GeneratedRegex("name=\"key\" value=\"([^\"]*)\"")]
    private static partial Regex Key();

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)")]
    private static partial Regex Token();

    [GeneratedRegex("<bdi class=\"code\"[^>]*>([^<]+)<")]
    private static partial Regex Code();
}
