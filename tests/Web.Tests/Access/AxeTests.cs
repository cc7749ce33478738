using Deque.AxeCore.Commons;
using Matchmaking.Contracts.Texts;
using Microsoft.Playwright;

namespace Matchmaking.Web.Tests.Access;

/// <summary>WCAG 2.2 AA as far as axe can tell; ACCESSIBILITY.md says what each criterion rests on.</summary>
public sealed class AxeTests(Room room) : IClassFixture<Room>
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Best practices too: what screen readers stumble over is not all in the criteria.</summary>
    private const string All = """runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]""";

    private const string Contrast = """runOnly: { type: "rule", values: ["color-contrast"] }""";

    public static TheoryData<string> Tongues => [.. Words.Languages];

    public static TheoryData<string> StaffTongues => [.. Words.StaffLanguages];

    [Theory, MemberData(nameof(Tongues))]
    public Task Axe_finds_nothing_on_any_page_of_a_visitor(string language) => room.VisitorPages(Rig.Screen.Phone, language, page => Found(page, RulesFor(language)));

    /// <summary>The same pages, larger.</summary>
    [Theory, InlineData("de"), InlineData("ar")]
    public Task Axe_finds_nothing_on_any_page_of_a_kiosk(string language) => room.VisitorPages(Rig.Screen.Kiosk, language, page => Found(page, RulesFor(language)));

    [Theory, MemberData(nameof(StaffTongues))]
    public Task Axe_finds_nothing_on_any_page_for_staff(string language) => room.StaffPages(language, page => Found(page, RulesFor(language)));

    [Fact]
    public async Task Everything_can_be_read_in_the_dark_too()
    {
        await room.VisitorPages(Rig.Screen.Phone, "de", Dark);
        await room.VisitorPages(Rig.Screen.Kiosk, "de", Dark);
        await room.StaffPages("de", Dark);

        static async Task<IEnumerable<string>> Dark(IPage page)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            return await Found(page, Contrast);
        }
    }

    /// <summary>Colours do not depend on the language, and to measure them takes as long as all else: German and Arabic stand for all.</summary>
    private static string RulesFor(string language) => language is "de" or "ar" ? All : All + """, rules: { "color-contrast": { enabled: false } }""";

    private static async Task<IEnumerable<string>> Found(IPage page, string rules)
    {
        // What lies under the dock at this moment comes out by scrolling; axe would call it obscured.
        await page.EvaluateAsync("() => document.querySelector('.dock')?.style.setProperty('position', 'static')");
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>($$"""
            async () => (await axe.run(document, { resultTypes: ["violations"], {{rules}} }))
              .violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")}: ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message}`))
            """);
    }
}
