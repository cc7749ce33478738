using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;

namespace Matchmaking.Web.Tests;

public sealed class PagesTests
{
    // Looking changes nothing: so one site serves all who only look, and one all who look at what is not there.
    private static readonly Lazy<Site> Shared = new(() =>
    {
        var site = new Site();
        site.Api.Meetings.AddRange(Data.Meetings("de"));
        return site;
    });

    private static readonly Lazy<Site> Bare = new(() =>
    {
        var site = new Site();
        site.Api.Empty = true;
        return site;
    });

    public static readonly TheoryData<string, string> Open = Each(
        "/", "/kiosk", "/kiosk/timeout", "/help", "/language", "/privacy", "/handoff", "/check", "/ask/1", "/ask/3", "/ask/4", "/ask/6", "/ask/8", "/ask/9", "/ask/10", "/sign-in", "/sign-in/sent", "/sign-in/some-code",
        $"/offers/{StubApi.Id(101)}", $"/erasures/{StubApi.Erasure}", $"/stop/{StubApi.StopToken}");

    public static readonly TheoryData<string, string> OfVisitors = Each(
        "/matches", "/matches?kind=course", $"/offers/{StubApi.Id(101)}", "/day", "/day/slip", "/day/phone", $"/day/{StubApi.Id(300)}", "/privacy", "/privacy/erase", "/matches?problem=slot-taken", "/notices",
        "/matches?only=own-language", "/matches/gone", "/search?q=kurs", "/search?q=nichts", $"/offers/{StubApi.Id(105)}?de=1", $"/compare?id={StubApi.Id(100)}&id={StubApi.Id(101)}");

    [Theory, MemberData(nameof(Open))]
    public async Task A_page_for_everybody_speaks_the_chosen_language(string path, string language)
    {
        await Reads(Shared.Value.Browser(), $"{path}{(path.Contains('?') ? '&' : '?')}lang={language}", language);
    }

    [Theory, MemberData(nameof(OfVisitors))]
    public async Task A_visitors_page_speaks_the_chosen_language(string path, string language)
    {
        await Reads(await Shared.Value.Visitor(language), path, language);
    }

    [Theory]
    [InlineData("exhibitor", "/exhibitor"), InlineData("exhibitor", "/exhibitor/day"), InlineData("exhibitor", "/exhibitor/offers"), InlineData("exhibitor", "/exhibitor/offers/new"), InlineData("exhibitor", "/exhibitor/plan"), InlineData("exhibitor", "/exhibitor/check-in/HKM"), InlineData("analyst", "/analyst"), InlineData("analyst", "/analyst/models"), InlineData("analyst", "/analyst/rows?figure=funnel.opened"), InlineData("analyst", "/analyst/match/p0123456789ab/01930000-0000-7000-8000-000000000065"), InlineData("analyst", "/analyst/ranking"), InlineData("analyst", "/analyst/ranking?other=baseline&k=10"), InlineData("analyst", "/analyst/fairness"), InlineData("analyst", "/analyst/exposure"), InlineData("analyst", "/analyst/gaps"), InlineData("analyst", "/analyst/compare?b-language=uk"), InlineData("analyst", "/analyst/report"), InlineData("analyst", "/analyst?channel=kiosk"), InlineData("organiser", "/organiser"), InlineData("organiser", "/analyst"), InlineData("organiser", "/analyst/models"), InlineData("organiser", "/organiser/schedule"), InlineData("exhibitor", "/exhibitor/notices"), InlineData("exhibitor", "/exhibitor/webhooks"), InlineData("organiser", "/organiser/calls"), InlineData("organiser", "/organiser/notices"), InlineData("organiser", "/organiser/texts"), InlineData("organiser", "/organiser/texts/meeting-accepted/de")]
    public async Task A_page_for_staff_renders_in_every_language_with_and_without_data(string role, string path)
    {
        foreach (var language in (string[])["de", "en", "uk", "ar"])
        {
            await Reads(await Shared.Value.Staff(role, language), path, language);
            await Reads(await Bare.Value.Staff(role, language), path, language);
        }
    }

    [Fact]
    public async Task The_policy_allows_the_scripts_that_the_page_names_and_no_page_has_any_inline()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        var nonces = new List<string>();
        foreach (var path in (string[])["/", "/ask/1", "/matches", "/search?q=kurs", $"/compare?id={StubApi.Id(100)}&id={StubApi.Id(101)}", "/day", "/kiosk", "/nothing.here"])
        {
            var response = await browser.GetAsync(path, TestContext.Current.CancellationToken);
            var policy = string.Join(' ', response.Headers.GetValues("Content-Security-Policy"));
            var nonce = Regex.Match(policy, "script-src 'nonce-([0-9a-f]{32})'$").Groups[1].Value;
            nonces.Add(nonce);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Equal("no-referrer", string.Join(' ', response.Headers.GetValues("Referrer-Policy")));
            Assert.True(response.Headers.CacheControl!.NoStore);
            var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotMatch(@"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=""", html);
            Assert.All(Regex.Matches(html, "<script[^>]*>"), script => Assert.Contains($"nonce=\"{nonce}\"", script.Value));
        }
        Assert.Equal(nonces.Count, nonces.Distinct().Count());
    }

    [Fact]
    public async Task Over_https_browsers_are_told_to_come_that_way_for_a_year_and_no_page_lets_itself_be_framed()
    {
        await using var site = new Site();
        await using var deployed = site.WithWebHostBuilder(host => host.UseEnvironment("Production"));
        var start = await deployed.CreateClient(new() { BaseAddress = new("https://fair.example.org") }).GetAsync("/ask/1", TestContext.Current.CancellationToken);
        Assert.Equal("max-age=31536000", string.Join(' ', start.Headers.TryGetValues("Strict-Transport-Security", out var year) ? year : []));
        Assert.Equal("DENY", string.Join(' ', start.Headers.GetValues("X-Frame-Options")));
        foreach (var plain in (string[])["http://fair.example.org", "https://localhost"])
            Assert.False((await deployed.CreateClient(new() { BaseAddress = new(plain) }).GetAsync("/", TestContext.Current.CancellationToken)).Headers.Contains("Strict-Transport-Security"), plain);
    }

    [Fact]
    public async Task Who_asks_for_the_head_of_a_page_gets_it_without_a_body()
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        var browser = await site.Visitor();
        site.Api.Calls.Clear();
        foreach (var (path, status) in ((string, int)[])[("/", 200), ("/ask/1", 200), ("/matches", 200), ($"/offers/{StubApi.Id(101)}", 200), ("/nothing-here", 404), ("/ask/99", 404), ("/kiosk", 200)])
        {
            using var answer = await browser.SendAsync(new(HttpMethod.Head, path), TestContext.Current.CancellationToken);
            Assert.Equal((path, status), (path, (int)answer.StatusCode));
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            if (status == 200) Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        }
        // Nobody has looked.
        Assert.DoesNotContain(site.Api.Calls, c => c.Path.EndsWith("/opened", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Files_come_whole_and_may_be_kept_for_ever_under_their_hash()
    {
        await using var site = new Site();
        var browser = site.Browser();
        var html = await browser.GetStringAsync("/", TestContext.Current.CancellationToken);
        foreach (Match link in Regex.Matches(html, "(?:href|src)=\"(/[a-z0-9-]+\\.(?:css|js|svg|png|webmanifest)\\?v=[0-9a-f]+)\""))
        {
            var response = await browser.GetAsync(link.Groups[1].Value, TestContext.Current.CancellationToken);
            Assert.True((await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length > 300);
            Assert.Contains("immutable", response.Headers.CacheControl!.ToString());
        }
        Assert.Equal(6, Regex.Matches(html, "\\?v=").Count);
    }

    [Fact]
    public async Task Every_sign_that_a_page_uses_is_drawn_on_it_once()
    {
        await using var site = new Site();
        site.Api.Meetings.AddRange(Data.Meetings("de"));
        var browser = await site.Visitor();
        foreach (var path in (string[])["/", "/ask/1", "/matches", "/day", $"/offers/{StubApi.Id(101)}", "/kiosk"])
        {
            var html = await browser.GetStringAsync(path, TestContext.Current.CancellationToken);
            var used = Regex.Matches(html, "<use href=\"#([ip]-[a-z]+)\"").Select(m => m.Groups[1].Value).Distinct().Order();
            var drawn = Regex.Matches(html, "<symbol id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).Order();
            Assert.Equal(used, drawn);
        }
    }

    [Theory]
    [InlineData("/nothing-here", 404), InlineData("/offers/01930000-0000-7000-8000-00000000ffff", 404), InlineData("/ask/99", 404), InlineData("/matches", 401), InlineData("/day", 401)]
    public async Task What_is_not_there_is_said_in_the_visitors_language(string path, int status)
    {
        await using var site = new Site();
        var response = await site.Browser().GetAsync($"{path}?lang=ar", TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_service_that_is_down_or_broken_becomes_a_friendly_page_without_its_words()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        site.Api.Down = true;
        var down = await browser.GetAsync("/matches", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        Assert.Equal("10", down.Headers.RetryAfter!.ToString());
        Assert.DoesNotContain("secret", await down.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        (site.Api.Down, site.Api.Broken) = (false, true);
        var broken = await browser.GetAsync("/matches", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, broken.StatusCode);
        var html = await broken.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Das war unser Fehler", html);
        Assert.DoesNotContain("secret", html);
    }

    [Fact]
    public async Task Paths_of_the_services_are_left_to_them()
    {
        await using var site = new Site();
        foreach (var path in (string[])["/api/visitors", "/health/live", "/openapi/v1.json", "/internal/x"])
        {
            var response = await site.Browser().GetAsync(path, TestContext.Current.CancellationToken);
            Assert.False(response.Headers.Contains("Content-Security-Policy"), path);
            Assert.NotEqual("text/html", response.Content.Headers.ContentType?.MediaType);
        }
    }

    private static async Task Reads(HttpClient browser, string path, string language)
    {
        var response = await browser.GetAsync(path, TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains($"<html lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\"", html);
        Assert.Contains("id=\"main\"", path.Contains("kiosk") || path.StartsWith("/?", StringComparison.Ordinal) ? "id=\"main\"" : html);
        // A key that no file holds shows as itself: words joined by dots.
        Assert.DoesNotMatch(@">\s*[a-z]+(\.[a-z0-9-]+)+\s*<", Regex.Replace(html, @"<code.*?</code>|[a-z]+\.csv", ""));
        Assert.DoesNotContain("{0}", html);
    }

    private static TheoryData<string, string> Each(params string[] paths)
    {
        var data = new TheoryData<string, string>();
        foreach (var path in paths)
            foreach (var language in (string[])["de", "en", "uk", "ar"]) data.Add(path, language);
        return data;
    }
}
