namespace Matchmaking.Rig.Tests;

public sealed class BrowserTests
{
    [Fact]
    public async Task Chromium_renders_arabic_from_right_to_left_and_takes_a_picture()
    {
        await using var browser = await Browser.StartAsync();
        await using var person = await browser.OpenAsync(Screen.Phone, "ar");
        var page = await person.NewPageAsync();
        await page.GotoAsync("data:text/html;charset=utf-8," + Uri.EscapeDataString(
            "<html lang=ar dir=rtl><meta name=viewport content='width=device-width'><h1 style='font-family:Noto Sans Arabic'>أهلاً وسهلاً</h1>"));

        var box = await page.Locator("h1").EvaluateAsync<double>("h => { const r = document.createRange(); r.selectNodeContents(h); return r.getBoundingClientRect().left }");
        Assert.True(box > 100, $"the text starts at {box} px, so it is not on the right");
        Assert.Equal("ar", await page.EvaluateAsync<string>("navigator.language"));
        Assert.Equal(390, await page.EvaluateAsync<int>("innerWidth"));

        var picture = await Browser.ScreenshotAsync(page, "rig-arabic", fullPage: false);
        Assert.True(new FileInfo(picture).Length > 2000);
    }

    [Theory]
    [InlineData(Screen.Kiosk, 1080, 1920, true)]
    [InlineData(Screen.Desktop, 1440, 900, false)]
    public async Task Every_screen_has_its_size_and_its_touch(Screen screen, int width, int height, bool touch)
    {
        await using var browser = await Browser.StartAsync();
        await using var person = await browser.OpenAsync(screen);
        var page = await person.NewPageAsync();
        Assert.Equal(
            $"{width}x{height} {(touch ? "touch" : "mouse")} de-DE",
            await page.EvaluateAsync<string>(
                "`${innerWidth}x${innerHeight} ${matchMedia('(any-pointer: coarse)').matches || 'ontouchstart' in window ? 'touch' : 'mouse'} ${navigator.language}`"));
    }
}
