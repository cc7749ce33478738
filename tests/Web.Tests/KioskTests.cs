using Matchmaking.Contracts.Texts;
using Matchmaking.Web.Texts;

namespace Matchmaking.Web.Tests;

/// <summary>What the script adds, in a real browser.</summary>
public sealed class KioskTests
{
    [Fact]
    public async Task A_kiosk_that_nobody_touches_asks_goes_on_and_else_forgets()
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Rig.Browser.StartAsync();
        var browser = rig.Chromium;
        await using var context = await browser.NewContextAsync();
        await context.Clock.InstallAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{origin}/kiosk");
        await page.Locator("main form .main").ClickAsync();
        await page.Locator("button[value=ar]").ClickAsync();
        await page.Locator("input[value=work]").CheckAsync();

        for (var stayed = 0; stayed < 11; stayed++)
        {
            await context.Clock.RunForAsync(61_000);
            await page.Locator("dialog .main").ClickAsync();
            Assert.Equal(0, await page.Locator("dialog").CountAsync());
            Assert.True(await page.Locator("input[value=work]").IsCheckedAsync());
        }

        await context.Clock.RunForAsync(61_000);
        await page.Locator("dialog").WaitForAsync();
        await context.Clock.RunForAsync(31_000);
        await page.Locator(".tongues").WaitForAsync();
        Assert.Equal($"{origin}/kiosk", page.Url);
        Assert.DoesNotContain(await context.CookiesAsync(), c => c.Name is "mm.draft" or "mm.lang");
    }

    [Theory, InlineData("/"), InlineData("/kiosk")]
    public async Task The_way_back_to_a_start_ends_the_visit_at_a_kiosk(string start)
    {
        await using var site = new Site();
        var browser = await site.Kiosk();
        await browser.GetAsync($"/link/{StubApi.Visitor}/{StubApi.Token}", TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await browser.GetAsync("/matches", TestContext.Current.CancellationToken)).StatusCode);

        for (var (at, steps) = ((string?)start, 0); at is not null; steps++)
        {
            Assert.True(steps < 3);
            var page = await browser.GetAsync(at, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("/matches", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            at = page.Headers.Location?.ToString();
        }
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await browser.GetAsync("/matches", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_kiosk_stays_one_whatever_is_typed_there_until_its_keepers_end_it()
    {
        await using var site = new Site();
        var browser = await site.Kiosk();
        await browser.GetAsync($"/link/{StubApi.Visitor}/{StubApi.Token}", TestContext.Current.CancellationToken);

        Assert.Equal("/kiosk", (await browser.GetAsync("/", TestContext.Current.CancellationToken)).Headers.Location!.ToString());
        // Its start wipes first, and is a page only then.
        await browser.GetAsync("/kiosk", TestContext.Current.CancellationToken);
        foreach (var path in (string[])["/kiosk", "/kiosk/leave", "/ask/1", "/help", "/privacy", "/no/such/page"])
            Assert.Contains("class=\"kiosk", await (await browser.GetAsync(path, TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await browser.GetAsync($"/link/{StubApi.Visitor}/{StubApi.Token}", TestContext.Current.CancellationToken);
        Assert.Equal("/", (await Site.Post(browser, "/kiosk/leave")).Headers.Location!.ToString());
        Assert.Equal("/", (await browser.GetAsync("/kiosk/leave", TestContext.Current.CancellationToken)).Headers.Location!.ToString());
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await browser.GetAsync("/matches", TestContext.Current.CancellationToken)).StatusCode);
        Assert.DoesNotContain("class=\"kiosk", await browser.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_at_the_kiosks_address_takes_nothing_from_anybodys_browser()
    {
        await using var site = new Site();
        foreach (var own in (HttpClient[])[await site.Visitor(), await site.Staff("organiser")])
            foreach (var path in (string[])["/kiosk", "/kiosk/leave", "/kiosk/timeout"])
            {
                var looked = await own.GetAsync(path, TestContext.Current.CancellationToken);
                Assert.All(looked.Headers.TryGetValues("Set-Cookie", out var set) ? set : [], c => Assert.StartsWith("mm.form=", c));
            }
        var visitor = await site.Visitor();
        var page = await visitor.GetStringAsync("/kiosk", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("class=\"kiosk", page, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await visitor.GetAsync("/matches", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal("/kiosk", (await Site.Post(visitor, "/kiosk")).Headers.Location!.ToString());
        Assert.Contains("Willkommen", await visitor.GetStringAsync("/kiosk", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await visitor.GetAsync("/matches", TestContext.Current.CancellationToken)).StatusCode);
    }

    /// <summary>A browser keeps titles in its history, which no wipe of ours reaches: there a page says what kind it is, in the visitor's language.</summary>
    [Fact]
    public async Task A_title_at_a_kiosk_says_what_kind_of_page_it_is_and_at_home_which_offer()
    {
        await using var site = new Site();
        site.Api.Meetings.AddRange(Data.Meetings("de"));
        foreach (var language in Words.Languages)
        {
            foreach (var (path, key) in ((string, string)[])[($"/offers/{StubApi.Id(101)}", "offer.page"), ($"/day/{StubApi.Id(300)}", "meeting.title"), ("/search", "find.label")])
                Assert.Equal(Pages.In(key, language), await TitleAsync(await site.Kiosk(), path));

            async Task<string> TitleAsync(HttpClient browser, string path)
            {
                await browser.GetAsync($"/help?lang={language}", TestContext.Current.CancellationToken);
                await browser.GetAsync($"/link/{StubApi.Visitor}/{StubApi.Token}", TestContext.Current.CancellationToken);
                var html = await browser.GetStringAsync(path, TestContext.Current.CancellationToken);
                return System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(html, "<title>([^<]*)</title>").Groups[1].Value);
            }
        }
        Assert.Contains($"<title>{Data.Offers("en").ElementAt(1).Title}</title>", await (await site.Visitor("en")).GetStringAsync($"/offers/{StubApi.Id(101)}", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_searched_for_stands_in_no_address_at_a_kiosk_and_is_gone_with_the_visit()
    {
        await using var site = new Site();
        var kiosk = await site.Kiosk();
        await kiosk.GetAsync($"/link/{StubApi.Visitor}/{StubApi.Token}", TestContext.Current.CancellationToken);
        var answer = await Site.Post(kiosk, "/matches", "/search", ("q", " Schulden "));
        Assert.Equal((System.Net.HttpStatusCode.SeeOther, "/search"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        var found = await kiosk.GetStringAsync("/search", TestContext.Current.CancellationToken);
        Assert.Contains("value=\"Schulden\"", found, StringComparison.Ordinal);
        Assert.DoesNotContain("search?q=", found, StringComparison.Ordinal);
        Assert.Contains(site.Api.Calls, c => c.Path.EndsWith("/search", StringComparison.Ordinal) && c.Query.Contains("Schulden"));

        await Site.Post(kiosk, "/help", "/kiosk/end");
        await kiosk.GetAsync($"/link/{StubApi.Visitor}/{StubApi.Token}", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("Schulden", await kiosk.GetStringAsync("/search", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        // Nor does the way back lead to the offers that somebody looked at.
        await Site.Post(kiosk, "/help", "/kiosk/end");
        Assert.Equal("/kiosk", (await kiosk.GetAsync($"/offers/{StubApi.Id(101)}", TestContext.Current.CancellationToken)).Headers.Location?.ToString());
        // At home a search can be kept and shared.
        Assert.Equal("/search?q=Schulden", (await Site.Post(await site.Visitor(), "/matches", "/search", ("q", "Schulden"))).Headers.Location?.ToString());
    }

    [Fact]
    public async Task Who_stays_goes_back_to_where_they_were()
    {
        await using var site = new Site();
        var browser = await site.Kiosk();
        var answer = await Site.Post(browser, "/kiosk/timeout?back=/ask/3", "/kiosk/stay", ("back", "/ask/3"));
        Assert.Equal((System.Net.HttpStatusCode.SeeOther, "/ask/3"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task Who_is_at_home_finds_their_list_again_at_the_start()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        Assert.Contains("/matches", await browser.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await browser.GetAsync("/matches", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Without_script_the_questions_and_the_booking_work_all_the_same()
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Rig.Browser.StartAsync();
        var browser = rig.Chromium;
        await using var context = await browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(origin);
        await page.Locator("button[value=en]").ClickAsync();
        for (var n = 0; n < 12 && !page.Url.EndsWith("/check", StringComparison.Ordinal); n++) await page.Locator(".dock button[value=skip]").ClickAsync();
        await page.Locator("input[value=matching]").CheckAsync();
        await page.Locator(".dock button[value=next]").ClickAsync();
        await page.Locator(".match.first .book button").ClickAsync();
        Assert.Contains("/day?new=", page.Url);
        Assert.Equal(2, site.Api.Writes.Count());
    }
}
