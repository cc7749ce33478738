using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Matchmaking.Web.Tests;

/// <summary>An organiser's tables: looked at first, taken over by a second button, without a script.</summary>
public sealed class ImportTests
{
    private static readonly byte[] Exhibitors = Encoding.UTF8.GetBytes("id,name,kind\na,Bürgeramt <Mitte>,office\n");
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_taken_over_is_what_was_looked_at()
    {
        await using var site = new Site();
        var browser = await site.Staff("organiser");
        site.Api.Calls.Clear();
        var page = await CheckAsync(browser, Exhibitors);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        foreach (var said in (string[])["58", "247", "exhibitors.csv", "Zeile 12", "Verein", "Nehmen Sie eines dieser Wörter.", "nur ein Hinweis", "nicht mehr dabei", "Übernehmen"]) Assert.Contains(said, html);
        var looked = Assert.Single(site.Api.Writes);
        Assert.Equal(("/api/fairs/import", "?dryRun=true", "jwt-organiser", "de"), (looked.Path, looked.Query, looked.Bearer, looked.Language));

        var fields = Regex.Matches(html, "<input type=\"hidden\" name=\"(exhibitors|offers|fair|name)\" value=\"([^\"]*)\"").Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value))).ToArray();
        var taken = await Site.Post(browser, "/organiser", "/organiser/import", fields);
        Assert.StartsWith("/organiser?done=", taken.Headers.Location!.ToString());
        var stored = site.Api.Writes.Last();
        Assert.Equal("", stored.Query);
        Assert.Equal(Parts(looked.Body!), Parts(stored.Body!));
        Assert.Contains("Bürgeramt <Mitte>", stored.Body);
        Assert.Contains("Übernommen: 58 Aussteller und 247 Angebote. 3 Zeilen wurden ausgelassen.", await browser.GetStringAsync(taken.Headers.Location, Cancel));
        site.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.DoesNotContain("Übernommen", await browser.GetStringAsync(taken.Headers.Location, Cancel));
    }

    [Theory, InlineData("exhibitors=999&offers=777"), InlineData("exhibitors=999&offers=777&skipped=0&done=1"), InlineData("done=CfDJ8AAAA"), InlineData("done="), InlineData("exhibitors=x")]
    public async Task No_address_says_of_itself_that_something_was_taken_over(string query)
    {
        await using var site = new Site();
        var browser = await site.Staff("organiser");
        var page = await browser.GetAsync($"/organiser?{query}", Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("Übernommen", await page.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Where_nothing_could_be_read_the_cause_is_shown_and_nothing_can_be_taken_over()
    {
        await using var site = new Site();
        site.Api.Report = Data.NothingRead;
        var browser = await site.Staff("organiser");
        var page = await CheckAsync(browser, Exhibitors);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.StatusCode);
        Assert.Contains("Speichern Sie die Datei als „CSV UTF-8“.", html);
        Assert.DoesNotContain("secret title", html);
        Assert.DoesNotContain("action=\"/organiser/import\"", html);
    }

    [Fact]
    public async Task A_fair_that_moves_names_the_meetings_in_the_way_and_takes_a_word()
    {
        await using var site = new Site();
        site.Api.Report = Data.Report with { Moves = Data.Move };
        var browser = await site.Staff("organiser");
        site.Api.Calls.Clear();
        var page = await CheckAsync(browser, Exhibitors);
        var html = WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        foreach (var said in (string[])["Diese Tabellen verlegen die Messe", "Bisher: Samstag, 5.\u00a0Dezember, 10:00–15:00 Uhr. Neu: Samstag, 12.\u00a0Dezember, 10:00–14:00 Uhr.", "abgesagt werden: 2", "XKW", "QRS", "10:20", "Sprachschule Lindenhof", "name=\"move\" value=\"1\" required"]) Assert.Contains(said, html);
        var asked = site.Api.Calls.Single(c => c.Path == "/api/meetings/in-the-way");
        Assert.Equal("jwt-organiser", asked.Bearer);
        Assert.Contains("\"opens\":\"2026-12-12T09:00:00+00:00\"", asked.Body);

        var fields = Regex.Matches(html, "<input type=\"hidden\" name=\"(exhibitors|offers|fair|name)\" value=\"([^\"]*)\"").Select(m => (m.Groups[1].Value, m.Groups[2].Value)).ToArray();
        var unsaid = await Site.Post(browser, "/organiser", "/organiser/import", fields);
        Assert.Equal(HttpStatusCode.Conflict, unsaid.StatusCode);
        Assert.Contains("role=\"alert\"", await unsaid.Content.ReadAsStringAsync(Cancel));
        var taken = await Site.Post(browser, "/organiser", "/organiser/import", [.. fields, ("move", "1")]);
        Assert.StartsWith("/organiser?done=", taken.Headers.Location!.ToString());
        Assert.Equal("?moveFair=true", site.Api.Writes.Last().Query);
    }

    [Theory, InlineData("de", "Die neue Messe ist gespeichert und wartet.", "Es gilt weiter: Integrationsmesse Leipzig."), InlineData("en", "The new fair is stored and waits.", "Still current: Integrationsmesse Leipzig.")]
    public async Task The_receipt_of_a_fair_that_waits_says_so_and_for_which(string language, string waits, string current)
    {
        await using var site = new Site();
        var browser = await site.Staff("organiser", language);
        Assert.DoesNotContain(waits, await TakeAsync());
        site.Api.Report = Data.Report with { Issues = [.. Data.Report.Issues, new("fair.csv", 0, "", "waits", "Menschen", "Dateien", "Noch einmal importieren.", Skipped: false)] };
        var receipt = await TakeAsync();
        Assert.Contains(waits, receipt);
        Assert.Contains(current, Regex.Replace(receipt, "<[^>]+>", ""));
        // Who has said that it shall be the current one is not told that it waits: the service says so no more.
        site.Api.Report = Data.Report;
        Assert.DoesNotContain(waits, await TakeAsync());

        async Task<string> TakeAsync()
        {
            var html = await (await CheckAsync(browser, Exhibitors)).Content.ReadAsStringAsync(Cancel);
            var fields = Regex.Matches(html, "<input type=\"hidden\" name=\"(exhibitors|offers|fair|name)\" value=\"([^\"]*)\"").Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value))).ToArray();
            var taken = await Site.Post(browser, "/organiser", "/organiser/import", fields);
            return WebUtility.HtmlDecode(await browser.GetStringAsync(taken.Headers.Location, Cancel));
        }
    }

    [Fact]
    public async Task Stands_and_offers_that_are_missing_are_named_with_their_meetings_and_take_a_word()
    {
        await using var site = new Site();
        site.Api.Report = Data.Report with { Gone = new(StubApi.Id(5), [new(StubApi.Id(9), "Sprachschule Lindenhof")], [StubApi.Id(700)]) };
        var browser = await site.Staff("organiser");
        site.Api.Calls.Clear();
        var html = WebUtility.HtmlDecode(await (await CheckAsync(browser, Exhibitors)).Content.ReadAsStringAsync(Cancel));
        foreach (var said in (string[])["In diesen Tabellen fehlt etwas", "nicht mehr dabei sind: 1", "Sprachschule Lindenhof", "nicht mehr gibt: 1", "abgesagt werden: 2", "XKW", "name=\"withdraw\" value=\"1\" required"]) Assert.Contains(said, html);
        Assert.DoesNotContain("name=\"move\"", html);
        var asked = site.Api.Calls.Single(c => c.Path == "/api/meetings/in-the-way");
        Assert.Contains($"\"exhibitors\":[\"{StubApi.Id(9)}\"]", asked.Body);
        Assert.Contains($"\"offers\":[\"{StubApi.Id(700)}\"]", asked.Body);

        var fields = Regex.Matches(html, "<input type=\"hidden\" name=\"(exhibitors|offers|fair|name)\" value=\"([^\"]*)\"").Select(m => (m.Groups[1].Value, m.Groups[2].Value)).ToArray();
        var unsaid = await Site.Post(browser, "/organiser", "/organiser/import", fields);
        Assert.Equal(HttpStatusCode.Conflict, unsaid.StatusCode);
        await Site.Post(browser, "/organiser", "/organiser/import", [.. fields, ("withdraw", "1")]);
        Assert.Equal("?withdrawStands=true", site.Api.Writes.Last().Query);
    }

    [Fact]
    public async Task Without_the_needed_files_or_with_others_than_we_wrote_nothing_is_asked()
    {
        await using var site = new Site();
        var browser = await site.Staff("organiser");
        site.Api.Calls.Clear();
        Assert.Equal("/organiser?problem=files#import", (await CheckAsync(browser, [])).Headers.Location!.ToString());
        Assert.Contains("role=\"alert\"", await browser.GetStringAsync("/organiser?problem=files", Cancel));
        foreach (var nonsense in (string[])["nonsense", "AAAA", "%%%"])
            Assert.Equal("/organiser?problem=files#import", (await Site.Post(browser, "/organiser", "/organiser/import", ("exhibitors", nonsense), ("offers", nonsense))).Headers.Location!.ToString());
        Assert.Empty(site.Api.Writes);
    }

    [Theory, InlineData("exhibitor"), InlineData("analyst")]
    public async Task Others_may_not(string role)
    {
        await using var site = new Site();
        var browser = await site.Staff(role);
        site.Api.Calls.Clear();
        Assert.Equal(HttpStatusCode.Forbidden, (await Site.Post(browser, "/language", "/organiser/import", ("exhibitors", "x"))).StatusCode);
        Assert.Equal("/sign-in", (await Site.Post(site.Browser(), "/language", "/organiser/import/check", ("exhibitors", "x"))).Headers.Location!.ToString());
        Assert.Empty(site.Api.Writes);
    }

    [Fact]
    public async Task Files_that_are_too_large_get_a_page_that_says_so_and_other_forms_stay_small()
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        var browser = await site.Staff("organiser");
        browser.DefaultRequestHeaders.ExpectContinue = true;
        var large = await CheckAsync(browser, new byte[4 * 1024 * 1024 + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Contains("zu groß", await large.Content.ReadAsStringAsync(Cancel));
        var larger = await CheckAsync(browser, new byte[5 * 1024 * 1024 + 10_000]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, larger.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await CheckAsync(browser, [.. Exhibitors, .. new byte[1_000_000]])).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Site.Post(browser, "/language", ("language", new string('x', 70_000)))).StatusCode);
    }

    private static async Task<HttpResponseMessage> CheckAsync(HttpClient browser, byte[] exhibitors)
    {
        var html = await browser.GetStringAsync("/organiser", Cancel);
        Assert.Contains("enctype=\"multipart/form-data\"", html);
        var token = WebUtility.HtmlDecode(Regex.Match(html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value);
        var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(exhibitors), "exhibitors", "Aussteller 2027.csv" },
            { new ByteArrayContent("id,exhibitorId,kind,type,title\n"u8.ToArray()), "offers", "offers.csv" },
            { new StringContent("leipzig-2027"), "name" },
        };
        // As a browser sends a file that was not chosen.
        var none = new ByteArrayContent([]);
        none.Headers.ContentDisposition = new("form-data") { Name = "fair", FileName = "\"\"" };
        form.Add(none);
        return await browser.PostAsync("/organiser/import/check", form, Cancel);
    }

    /// <summary>A form without the line between its parts, which is drawn anew each time.</summary>
    private static string[] Parts(string body) => [.. body.Split(body[..body.IndexOf("\r\n", StringComparison.Ordinal)]).Select(p => p.Trim('-', '\r', '\n')).Order(StringComparer.Ordinal)];
}
