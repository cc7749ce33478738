using Matchmaking.Rig;
using Microsoft.Playwright;

namespace Matchmaking.Web.Tests;

/// <summary>Reading aloud, with voices of the test's own: what is said, by whom, and when it stops.</summary>
public sealed class SpeechTests
{
    private const string Voices = """
        const said = window.said = [];
        window.stopped = 0;
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        Object.defineProperty(window, "speechSynthesis", { value: {
          speaking: false,
          getVoices: () => [VOICES].map(([lang, localService]) => ({ lang, localService, name: lang })),
          speak(words) { said.push(`${words.voice?.name} ${words.lang}: ${words.text}`); this.speaking = true; },
          cancel() { if (this.speaking) window.stopped++; this.speaking = false; },
          addEventListener() {},
        } });
        """;

    private static async Task<IPage> Open(IBrowserContext context, Site site, string language, string voices)
    {
        site.UseKestrel(0);
        site.StartServer();
        await context.AddInitScriptAsync(Voices.Replace("VOICES", voices));
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{site.ClientOptions.BaseAddress}ask/1?lang={language}");
        return page;
    }

    [Theory]
    [InlineData("ar", "['de-DE', true], ['ar-EG', false], ['ar_SA', true]", "ar_SA", "ما الذي تبحثون عنه؟", "تعلّم الألمانية")]
    [InlineData("de", "['en-US', true], ['de-DE', true]", "de-DE", "Was möchten Sie?", "Arbeit finden")]
    [InlineData("kmr", "['tr-TR', true], ['ku-TR', true]", "ku-TR", null, null)]
    public async Task The_question_and_its_answers_are_read_by_a_local_voice_of_the_pages_language(string language, string voices, string voice, string? question, string? answer)
    {
        await using var site = new Site();
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(Screen.Phone);
        var page = await Open(context, site, language, voices);
        await page.Locator("[data-speak]").ClickAsync();
        var said = await page.EvaluateAsync<string[]>("said");
        Assert.Equal($"{voice} {voice}: {question ?? await page.Locator("h1").TextContentAsync()}", said[0]);
        foreach (var tile in await page.Locator(".face > span:not(.p)").AllTextContentsAsync()) Assert.Contains($"{voice} {voice}: {tile.Replace("\u00ad", "").Trim()}", said);
        if (answer is not null) Assert.Contains($"{voice} {voice}: {answer}", said);
        Assert.All(said, s => Assert.StartsWith(voice + " ", s));
        // The same button stops it.
        await page.Locator("[data-speak]").ClickAsync();
        Assert.Equal(1, await page.EvaluateAsync<int>("stopped"));
    }

    [Fact]
    public async Task German_that_stands_beside_for_staff_is_not_read_and_names_are_read_by_a_voice_of_their_own()
    {
        await using var site = new Site();
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(Screen.Phone);
        var page = await Open(context, site, "ar", "['de-DE', true], ['ar-SA', true], ['uk-UA', true]");
        await page.GotoAsync($"{site.ClientOptions.BaseAddress}ask/8");
        await page.Locator("[data-speak]").ClickAsync();
        var said = await page.EvaluateAsync<string[]>("said");
        Assert.Contains("ar-SA ar-SA: تمريض", said);
        Assert.DoesNotContain(said, s => s.Contains("Pflegefachkraft", StringComparison.Ordinal));
        await page.GotoAsync($"{site.ClientOptions.BaseAddress}ask/3");
        await page.Locator("[data-speak]").ClickAsync();
        said = await page.EvaluateAsync<string[]>("said");
        Assert.Contains("uk-UA uk-UA: Українська", said);
        Assert.Contains("de-DE de-DE: Deutsch", said);
        // Where no voice speaks it, the page's own does what it can.
        Assert.Contains("ar-SA ar-SA: Tiếng Việt", said);
    }

    [Theory, InlineData("uk", "['de-DE', true], ['en-US', true]"), InlineData("uk", "['uk-UA', false]"), InlineData("ti", ""), InlineData("kmr", "['tr-TR', true]")]
    public async Task Without_a_local_voice_of_the_language_there_is_no_button(string language, string voices)
    {
        await using var site = new Site();
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(Screen.Phone);
        var page = await Open(context, site, language, voices);
        await page.Locator("[data-print], [data-speak]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.WaitForFunctionAsync("document.readyState === 'complete'");
        Assert.False(await page.Locator("[data-speak]").First.IsVisibleAsync());
    }

    [Fact]
    public async Task Leaving_a_page_in_any_way_stops_the_voice()
    {
        await using var site = new Site();
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(Screen.Kiosk);
        await context.Clock.InstallAsync();
        site.UseKestrel(0);
        site.StartServer();
        await context.AddInitScriptAsync(Voices.Replace("VOICES", "['de-DE', true]"));
        var page = await context.NewPageAsync();
        await page.BeginAtKioskAsync(site.ClientOptions.BaseAddress.ToString().TrimEnd('/'), "de");

        // To another page.
        await page.Locator("[data-speak]").ClickAsync();
        await page.EvaluateAsync("dispatchEvent(new Event('pagehide'))");
        Assert.Equal(1, await page.EvaluateAsync<int>("stopped"));
        // A form's answer that takes the place of the page: a mistake.
        await page.GotoAsync(site.ClientOptions.BaseAddress + "check");
        await page.Locator("[data-speak]").First.ClickAsync();
        await page.Locator(".dock .main").ClickAsync();
        await page.Locator(".mistakes").WaitForAsync();
        Assert.Equal(1, await page.EvaluateAsync<int>("stopped"));
        // The wipe of a kiosk whose server is away: nobody's words are read on.
        await page.Locator("[data-speak]").First.ClickAsync();
        await context.RouteAsync("**/*", route => route.AbortAsync());
        await context.Clock.RunForAsync(61_000);
        await context.Clock.RunForAsync(31_000);
        await page.Locator(".rest").WaitForAsync();
        Assert.Equal(2, await page.EvaluateAsync<int>("stopped"));
    }
}
