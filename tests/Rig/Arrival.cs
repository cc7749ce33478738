using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Matchmaking.Rig;

/// <summary>
/// Waiting for the next page. Playwright's WaitForURLAsync looks for the load in this process and now and then misses it on a busy machine; these ask the browser.
/// </summary>
public static class Arrival
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Returns when a page whose address matches is there with all its parts.</summary>
    /// <param name="page">Somewhere, on the way.</param>
    /// <param name="address">A regular expression, e.g. "/ask/1$".</param>
    /// <exception cref="PlaywrightException">It does not come within a minute.</exception>
    public static async Task ArriveAsync(this IPage page, string address)
    {
        await Expect(page).ToHaveURLAsync(new Regex(address), new() { Timeout = (float)Patience.TotalMilliseconds });
        await Loaded(page);
    }

    /// <summary>Returns when another page is there than one whose address matches.</summary>
    /// <inheritdoc cref="ArriveAsync"/>
    public static async Task LeaveAsync(this IPage page, string address)
    {
        await Expect(page).Not.ToHaveURLAsync(new Regex(address), new() { Timeout = (float)Patience.TotalMilliseconds });
        await Loaded(page);
    }

    /// <summary>Asked again and again by plain evaluations, which work without scripts too; Playwright's own waiting for a function needs the page's timers.</summary>
    private static async Task Loaded(IPage page)
    {
        var began = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                if (await page.EvaluateAsync<string>("document.readyState").WaitAsync(Patience) == "complete") return;
            }
            catch (PlaywrightException) when (began.Elapsed < Patience) { } // The page was just replaced.
            if (began.Elapsed > Patience) throw new TimeoutException($"{page.Url} is not loaded within {Patience.TotalSeconds} s.");
            await Task.Delay(20);
        }
    }
}
