using Matchmaking.Contracts.Matching;
using Matchmaking.Rig;
using Microsoft.Playwright;

namespace Matchmaking.Web.Tests;

/// <summary>
/// Pictures of every page, to be looked at, in artifacts/screenshots or the folder of WEB_SCREENS; none may be wider than its window or complain in
/// the console. The phone alone, unless WEB_SCREENS_ONLY=phone,kiosk,desktop; Arabic, unless WEB_SCREENS_LANGUAGES=de,ar. With WEB_SCREENS_README those of
/// the README are made anew too.
/// </summary>
public sealed class Screens
{
    /// <summary>What the README shows, by the names there: what the screen shows, not the whole page.</summary>
    private static readonly Dictionary<string, string> OfReadme = new()
    {
        ["phone-matches-de"] = "phone-matches-de",
        ["kiosk-ask1-ar"] = "kiosk-question-ar",
        ["desktop-exhibitor-de"] = "desktop-inbox-de",
        ["desktop-analyst-de"] = "desktop-analyst-de",
    };

    [Fact]
    public async Task Every_page_has_its_picture()
    {
        var folder = Environment.GetEnvironmentVariable("WEB_SCREENS") ?? Path.Combine(Rig.Repository.Root, "artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        await using var site = new Site { OneProcess = true };
        site.UseKestrel(0);
        site.StartServer();
        site.Api.Meetings.AddRange(Data.Meetings("de"));
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Rig.Browser.StartAsync();
        var chromium = rig.Chromium;
        var only = Environment.GetEnvironmentVariable("WEB_SCREENS_ONLY") ?? "phone";
        foreach (var language in (Environment.GetEnvironmentVariable("WEB_SCREENS_LANGUAGES") ?? "ar").Split(','))
        {
            site.Api.Meetings.Clear();
            site.Api.Meetings.AddRange(Data.Meetings(language));
            site.Api.Suggested.Clear();
            site.Api.Suggested.Add(Data.Suggestion(language));
            site.Api.Waiting.Clear();
            site.Api.Waiting.Add(Data.Waiting(language));
            site.Api.Clash = new(RouteClash.TooFar, StubApi.Id(300), 12);
            foreach (var (device, width, height, scale) in new[] { ("phone", 390, 844, 2f), ("kiosk", 1080, 1920, 1f), ("desktop", 1440, 900, 1f) })
            {
                if (!only.Split(',').Contains(device)) continue;
                await Visit(site, chromium, origin, folder, device, language, width, height, scale);
            }
        }
    }

    /// <summary>What looks otherwise with many free times, with a plan that has meetings in its way, and on the eve of the fair: on a phone.</summary>
    [Fact]
    public async Task Full_days_and_the_eve_of_the_fair_have_their_pictures()
    {
        var folder = Environment.GetEnvironmentVariable("WEB_SCREENS") ?? Path.Combine(Rig.Repository.Root, "artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        await using var site = new Site { OneProcess = true };
        site.UseKestrel(0);
        site.StartServer();
        site.Api.InTheWay = true;
        site.Api.StandTimes = [.. Enumerable.Range(0, 30).Select(n => Data.Slots[0] with { Id = StubApi.Id(2000 + n), Start = Data.Slots[0].Start.AddMinutes(n * 10) })];
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Rig.Browser.StartAsync();
        async Task InEach(Func<IPage, Func<string, Task>, Task> visit)
        {
            foreach (var language in (Environment.GetEnvironmentVariable("WEB_SCREENS_LANGUAGES") ?? "ar").Split(','))
            {
                await using var context = await rig.Chromium.NewContextAsync(new() { ViewportSize = new() { Width = 390, Height = 844 }, DeviceScaleFactor = 2 });
                var page = await context.NewPageAsync();
                await page.GotoAsync($"{origin}/?lang={language}");
                await visit(page, async name =>
                {
                    Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 390, $"{name} {language} is wider than its window");
                    await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"phone-{name}-{language}.png"), FullPage = true });
                });
            }
        }
        await InEach(async (page, picture) =>
        {
            await page.GotoAsync($"{origin}/answer/{StubApi.Id(402)}/a.signed.right");
            await page.Locator("summary.btn").First.ClickAsync();
            foreach (var n in (int[])[2012, 2013, 2014, 2015]) await page.Locator($"input[value='{StubApi.Id(n)}']").CheckAsync();
            await page.Locator("button[value=propose]").ClickAsync();
            await page.WaitForSelectorAsync(".mistakes");
            await picture("answer-many");
            await page.GotoAsync($"{origin}/sign-in");
            await page.Locator("button[value=exhibitor]").ClickAsync();
            await page.GotoAsync($"{origin}/exhibitor/meetings/{StubApi.Id(402)}/times");
            await picture("times-many");
            await page.GotoAsync($"{origin}/exhibitor/plan");
            await page.Locator("button[value=preview]").ClickAsync();
            await page.WaitForSelectorAsync(".mistakes");
            await picture("plan-in-the-way");
        });
        site.Clock.Advance(TimeSpan.FromHours(22));
        await InEach(async (page, picture) =>
        {
            await page.GotoAsync($"{origin}/link/{StubApi.Visitor}/{StubApi.Token}");
            await picture("matches-eve");
            await page.GotoAsync($"{origin}/offers/{StubApi.Id(101)}");
            await picture("offer-eve");
        });
    }

    private static async Task Visit(Site site, IBrowser chromium, string origin, string folder, string device, string language, int width, int height, float scale)
    {
        await using var context = await chromium.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, DeviceScaleFactor = scale });
        var page = await context.NewPageAsync();
        var failures = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") failures.Add(message.Text); };
        async Task Picture(string name)
        {
            if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > width) failures.Add($"{device} {name} {language} is wider than its window");
            // A phone's picture is as tall as its page: so the dock stands at its end, and not across the middle.
            var tall = device == "phone" ? Math.Max(height, await page.EvaluateAsync<int>("document.documentElement.scrollHeight")) : height;
            await page.SetViewportSizeAsync(width, tall);
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{device}-{name}-{language}.png") });
            await page.SetViewportSizeAsync(width, height);
            if (Environment.GetEnvironmentVariable("WEB_SCREENS_README") is { Length: > 0 } && OfReadme.TryGetValue($"{device}-{name}-{language}", out var shown))
                await page.ScreenshotAsync(new() { Path = Path.Combine(Rig.Repository.Root, "docs", "pictures", shown + ".png") });
        }
        async Task Shot(string name, string path)
        {
            await page.GotoAsync(origin + path);
            await Picture(name);
        }
        async Task Import(string name, Contracts.Profile.ImportReport report)
        {
            site.Api.Report = report;
            await page.GotoAsync($"{origin}/organiser");
            foreach (var field in (string[])["exhibitors", "offers"])
                await page.Locator($"#{field}").SetInputFilesAsync(new FilePayload { Name = field + ".csv", MimeType = "text/csv", Buffer = "id,name"u8.ToArray() });
            await page.Locator(".upload .main").ClickAsync();
            await page.WaitForSelectorAsync(".issues");
            await Picture(name);
        }
        if (device == "kiosk")
        {
            await page.GotoAsync($"{origin}/kiosk?name=Foyer");
            await page.Locator("main form .main").ClickAsync();
            await page.Locator(".foot form[data-call] button").ClickAsync();
            await page.Locator("#calling .note").WaitForAsync();
            await Picture("start-called");
            await Shot("start", "/kiosk");
        }
        else await Shot("start", $"/?lang={language}");
        await page.Locator($"button[value={language}]").ClickAsync();
        foreach (var goal in (string[])["learn-german", "recognition", "advice"]) await page.Locator($"input[value={goal}]").CheckAsync();
        await Picture("ask1");
        await page.Locator(".dock button[value=next]").ClickAsync();
        await page.LeaveAsync("/ask/1$");
        await page.GotoAsync($"{origin}/ask/4");
        await page.Locator("input[value=A1]").CheckAsync();
        await page.Locator(".dock button[value=next]").ClickAsync();
        await page.LeaveAsync("/ask/4$");
        for (var n = 2; n <= 10; n++) await Shot($"ask{n}", $"/ask/{n}");
        await page.GotoAsync($"{origin}/ask/8");
        await page.Locator("#job").FillAsync("Astronautin");
        await page.Locator(".dock button[value=next]").ClickAsync();
        await page.WaitForSelectorAsync(".mistakes");
        await Picture("ask8-mistake");
        await Shot("ask8-found", "/ask/8?job=pfleg");
        await Shot("check", "/check");
        await page.Locator(".dock button[value=next]").ClickAsync();
        await page.WaitForSelectorAsync(".mistakes");
        await Picture("check-mistake");
        await Shot("link-draft", $"/link/{StubApi.Visitor}/{StubApi.Token}");
        await page.Locator(".sorry form button").ClickAsync();
        await page.ArriveAsync("/matches$");
        await Shot("matches", "/matches");
        site.Api.Choices[StubApi.Id(101)] = new("bookmarked");
        site.Api.Choices[StubApi.Id(104)] = new("not-for-me");
        await Shot("matches-chosen", $"/matches?gone={StubApi.Id(104)}");
        await Shot("matches-filtered", "/matches?only=own-language");
        await Shot("gone", "/matches/gone");
        foreach (var (name, word) in new[] { ("search", "kurs"), ("search-none", "nichts") })
        {
            await page.GotoAsync($"{origin}/search");
            await page.Locator("#q").FillAsync(word);
            await page.Locator(".search button").ClickAsync();
            await page.Locator(word == "kurs" ? "ol .match" : ".note[role=status]").First.WaitForAsync();
            await Picture(name);
        }
        await Shot("compare", $"/compare?id={StubApi.Id(100)}&id={StubApi.Id(101)}&id={StubApi.Id(102)}");
        await Shot("offer", $"/offers/{StubApi.Id(101)}");
        await Shot("offer-german", $"/offers/{StubApi.Id(101)}?de=1");
        await Shot("why-not", $"/offers/{StubApi.Id(105)}");
        await Shot("day", "/day");
        await Shot("meeting", $"/day/{StubApi.Id(300)}");
        await Shot("slip", "/day/slip");
        await page.GotoAsync($"{origin}/day");
        if (device == "kiosk")
        {
            await page.Locator("form[action='/day/phone'] button").ClickAsync();
            await page.Locator(".handoff .code").WaitForAsync();
            await Picture("day-phone");
            await page.Locator(".top form[data-call] button").ClickAsync();
            await page.Locator("#calling .note").WaitForAsync();
            await Picture("called");
            await page.Locator("#calling button").ClickAsync();
            await page.GotoAsync($"{origin}/search");
            await page.Locator("#q").FocusAsync();
            await page.Locator(".keyboard").WaitForAsync();
            await Picture("search-keys");
        }
        await Shot("handoff", "/handoff");
        await page.Locator("#code").FillAsync("BCDFHJKL");
        await page.Locator("main form[data-handoff] button").ClickAsync();
        await page.WaitForSelectorAsync(".mistakes");
        await Picture("handoff-gone");
        site.Api.Choices.Clear();
        await Shot("notices", "/notices");
        await Shot("stop", $"/stop/{StubApi.StopToken}");
        await Shot("privacy", "/privacy");
        await Shot("erase", "/privacy/erase");
        await Shot("erased", $"/erasures/{StubApi.Erasure}");
        await Shot("help", "/help");
        await Shot("language", "/language");
        await Shot("missing", "/nothing-here");
        await Shot("kiosk-set-up", device == "kiosk" ? "/kiosk/leave" : "/kiosk");
        await Shot("other-list", $"/link/{StubApi.Friend}/{StubApi.Token}");
        if (device == "kiosk")
        {
            await Shot("timeout", "/kiosk/timeout");
        }
        else
        {
            await Shot("sign-in", "/sign-in");
            foreach (var (role, paths) in new (string, string[])[] { ("exhibitor", ["/exhibitor", "/exhibitor/day", "/exhibitor/offers", $"/exhibitor/offers/{Data.StandOffers[0].Id}", "/exhibitor/plan", "/exhibitor/notices", "/exhibitor/webhooks", $"/exhibitor/meetings/{StubApi.Id(402)}/times", $"/exhibitor/meetings/{StubApi.Id(404)}/cancel", $"/answer/{StubApi.Id(402)}/a.signed.right"]), ("analyst", ["/analyst", "/analyst/ranking", "/analyst/ranking?other=baseline&k=10", "/analyst/fairness", "/analyst/exposure", "/analyst/gaps", "/analyst/compare?b-language=uk", "/analyst/report", "/analyst?channel=kiosk", "/analyst/ranking?fair=x&from=gestern", "/analyst/compare?fair=x&b-exhibitor=y", "/analyst/models", "/analyst/rows?figure=funnel.opened", $"/analyst/match/{FigureData.Match.Person}/{FigureData.Match.OfferId}", "/analyst/models/decide"]), ("organiser", ["/organiser", "/organiser/calls", "/organiser/notices", "/organiser/texts", "/organiser/texts/meeting-accepted/de", "/organiser/schedule", $"/organiser/schedule/{Data.Draft.Id}/publish", $"/organiser/schedule?id={Data.Published.Id}"]) })
            {
                await page.GotoAsync($"{origin}/sign-in");
                await page.Locator($"button[value={role}]").ClickAsync();
                foreach (var path in paths) await Shot(path.Trim('/').Replace('/', '-').Replace('?', '-'), path);
            }
            site.Api.Schedules.Insert(0, Data.Drawing);
            await Shot("organiser-schedule-drawing", "/organiser/schedule");
            site.Api.Schedules.RemoveAt(0);
            foreach (var (name, report) in new (string, Contracts.Profile.ImportReport)[] { ("import", Data.Report), ("import-nothing", Data.NothingRead) }) await Import(name, report);
        }
        Assert.DoesNotContain(failures, f => !f.Contains("404") && !f.Contains("422"));
    }
}
