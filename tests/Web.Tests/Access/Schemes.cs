using Microsoft.Playwright;

namespace Matchmaking.Web.Tests.Access;

/// <summary>What a person has set in the system: own colours, no motion. The dark scheme is in <see cref="Axe.Pale"/>.</summary>
internal static class Schemes
{
    /// <summary>Backgrounds are gone in forced colours: what can be pressed or filled in needs an edge, or the system's own look.</summary>
    private const string Edgeless = """
        () => matchMedia("(forced-colors: active)").matches
          ? [...document.querySelectorAll(".btn, .face, .time span, input:not([type=hidden]), select, textarea")]
            .filter(e => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !e.closest(".hide, [inert]"))
            .filter(e => { const s = getComputedStyle(e); return s.borderTopStyle === "none" || parseFloat(s.borderTopWidth) === 0 ? !(e.matches("input, select") && s.appearance !== "none") : false; })
            .map(e => `no edge: ${e.localName}.${e.className} "${e.textContent.trim().slice(0, 30)}"`)
          : ["colours are not forced"]
        """;

    /// <summary>What is chosen differs from what is not.</summary>
    private const string Unmarked = """
        () => [...document.querySelectorAll(".tile input:checked, .time input:checked")].filter(e => {
          const other = [...document.querySelectorAll(".tile input:not(:checked), .time input:not(:checked)")].find(o => o.closest(".tile, .time").className === e.closest(".tile, .time").className);
          const look = i => { const s = getComputedStyle(i.nextElementSibling); return s.borderTopWidth + s.borderTopColor; };
          return other && look(e) === look(other);
        }).map(e => `chosen looks as not chosen: ${e.name} ${e.value}`)
        """;

    private const string Moving = """
        () => matchMedia("(prefers-reduced-motion: reduce)").matches
          ? [...document.querySelectorAll("*")].filter(e => { const s = getComputedStyle(e); return s.animationName !== "none" || s.transitionDuration.split(",").some(d => parseFloat(d) > 0) || s.scrollBehavior === "smooth"; })
            .slice(0, 3).map(e => `moves: ${e.localName}.${e.className}`)
          : ["motion is not reduced"]
        """;

    public static async Task<IEnumerable<string>> Ignored(IPage page)
    {
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active, ReducedMotion = ReducedMotion.Reduce });
        List<string> faults = [.. await page.EvaluateAsync<string[]>(Edgeless), .. await page.EvaluateAsync<string[]>(Unmarked), .. await page.EvaluateAsync<string[]>(Moving)];
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.None });
        return faults;
    }
}
