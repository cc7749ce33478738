using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Matchmaking.Web.Tests.Access;

/// <summary>WCAG 2.2 AA as far as axe can tell; ACCESSIBILITY.md says what each criterion rests on.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Best practices too: what screen readers stumble over is not all in the criteria.</summary>
    private const string Rules = """runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]""";

    /// <summary>Before the first page: it comes with every page, once and not again for each look.</summary>
    public static Task Bring(IBrowserContext context) => context.AddInitScriptAsync(Script);

    /// <summary>All rules but those of colours, which do not depend on the language and take as long as all else.</summary>
    public static Task<IEnumerable<string>> Finds(IPage page) => Found(page, Rules + """, rules: { "color-contrast": { enabled: false } }""");

    /// <summary>Too little contrast, in light and in the dark.</summary>
    public static async Task<IEnumerable<string>> Pale(IPage page)
    {
        const string contrast = """runOnly: { type: "rule", values: ["color-contrast"] }""";
        var light = await Found(page, contrast);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var dark = await Found(page, contrast);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        return [.. light, .. dark.Select(f => "dark: " + f)];
    }

    private static async Task<IEnumerable<string>> Found(IPage page, string rules) => await page.EvaluateAsync<string[]>($$"""
        async () => {
          // What lies under the dock at this moment comes out by scrolling; axe would call it obscured.
          const dock = document.querySelector(".dock");
          dock?.style.setProperty("position", "static");
          const found = (await axe.run(document, { resultTypes: ["violations"], {{rules}} }))
            .violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")}: ${(n.any[0] ?? n.all[0] ?? n.none[0])?.message}`));
          dock?.style.removeProperty("position");
          return found;
        }
        """);
}
