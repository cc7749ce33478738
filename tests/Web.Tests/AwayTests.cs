using Matchmaking.Rig;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Playwright;

namespace Matchmaking.Web.Tests;

/// <summary>The server goes away in the middle, and comes back at the same address.</summary>
public sealed class AwayTests
{
    private const string Storage = "async () => localStorage.length + sessionStorage.length + (await indexedDB.databases()).length + (await caches.keys()).length";
    private readonly EphemeralDataProtectionProvider keys = new();
    private readonly int port = FreePort.Next();

    private Site Start()
    {
        var site = new Site { Keys = keys };
        site.UseKestrel(port);
        site.StartServer();
        return site;
    }

    private string Origin => $"http://127.0.0.1:{port}";

    [Theory, InlineData(true), InlineData(false)]
    public async Task Answers_that_were_handed_in_to_nobody_wait_and_are_sent_once_when_the_server_is_back(bool kiosk)
    {
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(kiosk ? Screen.Kiosk : Screen.Phone);
        var page = await context.NewPageAsync();
        await using (Start()) await Fill(page, kiosk);
        await page.Locator(".dock .main").ClickAsync();
        await page.Locator("[role=alertdialog]").WaitForAsync();
        Assert.Contains("لا يوجد اتصال", await page.Locator("[role=alertdialog] h2").TextContentAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>(Storage));
        Assert.Equal($"{Origin}/check", page.Url);

        await using var again = Start();
        await page.ArriveAsync("/matches$");
        var handed = Assert.Single(again.Api.Calls, c => c is { Method: "POST", Path: "/api/visitors" });
        Assert.Contains("amal@example.org", handed.Body);
    }

    [Fact]
    public async Task A_part_behind_the_pages_that_is_away_is_waited_for_too_and_asked_with_the_same_key()
    {
        await using var site = Start();
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(Screen.Phone);
        var page = await context.NewPageAsync();
        await Fill(page, kiosk: false);
        site.Api.Down = true;
        await page.Locator(".dock .main").ClickAsync();
        await page.Locator("[role=alertdialog]").WaitForAsync();
        site.Api.Down = false;
        await page.ArriveAsync("/matches$");
        Assert.Single(site.Api.Calls, c => c is { Method: "POST", Path: "/api/visitors" });
    }

    [Fact]
    public async Task A_press_that_leads_to_another_place_of_the_same_page_shows_what_it_did_and_is_over()
    {
        await using var site = Start();
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(Screen.Phone);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{Origin}/link/{StubApi.Visitor}/{StubApi.Token}");
        await page.GotoAsync($"{Origin}/matches");
        Assert.Equal(0, await page.Locator(".chip.kept").CountAsync());
        await page.Locator(".keep button").First.ClickAsync();
        await page.Locator(".chip.kept").WaitForAsync();
        Assert.Equal(0, await page.Locator("[aria-busy]").CountAsync());
    }

    [Fact]
    public async Task A_kiosk_without_its_server_forgets_after_ten_minutes_rests_and_begins_anew()
    {
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(Screen.Kiosk);
        await context.Clock.InstallAsync();
        var page = await context.NewPageAsync();
        await using (Start()) await Fill(page, kiosk: true);
        await page.Locator(".dock .main").ClickAsync();
        await page.Locator("[role=alertdialog]").WaitForAsync();
        await context.Clock.RunForAsync(9 * 60_000);
        Assert.Equal("amal@example.org", await page.Locator("#email").InputValueAsync());
        await context.Clock.RunForAsync(61_000);
        await page.Locator(".rest").WaitForAsync();
        Assert.DoesNotContain("amal", await page.ContentAsync(), StringComparison.Ordinal);

        await using var again = Start();
        // One look at a time, as the kiosk takes them.
        while (await page.Locator(".tongues").CountAsync() == 0) await context.Clock.RunForAsync(3_100);
        Assert.DoesNotContain(again.Api.Calls, c => c.Method == "POST");
        Assert.DoesNotContain(await context.CookiesAsync(), c => c.Name is "mm.draft" or "mm.lang");
    }

    [Fact]
    public async Task A_kiosk_never_shows_the_browsers_own_words_when_a_link_leads_to_nobody()
    {
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(Screen.Kiosk);
        var page = await context.NewPageAsync();
        await using (Start()) await Fill(page, kiosk: true);
        await page.Locator(".top a.brand").ClickAsync();
        await page.Locator("[role=alertdialog]").WaitForAsync();
        await using var again = Start();
        await page.ArriveAsync("/kiosk");
    }

    [Fact]
    public async Task While_an_answer_is_slow_what_was_pressed_says_so_until_the_next_page_or_the_notice_is_there()
    {
        await using var site = Start();
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(Screen.Phone);
        var page = await context.NewPageAsync();
        await Fill(page, kiosk: false);
        TaskCompletionSource<bool> arrives = new();
        await page.RouteAsync("**/check", async route =>
        {
            if (await arrives.Task) await route.ContinueAsync();
            else await route.AbortAsync();
        });
        var said = page.Locator("#under-way span");
        Assert.False(await said.IsVisibleAsync());
        await page.Locator(".dock .main").ClickAsync();
        await page.Locator(".dock .main[aria-busy=true]").WaitForAsync(new() { Timeout = 5000 });
        Assert.Equal("status", await page.Locator("#under-way").GetAttributeAsync("role"));
        Assert.Equal(Matchmaking.Web.Texts.Pages.In("preparing.text", "ar"), await said.InnerTextAsync());

        arrives.SetResult(false);
        await page.Locator("[role=alertdialog]").WaitForAsync();
        Assert.Equal(0, await page.Locator("[aria-busy]").CountAsync());
        Assert.False(await said.IsVisibleAsync());
        arrives = new();
        arrives.SetResult(true);
        await page.ArriveAsync("/matches$");
        Assert.Equal(0, await page.Locator("[aria-busy]").CountAsync());
    }

    private async Task Fill(IPage page, bool kiosk)
    {
        await page.GotoAsync(Origin + (kiosk ? "/kiosk" : "/"));
        if (kiosk) await page.Locator("main form .main").ClickAsync();
        await page.Locator("button[value=ar]").ClickAsync();
        await page.Locator("button[value=rest]").ClickAsync();
        await page.ArriveAsync("/check$");
        await page.Locator("input[value=matching]").CheckAsync();
        await page.Locator("#email").FillAsync("amal@example.org");
    }
}
