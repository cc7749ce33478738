using Matchmaking.Contracts.Texts;
using Matchmaking.Rig;

namespace Matchmaking.Web.Tests.Access;

/// <summary>The bar at the foot of a page hides nothing for good: what has the focus stands above it, and the end of the page comes out from under it.</summary>
public sealed class DockTests(Room room) : IClassFixture<Room>
{
    private const string Hidden = """
        async () => {
          const dock = document.querySelector(".dock"), faults = [];
          const seen = () => dock.getBoundingClientRect().top;
          const whole = document.documentElement.scrollHeight;
          scrollTo(0, 0);
          // What is pressed, as a keyboard comes to it.
          for (const part of document.querySelectorAll("main :is(a[href], button, input:not([type=hidden]), select, summary)")) {
            if (!part.checkVisibility({ visibilityProperty: true }) || part.tabIndex < 0) continue;
            part.focus();
            const box = (part.closest("label") ?? part).getBoundingClientRect();
            if (box.bottom > seen() + 1 && box.height < seen()) faults.push(`${part.localName} "${(part.closest("label") ?? part).textContent.trim().slice(0, 30)}" to ${box.bottom} under ${seen()}`);
          }
          scrollTo(0, whole);
          const end = Math.max(...[...document.querySelectorAll("main *")].filter((part) => part.checkVisibility() && !part.closest(".hide, svg")).map((part) => part.getBoundingClientRect().bottom));
          if (end > seen() + 1) faults.push(`the page ends at ${end} under ${seen()}`);
          scrollTo(0, 0);
          return faults;
        }
        """;

    public static TheoryData<string> Tongues => [.. Words.Languages];

    [Theory, MemberData(nameof(Tongues))]
    public async Task Nothing_stays_under_the_dock_and_the_rest_can_be_skipped_without_scrolling(string language)
    {
        foreach (var screen in (Screen[])[Screen.Phone, Screen.Kiosk])
        {
            await using var context = await room.Browser.OpenAsync(screen);
            var page = await context.NewPageAsync();
            if (screen == Screen.Kiosk)
            {
                await page.GotoAsync(room.Origin + "/kiosk");
                await page.Locator("main form .main").ClickAsync();
                await page.Locator(".tongues").WaitForAsync();
            }
            foreach (var path in (string[])["ask/1", "ask/4", "ask/8", "check"])
            {
                await page.GotoAsync($"{room.Origin}/{path}?lang={language}");
                var hidden = await page.EvaluateAsync<string[]>(Hidden);
                Assert.True(hidden.Length == 0, $"{screen} {path}: {string.Join(" | ", hidden)}");
                if (!path.StartsWith("ask", StringComparison.Ordinal)) continue;
                var (rest, dock) = (await page.Locator("button[value=rest]").BoundingBoxAsync(), await page.Locator(".dock").BoundingBoxAsync());
                Assert.True(rest!.Y >= 0 && rest.Y + rest.Height <= dock!.Y, $"{screen} {path}: the rest at {rest.Y} under {dock!.Y}");
            }
        }
    }
}
