using System.Net;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Microsoft.Playwright;

namespace Matchmaking.Web.Tests;

/// <summary>The organiser's page of schedules: begun, watched, looked at, published on a page of its own.</summary>
public sealed class ScheduleTests
{
    private const string Page = "/organiser/schedule";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_told_in_figures_and_as_tables()
    {
        await using var site = new Site();
        var browser = await site.Staff("organiser", "en");
        var html = await TextAsync(browser, Page);
        foreach (var words in (string[])["640", "new meetings; 113 are there already", "People with a meeting, of 2,284", "731", "733", "402", "first come", "is not proved", "no seat left", "1,211", "no common language", "wish 1", "later ones", "310",
            "Willkommenszentrum der Stadt, Beratung für Neuzugewanderte", "16 of 20", "598 booked", "A new draft takes the place of the present one."]) Assert.Contains(words, html);
        Assert.DoesNotContain("http-equiv=\"refresh\"", html);
        Assert.Contains("The program was interrupted", await TextAsync(browser, $"{Page}?id={Data.Failed.Id}"));
        var published = await TextAsync(browser, $"{Page}?id={Data.Published.Id}");
        foreach (var words in (string[])["598", "the time went to others", "31"]) Assert.Contains(words, published);
        Assert.DoesNotContain($"{Data.Published.Id}/publish", published);
        site.Api.Schedules.Insert(0, Data.Draft with { Id = StubApi.Id(599), Review = Data.Draft.Review! with { Visitors = 0, Without = [] } });
        var nobody = await TextAsync(browser, $"{Page}?id={StubApi.Id(599)}");
        Assert.Contains("Nobody has signed up", nobody);
        Assert.DoesNotContain("has at least one", nobody);
        site.Api.Empty = true;
        Assert.Contains("None was drawn up yet.", await TextAsync(browser, Page));
    }

    [Fact]
    public async Task One_begins_with_its_limits_and_is_watched_without_a_script()
    {
        await using var site = new Site();
        var browser = await site.Staff("organiser");
        var sent = await Site.Post(browser, Page, ("most", "3"), ("stand", ""), ("seconds", "20"));
        Assert.Equal((HttpStatusCode.SeeOther, $"{Page}?id={Data.Drawing.Id}"), (sent.StatusCode, sent.Headers.Location!.ToString()));
        var write = Assert.Single(Writes(site));
        Assert.Equal(("/api/schedules", "jwt-organiser", new ScheduleRequest(null, 3, null, 20)), (write.Path, write.Bearer, JsonSerializer.Deserialize<ScheduleRequest>(write.Body!, JsonSerializerOptions.Web)));
        site.Api.Schedules.Insert(0, Data.Drawing);
        var html = await TextAsync(browser, Page);
        foreach (var words in (string[])["<noscript><meta http-equiv=\"refresh\" content=\"2\" /></noscript>", "Sucht nach etwas Besserem", "Bisher bekommen 700 Menschen ein Gespräch. Mehr als 733 sind nicht möglich.", "value=\"43\"", $"{Page}/{Data.Drawing.Id}/cancel"]) Assert.Contains(words, html);
        Assert.DoesNotContain("id=\"start\"", html);
        await Site.Post(browser, Page, $"{Page}/{Data.Drawing.Id}/cancel");
        Assert.Equal($"/api/schedules/{Data.Drawing.Id}/cancel", Writes(site).Last().Path);
    }

    [Theory, InlineData("two"), InlineData("-1"), InlineData("2.5"), InlineData("99999999999")]
    public async Task What_is_no_number_is_told_and_not_sent(string most)
    {
        await using var site = new Site();
        var browser = await site.Staff("organiser", "en");
        var sent = await Site.Post(browser, Page, ("most", most), ("seconds", "10"));
        Assert.Equal($"{Page}?problem=numbers#start", sent.Headers.Location!.ToString());
        Assert.Empty(Writes(site));
        Assert.Contains("Please give whole numbers", await TextAsync(browser, $"{Page}?problem=numbers"));
    }

    [Fact]
    public async Task It_is_published_by_a_second_button_and_what_is_no_draft_any_more_is_told()
    {
        await using var site = new Site();
        var browser = await site.Staff("organiser", "en");
        var confirm = $"{Page}/{Data.Draft.Id}/publish";
        Assert.Contains($"href=\"{confirm}\"", await TextAsync(browser, Page));
        foreach (var words in (string[])["Publish this schedule?", "640", "each person gets a message"]) Assert.Contains(words, await TextAsync(browser, confirm));
        Assert.Empty(Writes(site));
        var sent = await Site.Post(browser, confirm, confirm);
        Assert.Equal($"{Page}?id={Data.Draft.Id}&done=publish", sent.Headers.Location!.ToString());
        Assert.Equal(("POST", $"/api/schedules/{Data.Draft.Id}/publish"), (Writes(site).Single().Method, Writes(site).Single().Path));
        Assert.Contains("The schedule is published.", await TextAsync(browser, sent.Headers.Location!.ToString()));

        site.Api.RefuseSchedule = "not-a-draft";
        Assert.Equal($"{Page}?problem=not-a-draft", (await Site.Post(browser, confirm, confirm)).Headers.Location!.ToString());
        Assert.Contains("no draft any more", await TextAsync(browser, $"{Page}?problem=not-a-draft"));
        Assert.Equal($"{Page}?problem=not-a-draft", (await browser.GetAsync($"{Page}/{Data.Published.Id}/publish", Cancel)).Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"{Page}/{Guid.NewGuid()}/publish", Cancel)).StatusCode);
        site.Api.RefuseSchedule = "schedule-drawing";
        Assert.Equal(Page, (await Site.Post(browser, Page, ("most", "2"))).Headers.Location!.ToString());
    }

    [Fact]
    public async Task Every_code_of_a_schedule_has_its_words()
    {
        await using var site = new Site();
        var browser = await site.Staff("organiser", "en");
        site.Api.Schedules.Clear();
        foreach (var fields in Contracts.FieldCodes.All.Where(f => f.Record.Namespace == typeof(ScheduleView).Namespace && f.Record.Name is nameof(ScheduleView) or nameof(ScheduleProgressView) or nameof(WithoutMeeting) or nameof(NotBooked)))
            foreach (var code in fields.Codes)
            {
                site.Api.Schedules.Clear();
                site.Api.Schedules.Add(fields.Record.Name switch
                {
                    nameof(ScheduleProgressView) => Data.Drawing with { Progress = Data.Drawing.Progress! with { Stage = code } },
                    nameof(WithoutMeeting) => Data.Draft with { Review = Data.Draft.Review! with { Without = [new(code, 7)] } },
                    nameof(NotBooked) => Data.Published with { Booked = new(1, 0, [new(code, 7)]) },
                    _ when fields.Field == nameof(ScheduleView.State) => Data.Draft with { State = code },
                    _ => Data.Failed with { Fault = code },
                });
                var html = await TextAsync(browser, Page);
                foreach (var bare in (string[])[$">{code}<", $"> {code} <"]) Assert.DoesNotContain(bare, html);
            }
    }

    [Fact]
    public async Task With_a_script_the_progress_moves_and_the_page_comes_anew_when_the_draft_is_there()
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        site.Api.Schedules.Insert(0, Data.Drawing);
        await using var rig = await Rig.Browser.StartAsync();
        await using var context = await rig.Chromium.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{origin}/sign-in?lang=en");
        await page.Locator("button[value=organiser]").ClickAsync();
        await page.GotoAsync(origin + Page);
        await page.EvaluateAsync("window.untouched = true");
        await Assertions.Expect(page.Locator("[data-again]")).ToContainTextAsync("700");
        site.Api.Schedules[0] = Data.Drawing with { Progress = Data.Drawing.Progress! with { Best = new(712, 5, 1) } };
        await Assertions.Expect(page.Locator("[data-again]")).ToContainTextAsync("712");
        Assert.True(await page.EvaluateAsync<bool>("window.untouched === true"));
        site.Api.Schedules.RemoveAt(0);
        await Assertions.Expect(page.Locator($"a[href='{Page}/{Data.Draft.Id}/publish']")).ToBeVisibleAsync();
    }

    [Theory, InlineData("phone", 390, 844), InlineData("desktop", 1440, 900)]
    public async Task It_is_no_wider_than_its_window_and_has_its_pictures(string device, int width, int height)
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        var folder = Environment.GetEnvironmentVariable("WEB_SCREENS") ?? Path.Combine(Rig.Repository.Root, "artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        await using var rig = await Rig.Browser.StartAsync();
        await using var context = await rig.Chromium.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        var page = await context.NewPageAsync();
        var failures = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") failures.Add(message.Text); };
        foreach (var language in (string[])["de", "ar"])
        {
            await page.GotoAsync($"{origin}/sign-in?lang={language}");
            await page.Locator("button[value=organiser]").ClickAsync();
            foreach (var (name, path) in new[] { ("draft", Page), ("published", $"{Page}?id={Data.Published.Id}"), ("publish", $"{Page}/{Data.Draft.Id}/publish"), ("drawing", $"{Page}?id={Data.Drawing.Id}") })
            {
                if (name == "drawing") site.Api.Schedules.Insert(0, Data.Drawing);
                await page.GotoAsync(origin + path);
                Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{device} {name} {language}");
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{device}-schedule-{name}-{language}.png"), FullPage = true });
                site.Api.Schedules.Remove(Data.Drawing);
            }
        }
        Assert.Empty(failures);
    }

    private static IEnumerable<StubApi.Call> Writes(Site site) => site.Api.Writes.Where(w => w.Path.StartsWith("/api/schedules", StringComparison.Ordinal));

    private static async Task<string> TextAsync(HttpClient browser, string path) => WebUtility.HtmlDecode(await browser.GetStringAsync(path, Cancel));
}
