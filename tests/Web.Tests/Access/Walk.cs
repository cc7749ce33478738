using Matchmaking.Rig;
using Microsoft.Playwright;

namespace Matchmaking.Web.Tests.Access;

/// <summary>Every page that a visitor can come to, one after the other, by a browser; what is looked at there is said by <c>look</c>.</summary>
internal static class Walk
{
    /// <param name="page">A browser that was nowhere yet.</param>
    /// <param name="room">Its stub has meetings.</param>
    /// <param name="language">Is chosen on the first page, as visitors do.</param>
    /// <param name="kiosk">The browser is made one first.</param>
    /// <param name="look">Gets the name of each page while it is open.</param>
    public static async Task Visitor(IPage page, Room room, string language, bool kiosk, Func<string, Task> look)
    {
        var (site, origin) = (room.Site, room.Origin);
        async Task See(string path)
        {
            await page.GotoAsync(origin + path);
            await look(path);
        }
        await page.GotoAsync(origin + (kiosk ? "/kiosk" : "/"));
        // Until then it is none: the same page stands at the end once more.
        if (kiosk) await page.Locator("main form .main").ClickAsync();
        await page.Locator(".tongues").WaitForAsync();
        await look("start");
        await page.Locator($"button[value={language}]").ClickAsync();
        foreach (var goal in (string[])["learn-german", "recognition", "advice"]) await page.Locator($"input[value={goal}]").CheckAsync();
        await look("/ask/1");
        await page.Locator(".dock button[value=next]").ClickAsync();
        await page.LeaveAsync("/ask/1$");
        await page.GotoAsync($"{origin}/ask/4");
        await page.Locator("input[value=A1]").CheckAsync();
        await page.Locator(".dock button[value=next]").ClickAsync();
        await page.LeaveAsync("/ask/4$");
        for (var n = 2; n <= 10; n++) await See($"/ask/{n}");
        await page.GotoAsync($"{origin}/ask/8");
        await page.Locator("#job").FillAsync("Astronautin");
        await page.Locator(".dock button[value=next]").ClickAsync();
        await page.WaitForSelectorAsync(".mistakes");
        await look("/ask/8 with a mistake");
        await page.Locator("#job").FillAsync("pfleg");
        await page.Locator(".field.find button").ClickAsync();
        await page.WaitForSelectorAsync(".tiles.rows input[name=isco]:not([value=unknown])");
        await look("/ask/8 with results");
        await See("/check");
        await page.Locator(".dock button[value=next]").ClickAsync();
        await page.WaitForSelectorAsync(".mistakes");
        await look("/check with a mistake");
        await See($"/link/{StubApi.Visitor}/{StubApi.Token}");
        await page.Locator(".sorry form button").ClickAsync();
        await page.ArriveAsync("/matches$");
        foreach (var path in (string[])["/matches", $"/offers/{StubApi.Id(101)}", "/day", $"/day/{StubApi.Id(300)}", "/day/slip", "/day/phone", "/handoff", "/notices", $"/stop/{StubApi.StopToken}", "/privacy", "/privacy/erase", $"/erasures/{StubApi.Erasure}", "/help", "/language", "/nothing-here", $"/link/{StubApi.Friend}/{StubApi.Token}"])
            await See(path);
        site.Api.Ranking = true;
        await See("/matches");
        site.Api.Ranking = false;
        // It looks by itself whether the list is there.
        await page.Locator(".match").First.WaitForAsync();
        site.Api.Down = true;
        await See("/matches");
        site.Api.Down = false;
        if (!kiosk)
        {
            await See("/kiosk/timeout");
            return;
        }
        await page.GotoAsync($"{origin}/link/{StubApi.Visitor}/{StubApi.Token}");
        await page.GotoAsync($"{origin}/day");
        await page.Locator("form[action='/day/phone'] button").ClickAsync();
        await page.Locator(".handoff .code").WaitForAsync();
        await look("/day/phone with a code");
        await page.Locator(".top form[data-call] button").ClickAsync();
        await page.Locator("#calling .note").WaitForAsync();
        await look("called");
        await See("/kiosk/call");
        await page.GotoAsync($"{origin}/search?q=kurs");
        await page.Locator("#q").FocusAsync();
        await page.Locator(".keyboard").WaitForAsync();
        await look("with keys");
        await See("/kiosk/leave");
        await See("/kiosk/timeout");
    }

    /// <summary>Every page of those who work at the fair.</summary>
    public static async Task Staff(IPage page, Room room, string language, Func<string, Task> look)
    {
        var origin = room.Origin;
        await page.GotoAsync($"{origin}/sign-in?lang={language}");
        await look("/sign-in");
        foreach (var (role, paths) in new (string, string[])[]
        {
            ("exhibitor", ["/exhibitor", "/exhibitor/day", "/exhibitor/offers", "/exhibitor/plan", "/exhibitor/notices", "/exhibitor/webhooks", "/exhibitor/check-in/HKM", $"/exhibitor/meetings/{StubApi.Id(400)}/times", $"/exhibitor/meetings/{StubApi.Id(404)}/cancel", $"/exhibitor/meetings/{StubApi.Id(407)}/cancel", $"/answer/{StubApi.Id(402)}/a.signed.right"]),
            ("analyst", ["/analyst", "/analyst/ranking", "/analyst/ranking?other=baseline&k=10", "/analyst/fairness", "/analyst/exposure", "/analyst/gaps", "/analyst/compare?b-language=uk", "/analyst/report", "/analyst?channel=kiosk", "/analyst/models", "/analyst/rows?figure=stand.asked", $"/analyst/match/{FigureData.Match.Person}/{FigureData.Match.OfferId}", "/analyst/models/decide"]),
            ("organiser", ["/organiser", "/organiser/calls", "/organiser/notices", "/organiser/texts", "/organiser/texts/meeting-accepted/de", "/organiser/schedule", $"/organiser/schedule/{Data.Draft.Id}/publish", "/analyst/report"]),
        })
        {
            await page.GotoAsync($"{origin}/sign-in");
            await page.Locator($"button[value={role}]").ClickAsync();
            foreach (var path in paths)
            {
                await page.GotoAsync(origin + path);
                await look(path);
            }
        }
    }
}
