using Microsoft.Playwright;

namespace Matchmaking.Web.Tests.Access;

/// <summary>The bar at the foot of a page hides nothing for good: what has the focus stands above it, the end of the page comes out from under it, and the way past all questions is in sight.</summary>
internal static class Dock
{
    private const string Hidden = """
        () => {
          const dock = document.querySelector(".dock"), faults = [];
          // Keys lie over it while somebody writes.
          if (!dock?.checkVisibility() || document.querySelector(".keyboard")) return faults;
          const seen = () => dock.getBoundingClientRect().top;
          scrollTo(0, 0);
          const rest = document.querySelector("button[value=rest]")?.getBoundingClientRect();
          if (rest && (rest.top < 0 || rest.bottom > seen())) faults.push(`the rest at ${rest.top} under ${seen()}`);
          // What is pressed, as a keyboard comes to it.
          for (const part of document.querySelectorAll("main :is(a[href], button, input:not([type=hidden]), select, summary)")) {
            if (!part.checkVisibility({ visibilityProperty: true }) || part.tabIndex < 0) continue;
            part.focus();
            const box = (part.closest("label") ?? part).getBoundingClientRect();
            if (box.bottom > seen() + 1 && box.height < seen()) faults.push(`${part.localName} "${(part.closest("label") ?? part).textContent.trim().slice(0, 30)}" to ${box.bottom} under ${seen()}`);
          }
          document.activeElement.blur();
          scrollTo(0, document.documentElement.scrollHeight);
          const end = Math.max(...[...document.querySelectorAll("main *")].filter((part) => part.checkVisibility() && !part.closest(".hide, svg")).map((part) => part.getBoundingClientRect().bottom));
          if (end > seen() + 1) faults.push(`the page ends at ${end} under ${seen()}`);
          scrollTo(0, 0);
          return faults;
        }
        """;

    public static async Task<IEnumerable<string>> Hides(IPage page) => await page.EvaluateAsync<string[]>(Hidden);
}
