using System.Net;
using System.Text.RegularExpressions;
using Matchmaking.Rig;

namespace Matchmaking.Web.Tests;

/// <summary>Somebody at a kiosk calls, and the staff see which one.</summary>
public sealed class CallTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<HttpClient> Kiosk(Site site, string name)
    {
        var kiosk = site.Browser();
        await Site.Post(kiosk, $"/kiosk?name={Uri.EscapeDataString(name)}", "/kiosk", ("name", name));
        return kiosk;
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_call_names_its_kiosk_and_since_when_is_answered_and_ends(bool replicas)
    {
        await using var redis = replicas ? await RedisServer.StartAsync() : null;
        await using var site = new Site { OneProcess = !replicas, Redis = redis?.ConnectionString };
        await using var other = replicas ? new Site { Redis = redis!.ConnectionString } : null;
        var (north, south) = (await Kiosk(site, "Eingang Nord"), await Kiosk(site, "Bühne"));
        var staff = await (other ?? site).Staff("organiser");
        Assert.Contains("Gerade ruft niemand", await staff.GetStringAsync("/organiser/calls", Cancel));

        await north.GetAsync("/ask/1?lang=uk", Cancel);
        var called = await Site.Post(north, "/ask/1", "/kiosk/call", ("back", "/ask/1"));
        Assert.Equal("/kiosk/call?back=%2Fask%2F1", called.Headers.Location?.ToString());
        // It is said on whatever page is open.
        foreach (var path in (string[])[called.Headers.Location!.ToString(), "/ask/4", "/help"]) Assert.Contains("Команда вже знає", await north.GetStringAsync(path, Cancel));
        Assert.DoesNotContain("data-state", await south.GetStringAsync("/help", Cancel));
        site.Clock.Advance(TimeSpan.FromMinutes(3));
        // A second press does not make them younger.
        await Site.Post(north, "/ask/1", "/kiosk/call");
        var list = await staff.GetStringAsync("/organiser/calls", Cancel);
        Assert.Contains("Eingang Nord", list);
        Assert.DoesNotContain("Bühne", list);
        Assert.Contains("Seit 14:00", list);

        var go = Regex.Match(list, "action=\"(/organiser/calls/[0-9a-f-]+/go)\"").Groups[1].Value;
        Assert.Equal("/organiser/calls", (await Site.Post(staff, "/organiser/calls", go)).Headers.Location?.ToString());
        Assert.Contains("До вас уже йдуть", await north.GetStringAsync("/kiosk/call", Cancel));
        Assert.Contains("Jemand geht hin", await staff.GetStringAsync("/organiser/calls", Cancel));

        Assert.Equal("/ask/1", (await Site.Post(north, "/ask/1", "/kiosk/call/end", ("back", "/ask/1"))).Headers.Location?.ToString());
        Assert.DoesNotContain("data-state", await north.GetStringAsync("/ask/1", Cancel));
        Assert.Contains("Gerade ruft niemand", await staff.GetStringAsync("/organiser/calls", Cancel));
        // Who goes to a call that is over brings nothing back.
        await Site.Post(staff, "/organiser/calls", go);
        Assert.Contains("Gerade ruft niemand", await staff.GetStringAsync("/organiser/calls", Cancel));
    }

    [Theory, InlineData("de"), InlineData("en")]
    public async Task Before_a_language_is_chosen_the_call_is_said_once_in_each(string browsers)
    {
        await using var site = new Site { OneProcess = true };
        var kiosk = await Kiosk(site, "Foyer");
        kiosk.DefaultRequestHeaders.AcceptLanguage.ParseAdd(browsers);
        await Site.Post(kiosk, "/kiosk", "/kiosk/call", ("back", "/kiosk"));
        var html = System.Net.WebUtility.HtmlDecode(await kiosk.GetStringAsync("/kiosk/call?back=/kiosk", Cancel));
        foreach (var said in (string[])["Das Team weiß Bescheid", "The team knows", "Команда вже знає"]) Assert.Single(Regex.Matches(html, said));
    }

    [Theory, InlineData("/kiosk/end"), InlineData("/kiosk"), InlineData("/kiosk/leave")]
    public async Task A_call_ends_with_the_visit(string end)
    {
        await using var site = new Site { OneProcess = true };
        var (kiosk, staff) = (await Kiosk(site, "Nord"), await site.Staff("organiser"));
        await Site.Post(kiosk, "/ask/1", "/kiosk/call");
        Assert.Contains("Nord", await staff.GetStringAsync("/organiser/calls", Cancel));
        if (end == "/kiosk") await kiosk.GetAsync(end, Cancel);
        else await Site.Post(kiosk, "/ask/1", end);
        Assert.DoesNotContain("Nord", await staff.GetStringAsync("/organiser/calls", Cancel));
    }

    [Fact]
    public async Task A_kiosk_is_named_by_whoever_makes_it_one_and_by_no_link()
    {
        await using var site = new Site { OneProcess = true };
        var kiosk = site.Browser();
        Assert.Contains("value=\"Saal &lt;1&gt;\"", await kiosk.GetStringAsync("/kiosk?name=Saal%20%3C1%3E", Cancel));
        await Site.Post(kiosk, "/kiosk", "/kiosk", ("name", "Saal <1>"));
        Assert.Contains("Willkommen", await kiosk.GetStringAsync("/kiosk?name=Saal%20%3C1%3E", Cancel));
        // Another name is asked for, not taken; until then it is called as before.
        Assert.Contains("value=\"Foyer\"", await kiosk.GetStringAsync("/kiosk?name=Foyer", Cancel));
        await Site.Post(kiosk, "/ask/1", "/kiosk/call");
        Assert.Contains("Saal &lt;1&gt;", await (await site.Staff("organiser")).GetStringAsync("/organiser/calls", Cancel));
    }

    [Fact]
    public async Task Who_is_no_organiser_and_no_kiosk_has_nothing_to_do_with_calls()
    {
        await using var site = new Site { OneProcess = true };
        Assert.Equal("/sign-in", (await site.Browser().GetAsync("/organiser/calls", Cancel)).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.Staff("exhibitor")).GetAsync("/organiser/calls", Cancel)).StatusCode);
        var visitor = await site.Visitor();
        Assert.Equal("/", (await Site.Post(visitor, "/language", "/kiosk/call")).Headers.Location?.ToString());
        Assert.Contains("Gerade ruft niemand", await (await site.Staff("organiser")).GetStringAsync("/organiser/calls", Cancel));
    }

    [Fact]
    public async Task While_the_shared_cache_is_away_both_sides_say_so()
    {
        await using var site = new Site();
        var kiosk = await Kiosk(site, "Nord");
        var called = await Site.Post(kiosk, "/ask/1", "/kiosk/call");
        Assert.Contains("Bitte fragen Sie am Eingang", await kiosk.GetStringAsync(called.Headers.Location, Cancel));
        Assert.Contains("nicht gelesen werden", await (await site.Staff("organiser")).GetStringAsync("/organiser/calls", Cancel));
    }

    [Fact]
    public async Task One_tap_calls_and_what_was_ticked_stays_and_the_answer_comes_by_itself()
    {
        await using var site = new Site { OneProcess = true };
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Browser.StartAsync();
        await using var desk = await rig.OpenAsync(Screen.Phone);
        var staff = await desk.NewPageAsync();
        await staff.GotoAsync(origin + "/sign-in");
        await staff.Locator("button[value=organiser]").ClickAsync();
        await staff.GotoAsync(origin + "/organiser/calls");

        await using var context = await rig.OpenAsync(Screen.Kiosk);
        var page = await context.NewPageAsync();
        await page.GotoAsync(origin + "/kiosk?name=Foyer");
        await page.Locator("main form .main").ClickAsync();
        // From the start already, in every language since nobody has chosen one.
        await page.Locator(".foot form[data-call] button").TapAsync();
        await page.Locator("#calling [lang=ar]").WaitForAsync();
        await staff.Locator(".issues").WaitForAsync();
        await page.Locator("#calling button").TapAsync();
        await page.Locator("#calling .note").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        // Else the next press could be on a call that is over.
        await staff.Locator(".issues").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        await page.Locator("button[value=ar]").ClickAsync();
        await page.Locator("input[value=work]").CheckAsync();
        await page.Locator(".top form[data-call] button").TapAsync();
        await page.Locator("#calling .note").WaitForAsync();
        Assert.True(await page.Locator("input[value=work]").IsCheckedAsync());
        Assert.Equal($"{origin}/ask/1", page.Url);

        await staff.Locator(".issues button.main").TapAsync();
        await page.Locator("#calling[data-state=going]").WaitForAsync();
        Assert.Contains("في الطريق", await page.Locator("#calling").TextContentAsync());
        Assert.True(await page.Locator("input[value=work]").IsCheckedAsync());
        await page.Locator("#calling button").TapAsync();
        await staff.Locator(".issues").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Detached });
        Assert.True(await page.Locator("input[value=work]").IsCheckedAsync());
    }
}
