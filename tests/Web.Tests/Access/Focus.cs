using Microsoft.Playwright;

namespace Matchmaking.Web.Tests.Access;

/// <summary>Where the Tab key comes to: every stop is seen, and there is an end.</summary>
internal static class Focus
{
    public const int MostStops = 150;

    /// <summary>Where the focus is, or null at the end of the page; and what is wrong with it: criteria 2.4.7 and 2.4.11.</summary>
    private const string Stop = """
        () => {
          const at = document.activeElement;
          if (!at || at === document.body || at === document.documentElement) return null;
          const met = at.closest("label") ?? at, name = `${at.localName}.${at.className} "${(met.textContent.trim() || at.getAttribute("aria-label") || at.name || "").slice(0, 30)}"`;
          const rings = [at, at.nextElementSibling, at.parentElement].filter(Boolean).map(e => getComputedStyle(e)).some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2);
          const box = met.getBoundingClientRect(), points = [];
          for (const x of [.1, .5, .9]) for (const y of [.1, .5, .9]) points.push([box.left + box.width * x, box.top + box.height * y]);
          const seen = points.some(([x, y]) => { const hit = document.elementFromPoint(x, y); return hit && (met.contains(hit) || hit.contains(met) && hit !== document.documentElement && hit !== document.body && !hit.matches(".dock")); });
          return [name, rings ? "" : `no ring around ${name}`, seen ? "" : `focus is hidden: ${name} at ${box.top.toFixed(0)}..${box.bottom.toFixed(0)} of ${innerHeight}`];
        }
        """;

    public static async Task<IEnumerable<string>> Missed(IPage page)
    {
        List<string> faults = [];
        await page.EvaluateAsync("() => { document.activeElement?.blur(); scrollTo(0, 0); }");
        for (var stops = 0; stops < MostStops; stops++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string[]?>(Stop) is not { } at) return faults;
            faults.AddRange(at[1..].Where(fault => fault.Length > 0));
        }
        return [.. faults, $"after {MostStops} stops the page has no end"];
    }
}
