using Deque.AxeCore.Commons;
using Matchmaking.Contracts.Texts;
using Microsoft.Playwright;

namespace Matchmaking.Web.Tests;

/// <summary>WCAG 2.2 AA as far as a machine can tell; ACCESSIBILITY.md says what each criterion rests on.</summary>
public sealed class AccessTests(AccessTests.Room room) : IClassFixture<AccessTests.Room>
{
    /// <summary>One browser and one site for all.</summary>
    public sealed class Room : IAsyncLifetime
    {
        internal Site Site { get; } = new() { OneProcess = true };
        internal Rig.Browser Browser { get; private set; } = default!;

        public async ValueTask InitializeAsync()
        {
            Site.UseKestrel(0);
            Site.StartServer();
            Browser = await Rig.Browser.StartAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Browser.DisposeAsync();
            await Site.DisposeAsync();
        }
    }

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Best practices too: what screen readers stumble over is not all in the criteria.</summary>
    private const string RunAxe = """
        async () => (await axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }))
          .violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")}: ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message}`))
        """;

    /// <summary>
    /// What is pressed, with its label where that is what a finger meets; links within a sentence are excepted by the criterion, and what only a keyboard or a
    /// screen reader comes to has no size. Both sides are asked for, half a pixel less is rounding.
    /// </summary>
    private const string Measure = """
        (target) => {
          const small = [];
          for (const part of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
            const met = part.closest("label") ?? part;
            const box = met.getBoundingClientRect();
            if (!met.checkVisibility({ visibilityProperty: true }) || part.closest(".hide, .jump, [inert]") || part.matches("[tabindex='-1']")) continue;
            if (part.matches("a") && getComputedStyle(part).display === "inline" && part.parentElement.textContent.trim().length > part.textContent.trim().length) continue;
            if (box.width < target - .5 || box.height < target - .5) small.push(`${part.localName}.${part.className} "${met.textContent.trim().slice(0, 30)}" ${box.width.toFixed(0)}x${box.height.toFixed(0)}`);
          }
          return small;
        }
        """;

    /// <summary>What sticks out of the window, so that one would have to move sideways to read.</summary>
    private const string Wide = """
        () => document.documentElement.scrollWidth <= innerWidth ? [] : [`${document.documentElement.scrollWidth} of ${innerWidth}: ` +
          [...document.querySelectorAll("body *")].filter(e => e.checkVisibility() && !e.closest("svg, .hide") && e.scrollWidth > 0 && (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1))
            .slice(-3).map(e => `${e.localName}.${e.className} "${e.textContent.trim().slice(0, 40)}"`).join(" | ")]
        """;

    public static TheoryData<string> Tongues => [.. Words.Languages];

    public static TheoryData<string> StaffTongues => [.. Words.StaffLanguages];

    [Theory, MemberData(nameof(Tongues))]
    public async Task Axe_finds_nothing_on_any_page_of_a_visitor(string language) =>
        await Examine(Rig.Screen.Phone, language, (page, look) => Walk.Visitor(page, room.Site, language, false, look), page => Found(page));

    /// <summary>The same pages, larger: in the languages that differ most in letters, length and direction.</summary>
    [Theory, InlineData("de"), InlineData("fr"), InlineData("ar"), InlineData("ti")]
    public async Task Axe_finds_nothing_on_any_page_of_a_kiosk(string language) =>
        await Examine(Rig.Screen.Kiosk, language, (page, look) => Walk.Visitor(page, room.Site, language, true, look), page => Found(page));

    [Theory, MemberData(nameof(StaffTongues))]
    public async Task Axe_finds_nothing_on_any_page_for_staff(string language) =>
        await Examine(Rig.Screen.Desktop, language, (page, look) => Walk.Staff(page, room.Site, language, look), page => Found(page));

    /// <summary>German and French are the longest, Arabic runs the other way, Tigrinya stands tallest.</summary>
    [Theory, InlineData("de"), InlineData("fr"), InlineData("ar"), InlineData("ti")]
    public async Task Everything_can_be_met_by_a_finger_and_read_at_320_pixels_and_with_letters_twice_as_large(string language)
    {
        await Examine(Rig.Screen.Phone, language, (page, look) => Walk.Visitor(page, room.Site, language, false, look), async page =>
        {
            List<string> faults = [.. await page.EvaluateAsync<string[]>(Measure, 44)];
            await page.SetViewportSizeAsync(320, 700);
            faults.AddRange(await page.EvaluateAsync<string[]>(Wide));
            faults.AddRange(await page.EvaluateAsync<string[]>(Measure, 44));
            await page.SetViewportSizeAsync(640, 900);
            await page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");
            faults.AddRange((await page.EvaluateAsync<string[]>(Wide)).Select(f => "200 %: " + f));
            await page.EvaluateAsync("document.documentElement.style.fontSize = ''");
            await page.SetViewportSizeAsync(390, 844);
            return [.. faults.Distinct()];
        });
        await Examine(Rig.Screen.Kiosk, language, (page, look) => Walk.Visitor(page, room.Site, language, true, look), async page =>
            [.. await page.EvaluateAsync<string[]>(Wide), .. await page.EvaluateAsync<string[]>(Measure, 60)]);
    }

    private async Task Examine(Rig.Screen screen, string language, Func<IPage, Func<string, Task>, Task> walk, Func<IPage, Task<string[]>> examine)
    {
        room.Site.Api.Meetings.Clear();
        room.Site.Api.Meetings.AddRange(Data.Meetings(language));
        await using var context = await room.Browser.OpenAsync(screen, language);
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        await walk(page, async name => faults.AddRange((await examine(page)).Select(f => $"{screen} {name} {language}: {f}")));
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(60)));
    }

    private static async Task<string[]> Found(IPage page)
    {
        // What lies under the dock at this moment comes out by scrolling; axe would call it obscured.
        await page.EvaluateAsync("() => document.querySelector('.dock')?.style.setProperty('position', 'static')");
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>(RunAxe);
    }
}
