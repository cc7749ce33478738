using Matchmaking.Rig;
using Microsoft.Playwright;

namespace Matchmaking.Web.Tests;

/// <summary>A browser that somebody of the fair makes a kiosk, and a visitor who chooses a language there.</summary>
internal static class KioskScreen
{
    /// <returns>When the first question is there.</returns>
    public static async Task BeginAtKioskAsync(this IPage page, string origin, string language)
    {
        await page.GotoAsync($"{origin}/kiosk");
        await page.Locator("main form .main").ClickAsync();
        await page.Locator($"button[value={language}]").ClickAsync();
        await page.ArriveAsync("/ask/1$");
    }
}
