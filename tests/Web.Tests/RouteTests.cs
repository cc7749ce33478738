using System.Net;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Matching;
using Matchmaking.Rig;
using Microsoft.Playwright;

namespace Matchmaking.Web.Tests;

/// <summary>The visitor's day as one route: what is when and where, the ways between, what is too tight, what could be done besides.</summary>
public sealed class RouteTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_day_says_ways_breaks_clashes_suggestions_and_waiting_lists_in_one_order()
    {
        await using var site = new Site();
        Fill(site, "de");
        var html = await Day(site, "de");

        var order = new[] { ">10:20<", "37 Minuten Pause. Weg: etwa 3 Minuten.", ">11:20<", "Zu knapp: Für den Weg fehlen etwa 12 Minuten.", "Wie lange der Weg dauert, wissen wir nicht.", ">12:20<", "Musterweg 14, Leipzig", "Sie möchten Leute treffen", "Gehen Sie einfach hin.", "Vorschlag", ">13:40<", "Wege sind geschätzt", "Warteliste", "Vor Ihnen: 2" };
        Assert.Equal(order, order.OrderBy(words => html.IndexOf(words, StringComparison.Ordinal) is >= 0 and var at ? at : throw new InvalidOperationException($"{words} is not on the page")));
        Assert.Contains($"href=\"/offers/{StubApi.Id(104)}\"", html);
        Assert.Contains("href=\"/day/all.ics\"", html);
        // Of the proposed times the one that cannot be reached says so, and can be chosen all the same.
        Assert.Equal(["13:40", "14:00"], Regex.Matches(html, "type=\"radio\"[^>]*>\\s*<span><bdi class=\"num\">([0-9:]+)").Select(m => m.Groups[1].Value));
        Assert.Single(Regex.Matches(html, "<small>Weg zu lang</small>"));
        // Declined is not of the day.
        Assert.Contains("Abgesagt oder vorbei: 1", html);
    }

    [Fact]
    public async Task In_Arabic_addresses_and_names_keep_their_order()
    {
        await using var site = new Site();
        Fill(site, "ar");
        var html = await Day(site, "ar");
        Assert.Contains("dir=\"rtl\"", html);
        foreach (var words in (string[])["<bdi lang=\"de\" dir=\"ltr\">Musterweg 14, Leipzig</bdi>", "الطريق، دقائق تقريبًا: 3.", "ينقص للطريق، بالدقائق: نحو 12", "اقتراح", "لا نعرف كم يستغرق الطريق", "طاولة 14، قاعة 1"]) Assert.Contains(words, html);
        Assert.DoesNotMatch("<bdi lang=\"de\"[^>]*>[^<]*[\u0600-\u06ff]", html);
    }

    [Theory, InlineData("video", "Der Link folgt noch.", "Zum Video"), InlineData("phone", "Die Nummer folgt noch.", "Anrufen")]
    public async Task Where_the_stand_has_entered_no_link_or_number_yet_the_day_says_that_it_follows(string format, string follows, string join)
    {
        await using var site = new Site();
        var agreed = Data.Meetings("de")[0] with { Format = format };
        site.Api.Meetings.Add(agreed);
        var html = await Day(site, "de");
        Assert.Contains(follows, html);
        Assert.DoesNotContain(join, html);

        site.Api.Meetings[0] = agreed with { Join = format == "phone" ? "tel:+493411234567" : "https://video.example.org/lindenhof" };
        html = await Day(site, "de");
        Assert.Contains(join, html);
        Assert.DoesNotContain(follows, html);
        // What is not agreed on has nothing to follow.
        site.Api.Meetings[0] = agreed with { Status = "requested" };
        Assert.DoesNotContain(follows, await Day(site, "de"));
    }

    [Fact]
    public async Task Without_a_meeting_there_are_suggestions_and_nothing_for_a_calendar()
    {
        await using var site = new Site();
        site.Api.Suggested.Add(Data.Suggestion("de", walkIn: false));
        var html = await Day(site, "de");
        foreach (var words in (string[])["Noch kein Termin.", "Das passt in Ihren Tag", "Diese Zeit ist noch frei", "Ansehen und Zeit anfragen"]) Assert.Contains(words, html);
        foreach (var words in (string[])["/day/all.ics", "Wege sind geschätzt", "class=\"next\""]) Assert.DoesNotContain(words, html);
    }

    /// <summary>A roll of 80 mm is cut after 297 mm: one meeting, and as many suggestions as a day gets, are one piece, printed where slips are: at a kiosk.</summary>
    [Theory, InlineData("de"), InlineData("ar"), InlineData("vi"), InlineData("ru")]
    public async Task The_slip_of_one_meeting_with_its_suggestions_is_one_piece_of_paper(string language)
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        site.Api.Meetings.Add(Data.Meetings(language)[0]);
        site.Api.Suggested.AddRange([Data.Suggestion(language, 80), Data.Suggestion(language, 140, walkIn: false), Data.Suggestion(language, 220)]);
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(Screen.Kiosk);
        var page = await context.NewPageAsync();
        await page.BeginAtKioskAsync(origin, language);
        await page.GotoAsync($"{origin}/link/{StubApi.Visitor}/{StubApi.Token}");
        await page.GotoAsync($"{origin}/day/slip");
        Assert.Equal(4, await page.Locator("html.kiosk .stop").CountAsync());
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal(9.5, await page.EvaluateAsync<double>("parseFloat(getComputedStyle(document.documentElement).fontSize) * .75"), 0.1);
        var sizes = await page.Locator(".stop h2, .stop time, .stop .small, .code, .pass .small, .gap").EvaluateAllAsync<double[]>("all => all.map(e => parseFloat(getComputedStyle(e).fontSize) * .75)");
        Assert.All(sizes, points => Assert.True(points >= 8, $"{points} pt"));
        var folder = Path.Combine(Repository.Root, "artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        var pdf = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true, Path = Path.Combine(folder, $"slip-{language}.pdf") }));
        Assert.Equal("227", Regex.Match(pdf, @"/MediaBox\s*\[0 0 (\d+)").Groups[1].Value); // 80 mm in points, rounded up
        Assert.Single(Regex.Matches(pdf, @"/Type\s*/Page\b(?!s)"));
    }

    [Fact]
    public async Task What_is_over_is_marked_and_the_next_stop_is_the_first_that_is_not()
    {
        await using var site = new Site();
        site.Api.Meetings.AddRange([Data.Meetings("de")[0] with { Status = "held" }, Data.Meetings("de")[1]]);
        site.Api.Suggested.Add(Data.Suggestion("de", minute: 45));
        var html = await Day(site, "de");
        Assert.Equal(["over", "tip", "next"], Regex.Matches(html, "<li class=\"(over|tip|next)\"").Select(m => m.Groups[1].Value));
        Assert.Contains("Hat das Gespräch geholfen?", html);
    }

    [Fact]
    public async Task Times_that_clash_with_another_meeting_name_it()
    {
        await using var site = new Site();
        Fill(site, "en");
        site.Api.Clash = new(RouteClash.Overlaps, StubApi.Id(300), 10);
        Assert.Contains("At the same time, at 10:20: Recognition in nursing: what is missing?", await Day(site, "en"));
    }

    [Theory, InlineData("de", 390), InlineData("ar", 390), InlineData("uk", 320), InlineData("de", 1080)]
    public async Task On_screen_and_on_paper_all_of_the_day_is_seen_and_nothing_sticks_out(string language, int width)
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        Fill(site, language);
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.Chromium.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{origin}/?lang={language}");
        await page.GotoAsync($"{origin}/link/{StubApi.Visitor}/{StubApi.Token}?to=day");
        await page.GotoAsync(origin + "/day");
        Assert.Equal(width, await WidthAsync(page));
        Assert.True(await page.Locator(".waiting form button").IsVisibleAsync());

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var kept in (string[])[".stop.tip", ".note.tight", ".waiting .place", ".route .gap", ".pass .code"]) Assert.True(await page.Locator(kept).First.IsVisibleAsync(), kept);
        foreach (var button in await page.Locator("main .btn").AllAsync()) Assert.False(await button.IsVisibleAsync(), await button.InnerTextAsync());
        Assert.Equal(width, await WidthAsync(page));
    }

    private static Task<int> WidthAsync(IPage page) => page.EvaluateAsync<int>("document.documentElement.scrollWidth");

    private static void Fill(Site site, string language)
    {
        site.Api.Meetings.AddRange(Data.Meetings(language));
        site.Api.Suggested.Add(Data.Suggestion(language));
        site.Api.Waiting.Add(Data.Waiting(language));
        site.Api.Clash = new(RouteClash.TooFar, StubApi.Id(300), 12);
    }

    private static async Task<string> Day(Site site, string language) => WebUtility.HtmlDecode(await (await site.Visitor(language)).GetStringAsync("/day", Cancel));
}
