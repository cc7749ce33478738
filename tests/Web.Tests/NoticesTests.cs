using System.Net;
using System.Text.Json;
using Matchmaking.Contracts.Notification;

namespace Matchmaking.Web.Tests;

/// <summary>What people wish to be told, on pages; and the way out that is under every mail.</summary>
public sealed class NoticesTests
{
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stand_sees_what_it_was_told_and_chooses_how_often()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor", "en");
        var html = await TextAsync(browser, "/exhibitor/notices");
        foreach (var words in (string[])["New request KWM", "sent by e-mail", "in a digest", "could not be sent", "At most one e-mail an hour"]) Assert.Contains(words, html);
        var sent = await Site.Post(browser, "/exhibitor/notices", ("mail", "1"), ("pace", "daily"), ("evening", "1"));
        Assert.Equal((HttpStatusCode.SeeOther, "/exhibitor/notices?saved=true"), (sent.StatusCode, sent.Headers.Location!.ToString()));
        Assert.Equal(new NoticeWishes(true, "daily", false, true), Written(site));
        Assert.Contains("Saved.", await TextAsync(browser, "/exhibitor/notices?saved=true"));
    }

    [Fact]
    public async Task A_visitor_turns_mails_and_reminders_off()
    {
        await using var site = new Site();
        var browser = await site.Visitor("uk");
        Assert.Contains("href=\"/notices\"", await browser.GetStringAsync("/day", _cancel));
        await Site.Post(browser, "/notices", ("before", "1"));
        Assert.Equal(new NoticeWishes(false, null, true, false), Written(site));
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.Browser().GetAsync("/notices", _cancel)).StatusCode);
    }

    [Fact]
    public async Task Who_gave_no_address_is_told_so_and_where_to_give_one_and_keeps_the_wish()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        var html = await TextAsync(browser, "/notices");
        Assert.Contains("Wir haben keine E-Mail-Adresse von Ihnen", html);
        Assert.Contains("href=\"/check#email\"", html);
        Assert.DoesNotContain("E-Mails bekommen", html);
        Assert.Contains("type=\"hidden\" name=\"mail\" value=\"1\"", html);
        site.Api.Stored = site.Api.Stored with { Contact = new("a@example.org") };
        var asked = await TextAsync(browser, "/notices");
        Assert.Contains("E-Mails bekommen", asked);
        Assert.DoesNotContain("/check#email", asked);
    }

    [Fact]
    public async Task The_link_under_a_mail_opens_a_page_and_only_its_button_stops_mails_and_another_lets_them_go_again()
    {
        await using var site = new Site();
        var browser = site.Browser();
        var html = await TextAsync(browser, $"/stop/{StubApi.StopToken}?lang=en");
        Assert.Contains("No more e-mails?", html);
        Assert.Empty(site.Api.Writes);
        using (var pressed = await browser.PostAsync($"/stop/{StubApi.StopToken}", new FormUrlEncodedContent([]), _cancel)) Assert.Equal(HttpStatusCode.SeeOther, pressed.StatusCode);
        Assert.True(site.Api.Stopped);
        Assert.Contains("E-mails are turned off.", await TextAsync(browser, $"/stop/{StubApi.StopToken}"));
        var again = await Site.Post(browser, $"/stop/{StubApi.StopToken}", $"/stop/{StubApi.StopToken}/again");
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.False(site.Api.Stopped);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/stop/another", _cancel)).StatusCode);
    }

    [Fact]
    public async Task A_mail_program_stops_mails_by_one_post_without_cookies_page_or_redirect()
    {
        await using var site = new Site();
        var program = site.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        var answer = await program.PostAsync($"/stop/{StubApi.StopToken}", new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]), _cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(site.Api.Stopped);
        // The way back is for people: it wants a form of ours.
        Assert.Equal(HttpStatusCode.BadRequest, (await program.PostAsync($"/stop/{StubApi.StopToken}/again", new FormUrlEncodedContent([]), _cancel)).StatusCode);
        Assert.True(site.Api.Stopped);
    }

    [Fact]
    public async Task An_organiser_reads_why_something_was_not_told_and_sends_it_again()
    {
        await using var site = new Site();
        var browser = await site.Staff("organiser", "en");
        var html = await TextAsync(browser, "/organiser/notices");
        foreach (var words in (string[])["Termin XYZ ist verschoben", "Sprachschule Lindenhof", "There is no such address.", "visitor", "100 tries", "3 notices are still being tried"]) Assert.Contains(words, html);
        Assert.Contains("href=\"/organiser/notices\"", await browser.GetStringAsync("/organiser", _cancel));

        Assert.Equal("/organiser/notices?again=1", (await Site.Post(browser, "/organiser/notices", $"/organiser/notices/{StubApi.Id(702)}/send-again")).Headers.Location!.ToString());
        Assert.Equal("/organiser/notices?again=2", (await Site.Post(browser, "/organiser/notices", "/organiser/notices/send-again")).Headers.Location!.ToString());
        Assert.Equal("/organiser/notices?gone=true", (await Site.Post(browser, "/organiser/notices", $"/organiser/notices/{StubApi.Id(799)}/send-again")).Headers.Location!.ToString());
        Assert.Equal([$"/api/notices/{StubApi.Id(702)}/send-again", "/api/notices/failed/send-again", $"/api/notices/{StubApi.Id(799)}/send-again"], site.Api.Writes.Select(w => w.Path).Where(p => p.StartsWith("/api/notices", StringComparison.Ordinal)));
        Assert.Contains("being sent already", await TextAsync(browser, "/organiser/notices?gone=true"));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await site.Staff("exhibitor")).GetAsync("/organiser/notices", _cancel)).StatusCode);
    }

    [Fact]
    public async Task A_webhooks_secret_is_shown_once_and_what_it_was_sent_is_read()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor", "en");
        Assert.Contains("href=\"/exhibitor/webhooks\"", await browser.GetStringAsync("/exhibitor/notices", _cancel));
        var html = await TextAsync(browser, "/exhibitor/webhooks");
        foreach (var words in (string[])["https://hooks.example.org/m", "does not get through", "For days nothing got through", "meeting.accepted", "12 tries", "HTTP 500", "did not answer in time", "given up"]) Assert.Contains(words, html);
        Assert.DoesNotContain("whsec_", html);

        var made = await Site.Post(browser, "/exhibitor/webhooks", ("url", "https://hooks.example.org/m"));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Contains("whsec_shown-once", await made.Content.ReadAsStringAsync(_cancel));
        Assert.DoesNotContain("whsec_", await TextAsync(browser, "/exhibitor/webhooks"));
        Assert.Contains("whsec_another", await (await Site.Post(browser, "/exhibitor/webhooks", $"/exhibitor/webhooks/{StubApi.Id(801)}/secret")).Content.ReadAsStringAsync(_cancel));

        var refused = await Site.Post(browser, "/exhibitor/webhooks", ("url", "https://inside.example.org/x"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var again = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(_cancel));
        Assert.Contains("This address can be reached in an inner network only.", again);
        Assert.Contains("value=\"https://inside.example.org/x\"", again);
        Assert.Equal("/exhibitor/webhooks?problem=webhook-exists", (await Site.Post(browser, "/exhibitor/webhooks", ("url", "https://again.example.org"))).Headers.Location!.ToString());
        Assert.Contains("registered already", await TextAsync(browser, "/exhibitor/webhooks?problem=webhook-exists"));
        foreach (var (act, method, path) in new[] { ("test", "POST", "/test"), ("enable", "POST", "/enable"), ("delete", "DELETE", "") })
        {
            Assert.StartsWith("/exhibitor/webhooks?done=true", (await Site.Post(browser, "/exhibitor/webhooks", $"/exhibitor/webhooks/{StubApi.Id(801)}/{act}")).Headers.Location!.ToString(), StringComparison.Ordinal);
            Assert.Contains(site.Api.Writes, w => w.Method == method && w.Path == $"/api/notices/webhooks/{StubApi.Id(801)}{path}");
        }
    }

    [Fact]
    public async Task What_comes_while_a_page_is_open_is_handed_on_to_whoever_may_hear_it()
    {
        await using var site = new Site();
        site.Api.News = "id: 7\nevent: notice\ndata: {}\n\n";
        var stand = await site.Staff("exhibitor");
        var request = new HttpRequestMessage(HttpMethod.Get, "/exhibitor/live") { Headers = { { "Last-Event-ID", "6" } } };
        var answer = await stand.SendAsync(request, _cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith(site.Api.News, await answer.Content.ReadAsStringAsync(_cancel), StringComparison.Ordinal);
        var call = Assert.Single(site.Api.Calls, c => c.Path == "/api/notices/live");
        Assert.Equal(("jwt-exhibitor", "6"), (call.Bearer, call.LastEvent));
        Assert.Equal(StubApi.Id(700).ToString(), await stand.GetStringAsync("/exhibitor/live/latest", _cancel));
        Assert.Contains("data-live=\"/exhibitor/live\"", await stand.GetStringAsync("/exhibitor", _cancel));

        var visitor = await site.Visitor();
        Assert.EndsWith(site.Api.News, await visitor.GetStringAsync("/day/live", _cancel), StringComparison.Ordinal);
        Assert.Contains("data-live=\"/day/live\"", await visitor.GetStringAsync("/day", _cancel));
        foreach (var path in (string[])["/exhibitor/live", "/exhibitor/live/latest"]) Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync(path, _cancel)).StatusCode);
        foreach (var path in (string[])["/day/live", "/day/live/latest"]) Assert.Equal(HttpStatusCode.Unauthorized, (await stand.GetAsync(path, _cancel)).StatusCode);
    }

    [Fact]
    public async Task An_organiser_tries_a_text_puts_it_in_force_and_is_told_the_line_of_a_fault()
    {
        const string text = "/organiser/texts/meeting-accepted/de";
        await using var site = new Site();
        var browser = await site.Staff("organiser", "en");
        Assert.Contains($"href=\"{text}\"", await browser.GetStringAsync("/organiser/texts", _cancel));
        var html = await TextAsync(browser, text);
        foreach (var words in (string[])["Your own text, version 2.", "{{ meeting }}", "Version 1", "reset", "Press “Preview”"]) Assert.Contains(words, html);

        var tried = await Site.Post(browser, text, text + "/preview", ("text", "Termin\r\n\r\nneu\r\n\r\n{{ link }}"), ("version", "2"));
        Assert.Equal(HttpStatusCode.OK, tried.StatusCode);
        var preview = await tried.Content.ReadAsStringAsync(_cancel);
        Assert.Contains("bis bald!", preview);
        Assert.Contains("Hallo &lt;b&gt;,", preview);
        Assert.Contains("neu", preview); // what was typed stays
        var faulty = await Site.Post(browser, text, ("text", "Termin\n\n{{ coed }}"), ("version", "2"));
        Assert.Equal(HttpStatusCode.BadRequest, faulty.StatusCode);
        var told = WebUtility.HtmlDecode(await faulty.Content.ReadAsStringAsync(_cancel));
        Assert.Contains("Line 3:", told);
        Assert.Contains("Did you mean “code”?", told);
        Assert.Contains("{{ coed }}</textarea>", told);
        Assert.Equal(HttpStatusCode.Conflict, (await Site.Post(browser, text, ("text", "stale"), ("version", "1"))).StatusCode);

        var sent = await Site.Post(browser, text, ("text", "Termin\r\n\r\nneu"), ("version", "2"));
        Assert.Equal((HttpStatusCode.SeeOther, text + "?saved=true"), (sent.StatusCode, sent.Headers.Location!.ToString()));
        Assert.Equal(new TemplateDraft("Termin\n\nneu", 2), JsonSerializer.Deserialize<TemplateDraft>(site.Api.Writes.Last(w => w.Method == "PUT").Body!, JsonSerializerOptions.Web));
        await Site.Post(browser, text, text + "/reset", ("version", "2"));
        Assert.Equal("?version=2", Assert.Single(site.Api.Writes, w => w.Method == "DELETE").Query);
    }

    [Theory, InlineData("ar"), InlineData("fa")]
    public async Task A_text_from_right_to_left_is_written_and_shown_so_with_its_words_in_braces_whole(string language)
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Rig.Browser.StartAsync();
        await using var context = await rig.OpenAsync(Rig.Screen.Desktop);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{origin}/sign-in?lang=de");
        await page.Locator("button[value=organiser]").ClickAsync();
        await page.GotoAsync($"{origin}/organiser/texts/meeting-accepted/{language}");
        var field = page.Locator("#text");
        // Every line, also one that begins with a word in braces: not as the first letter of each would have it.
        Assert.Equal([language, "rtl"], await field.EvaluateAsync<string[]>("f => [f.lang, getComputedStyle(f).direction]"));
        Assert.DoesNotContain("plaintext", await field.EvaluateAsync<string>("f => getComputedStyle(f).unicodeBidi"));
        Assert.Contains("\u2066{% if side == \"visitor\" %}\u2069تم", await field.InputValueAsync());
        await Rig.Browser.ScreenshotAsync(page, $"desktop-text-{language}");

        // What goes to the service is what was written, and nothing of how it was shown.
        await field.FillAsync((await field.InputValueAsync()).Replace("مرحبًا،", "مرحبًا {{ code }}،"));
        await page.Locator("[formaction$=preview]").ClickAsync();
        await page.Locator(".said").WaitForAsync();
        Assert.Equal(Data.RightToLeft.Text.Replace("مرحبًا،", "مرحبًا {{ code }}،"), JsonSerializer.Deserialize<TemplateDraft>(site.Api.Calls.Last(c => c.Path.EndsWith("/preview", StringComparison.Ordinal)).Body!, JsonSerializerOptions.Web)!.Text);
        Assert.Equal(["rtl", "rtl", "rtl", "rtl"], await page.Locator(".said h2, .said p[lang]").EvaluateAllAsync<string[]>("all => all.map(p => getComputedStyle(p).direction)"));
        await Rig.Browser.ScreenshotAsync(page, $"desktop-text-preview-{language}");
    }

    [Fact]
    public async Task Something_new_shows_a_bar_on_an_open_page_and_nothing_new_shows_none()
    {
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Rig.Browser.StartAsync();
        foreach (var news in (bool[])[true, false])
        {
            site.Api.News = news ? "id: 7\nevent: notice\ndata: {}\n\n" : "";
            await using var context = await rig.Chromium.NewContextAsync();
            var page = await context.NewPageAsync();
            var looked = new List<string>();
            page.Request += (_, request) => { if (request.ResourceType == "fetch" && new Uri(request.Url).AbsolutePath == "/day") looked.Add(request.Url); };
            await page.GotoAsync($"{origin}/link/{StubApi.Visitor}/{StubApi.Token}?to=day");
            var asked = await page.RunAndWaitForResponseAsync(() => page.ReloadAsync(), r => r.Url.EndsWith("/day/live", StringComparison.Ordinal));
            Assert.Equal(200, asked.Status);
            var bar = page.Locator(".news .note");
            if (news) await bar.WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Visible });
            else Assert.False(await bar.IsVisibleAsync());
            // The page itself is loaded anew by its reader, never by the script.
            Assert.Empty(looked);
        }
    }

    private static NoticeWishes Written(Site site) =>
        JsonSerializer.Deserialize<NoticeWishes>(Assert.Single(site.Api.Writes, w => w is { Method: "PUT", Path: "/api/notices/preferences" }).Body!, JsonSerializerOptions.Web)!;

    private async Task<string> TextAsync(HttpClient browser, string path) => WebUtility.HtmlDecode(await browser.GetStringAsync(path, _cancel));
}
