using System.Text.RegularExpressions;
using Matchmaking.Contracts.Matching;
using Matchmaking.Rig;

namespace Matchmaking.Web.Tests;

/// <summary>The report of a fair on paper.</summary>
public sealed partial class ReportPrintTests
{
    private static readonly (string By, string Group)[] Groups =
    [
        .. new[] { "uk", "ar", "fa", "ti", "en", "ru" }.Select(g => ("language", g)), .. new[] { "none", "A1", "A2", "B1" }.Select(g => ("german", g)),
        .. new[] { "under18", "18-26", "27plus" }.Select(g => ("age", g)), .. new[] { "kiosk", "online" }.Select(g => ("channel", g)),
    ];

    /// <summary>The PDF stays in the folder of WEB_SCREENS, where there is one, to be looked at.</summary>
    [Theory, InlineData("de"), InlineData("ar")]
    public async Task It_fits_on_two_sheets_of_A4_and_on_a_phone_the_same_is_printed(string language)
    {
        await using var site = new Site();
        // As many groups and needs as a large fair has.
        Figure Gap(int n) => new("gap.difference", .01 * n - .07, .01 * n - .1, .01 * n - .04, 100, null);
        NeedRow Need(string need) => new(need, new("need.people", 200, null, null, 200, null), new("need.unserved", .1, .06, .15, 200, null), 5, 9);
        site.Api.Figures[""] = FigureData.Told with
        {
            Gaps = [.. Groups.Select((g, n) => new GapRow("order.ndcg", g.By, g.Group, Gap(n), Gap(n), Gap(n), false, null, 0))],
            Needs = [.. FigureData.Told.Needs.Take(3), Need("recognition"), Need("housing"), Need("family")],
        };
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Browser.StartAsync();
        foreach (var width in (int[])[1440, 390])
        {
            await using var context = await rig.Chromium.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
            var page = await context.NewPageAsync();
            await page.GotoAsync($"{origin}/?lang={language}");
            await page.GotoAsync($"{origin}/sign-in");
            await page.Locator("button[value=analyst]").ClickAsync();
            await page.GotoAsync($"{origin}/analyst/report");
            var pdf = await page.PdfAsync(new() { Format = "A4", PrintBackground = false, PreferCSSPageSize = true });
            if (Environment.GetEnvironmentVariable("WEB_SCREENS") is { } folder) await File.WriteAllBytesAsync(Path.Combine(folder, $"report-{width}-{language}.pdf"), pdf, TestContext.Current.CancellationToken);
            Assert.InRange(Sheet().Count(System.Text.Encoding.Latin1.GetString(pdf)), 1, 2);
        }
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex Sheet();
}
