using Matchmaking.Rig;

namespace Matchmaking.Web.Tests;

/// <summary>A kiosk's screen is tall, and read from a step away: what matters is large on it, and what is compared stands side by side.</summary>
public sealed class TallScreenTests
{
    [Theory, InlineData("de"), InlineData("ar")]
    public async Task The_code_for_a_phone_fills_it_and_offers_are_compared_side_by_side(string language)
    {
        await using var site = new Site { OneProcess = true };
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.Chromium.NewContextAsync(new() { ViewportSize = new() { Width = 1080, Height = 1920 } });
        var page = await context.NewPageAsync();
        await page.BeginAtKioskAsync(origin, language);
        await page.GotoAsync($"{origin}/link/{StubApi.Visitor}/{StubApi.Token}?to=day");
        await page.Locator("form[action='/day/phone'] button").ClickAsync();

        var code = (await page.Locator(".handoff .qr").BoundingBoxAsync())!;
        Assert.True(code.Width >= 600 && Math.Abs(code.Width - code.Height) < 1, $"The code is {code.Width} x {code.Height}.");
        var (card, main) = ((await page.Locator(".handoff").BoundingBoxAsync())!, (await page.Locator("main").BoundingBoxAsync())!);
        Assert.True(card.Height > main.Height * .65, $"{card.Height} of {main.Height} are used.");
        // A pixel more is rounding.
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollHeight"), 1920, 1921);
        Assert.Equal(3, await page.Locator(".ways-there .p").CountAsync());
        Assert.True(await page.Locator("a[href='/day/slip']").IsVisibleAsync());

        await page.GotoAsync($"{origin}/compare?id={StubApi.Id(100)}&id={StubApi.Id(101)}&id={StubApi.Id(102)}");
        foreach (var row in await page.Locator(".compared tbody tr").AllAsync())
        {
            var cells = await Task.WhenAll((await row.Locator("td").AllAsync()).Select(async c => (await c.BoundingBoxAsync())!));
            Assert.Equal(3, cells.Length);
            Assert.Single(cells.Select(c => c.Y).Distinct());
            Assert.All(cells, c => Assert.True(c.Width >= 300, $"A column is {c.Width} wide."));
        }
        Assert.Empty(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.compared :is(th, td)')].filter(c => c.scrollWidth > c.clientWidth + 1).map(c => c.textContent.trim())"));
    }
}
