using System.Text.RegularExpressions;
using Matchmaking.Fair.Tests.Fairs;
using Matchmaking.Rig;
using Microsoft.Playwright;

namespace Matchmaking.Fair.Tests.Journeys;

/// <summary>The browser, started once for all who visit.</summary>
public sealed class Visits : IAsyncLifetime
{
    public Browser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Browser = await Browser.StartAsync();

    public ValueTask DisposeAsync() => Browser.DisposeAsync();
}

public abstract class BrowsingTests(RunningFair fair, Visits visits)
{
    [Theory]
    [InlineData("de", false)]
    [InlineData("de", true)]
    [InlineData("ar", false)]
    [InlineData("ar", true)]
    public async Task From_the_start_through_the_questions_to_a_meeting(string language, bool javaScript)
    {
        await using var person = await visits.Browser.OpenAsync(Screen.Phone, language == "de" ? "de-DE" : language, fair.Address, javaScript);
        person.SetDefaultTimeout((float)RunningFair.Patience.TotalMilliseconds);
        var page = await person.NewPageAsync();
        var failures = new List<string>();
        page.Console += (_, said) => { if (said.Type == "error") failures.Add(said.Text); };
        page.PageError += (_, error) => failures.Add(error);
        page.Response += (_, answer) => { if (answer.Status >= 400) failures.Add($"{answer.Status} {answer.Url}"); };

        await page.GotoAsync("/");
        await page.Locator($"form[action='/start'] button[value={language}]").ClickAsync();
        await AtAsync(page, "/ask/1");
        Assert.Equal(language == "ar" ? "rtl" : "ltr", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).direction"));
        foreach (var goal in (string[])["learn-german", "work"]) await page.Locator($"input[name=goals][value={goal}]").CheckAsync();
        await GoAsync(page, "next");
        await AtAsync(page, "/ask/3");
        await GoAsync(page, "skip");
        await AtAsync(page, "/ask/4");
        await GoAsync(page, "back");
        await AtAsync(page, "/ask/3");
        await GoAsync(page, "back");
        await AtAsync(page, "/ask/1");
        Assert.True(await page.Locator("input[name=goals][value=work]").IsCheckedAsync(), "an answer was lost on the way back");
        // Everything else is skipped: nobody has to answer.
        while (page.Url.Contains("/ask/", StringComparison.Ordinal))
        {
            var here = page.Url;
            await GoAsync(page, "skip");
            Assert.NotEqual(here, page.Url);
        }

        await AtAsync(page, "/check");
        foreach (var consent in (string[])["matching", "share-with-exhibitor"]) await page.Locator($"input[name=consents][value={consent}]").CheckAsync();
        var email = $"b{Guid.NewGuid():n}@example.org";
        await page.Locator("#email").FillAsync(email);
        await GoAsync(page, "next");
        // A list that is still being made shows itself when it is ready.
        await page.Locator("article.match, li.match").First.WaitForAsync();
        await AtAsync(page, "/matches");
        Assert.True(await page.Locator("li.match").CountAsync() >= 5);
        if (language == "ar") Assert.Matches("[\u0600-\u06ff]", await page.Locator("li.match :is(h2, h3)").First.InnerTextAsync());

        var first = page.Locator("li.match:has(form.book)").First;
        await first.Locator("input[name=slot]").First.CheckAsync(new LocatorCheckOptions { Force = true });
        await first.Locator("form.book button").ClickAsync();
        await page.Locator("ol.route article.stop:not(.tip)").WaitForAsync();
        await AtAsync(page, "/day");
        Assert.Equal(1, await page.Locator("ol.route article.stop:not(.tip)").CountAsync());
        Assert.False(string.IsNullOrWhiteSpace(await page.Locator(".pass .code").InnerTextAsync()));
        await page.ReloadAsync();
        Assert.Equal(1, await page.Locator("ol.route article.stop:not(.tip)").CountAsync());
        Assert.Empty(failures);

        // The mail's link opens the same day in another browser.
        var mail = await RunningFair.UntilAsync("the visitor's mail", async () => (await fair.MailsAsync()).FirstOrDefault(m => m.To == email));
        await using var elsewhere = await visits.Browser.OpenAsync(Screen.Desktop, "en", fair.Address, javaScript);
        elsewhere.SetDefaultTimeout((float)RunningFair.Patience.TotalMilliseconds);
        var other = await elsewhere.NewPageAsync();
        await other.GotoAsync(mail.Text.Split('\n').Single(l => l.Contains("/link/", StringComparison.Ordinal)).Trim());
        await other.GotoAsync("/day");
        Assert.Equal(1, await other.Locator("ol.route article.stop:not(.tip)").CountAsync());

        // From a screen to a pocket: by a code that a camera reads or fingers type, once.
        await page.GotoAsync("/day/phone");
        await page.Locator("main form[action='/day/phone'] button").ClickAsync();
        var code = (await page.Locator(".handoff .code").InnerTextAsync()).Replace(" ", "");
        await using var pocket = await visits.Browser.OpenAsync(Screen.Phone, "en", fair.Address, javaScript);
        pocket.SetDefaultTimeout((float)RunningFair.Patience.TotalMilliseconds);
        var phone = await pocket.NewPageAsync();
        await phone.GotoAsync($"/handoff?lang={language}#{code}");
        if (!javaScript)
        {
            await phone.Locator("#code").FillAsync(code);
            await phone.Locator("form[action='/handoff'] button").ClickAsync();
        }
        await AtAsync(phone, "/day");
        Assert.Equal(1, await phone.Locator("ol.route article.stop:not(.tip)").CountAsync());
        await other.GotoAsync("/handoff");
        await other.Locator("#code").FillAsync(code);
        await other.Locator("form[action='/handoff'] button").ClickAsync();
        await other.Locator(".mistakes").WaitForAsync();
    }

    private static async Task GoAsync(IPage page, string where)
    {
        // Each press leads to another address; the next step begins there.
        var here = page.Url;
        await page.Locator($".dock button[value={where}]").ClickAsync();
        await page.LeaveAsync($"^{Regex.Escape(here)}$");
    }

    private static Task AtAsync(IPage page, string path) => page.ArriveAsync($"^https?://[^/]+{path}([?#]|$)");
}
