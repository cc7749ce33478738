using Microsoft.Playwright;

namespace Matchmaking.Web.Tests.Access;

/// <summary>Without a mouse and without a finger.</summary>
public sealed class KeyboardTests(Room room) : IClassFixture<Room>
{
    private const int MostStops = 150;

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

    [Theory, InlineData("de"), InlineData("ar")]
    public async Task Every_stop_of_the_keyboard_on_a_visitors_pages_is_seen_and_none_is_a_trap(string language)
    {
        await room.VisitorPages(Rig.Screen.Phone, language, Walked);
        await room.VisitorPages(Rig.Screen.Kiosk, language, Walked);
    }

    [Fact]
    public Task Every_stop_of_the_keyboard_on_pages_for_staff_is_seen_and_none_is_a_trap() => room.StaffPages("de", Walked);

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_meeting_is_booked_by_keyboard_alone(bool kiosk)
    {
        room.Site.Api.Meetings.Clear();
        await using var context = await room.Browser.OpenAsync(kiosk ? Rig.Screen.Kiosk : Rig.Screen.Desktop);
        var page = await context.NewPageAsync();
        var origin = room.Site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await page.GotoAsync(origin + (kiosk ? "/kiosk" : "/"));
        if (kiosk) await Press("main form .main", "Enter");
        await Press("button[value=uk]", "Enter");
        await Press("[value=work]", "Space");
        await Press("button[value=rest]", "Enter");
        await Press("[value=matching]", "Space");
        await Press(".dock .main", "Enter");
        await Press(".match.first .book .btn", "Space");
        await page.WaitForURLAsync(url => url.Contains("/day?new="));

        async Task Press(string what, string key)
        {
            await page.Locator(what).First.WaitForAsync();
            await page.WaitForLoadStateAsync();
            for (var stops = 0; !await page.EvaluateAsync<bool>("what => document.activeElement.matches(what)", what); stops++)
            {
                Assert.True(stops < MostStops, $"{page.Url}: Tab does not come to {what}");
                await page.Keyboard.PressAsync("Tab");
            }
            await page.Keyboard.PressAsync(key);
        }
    }

    private static async Task<IEnumerable<string>> Walked(IPage page)
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
