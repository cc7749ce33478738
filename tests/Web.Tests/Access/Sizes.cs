using Microsoft.Playwright;

namespace Matchmaking.Web.Tests.Access;

/// <summary>Fingers, narrow windows, large letters and wide distances.</summary>
internal static class Sizes
{
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

    /// <summary>The distances of criterion 1.4.12, on and off.</summary>
    private const string Spaced = """
        on => {
          const sheet = window.spaced ??= new CSSStyleSheet();
          sheet.replaceSync(on ? "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }" : "");
          if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        }
        """;

    /// <summary>Text that its own box hides.</summary>
    private const string Cut = """
        () => [...document.querySelectorAll("body *")]
          .filter(e => e.checkVisibility() && !e.closest("svg, .hide, .signs, .jump") && ["hidden", "clip"].includes(getComputedStyle(e).overflowY) && e.textContent.trim() && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1))
          .map(e => `cut: ${e.localName}.${e.className} "${e.textContent.trim().slice(0, 40)}"`)
        """;

    /// <summary>Targets of 44 px; read at 320 px, with letters twice as large, and with the distances of criterion 1.4.12. Each in one look: to ask costs more than to measure.</summary>
    public static async Task<IEnumerable<string>> OnPhone(IPage page)
    {
        const string both = $"target => [...({Wide})(), ...({Measure})(target)]";
        List<string> faults = [.. await page.EvaluateAsync<string[]>(both, 44)];
        await page.SetViewportSizeAsync(320, 700);
        faults.AddRange(await page.EvaluateAsync<string[]>(both, 44));
        await page.SetViewportSizeAsync(640, 900);
        faults.AddRange(await page.EvaluateAsync<string[]>($$"""
            () => {
              const root = document.documentElement.style;
              root.fontSize = "200%";
              const found = ({{Wide}})();
              root.fontSize = "";
              return found.map(f => `200 %: ${f}`);
            }
            """));
        await page.SetViewportSizeAsync(390, 844);
        faults.AddRange(await page.EvaluateAsync<string[]>($$"""
            () => {
              const space = {{Spaced}};
              space(true);
              const found = [...({{Wide}})(), ...({{Cut}})()];
              space(false);
              return found.map(f => `spaced: ${f}`);
            }
            """));
        return faults.Distinct();
    }

    /// <summary>Targets of 60 px.</summary>
    public static async Task<IEnumerable<string>> AtKiosk(IPage page) => await page.EvaluateAsync<string[]>($"target => [...({Wide})(), ...({Measure})(target)]", 60);
}
