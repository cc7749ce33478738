using Matchmaking.Rig;
using Microsoft.Playwright;

namespace Matchmaking.Web.Tests.Access;

/// <summary>Keys on a kiosk's screen: where something has to be typed, in the letters of whoever types.</summary>
public sealed class KeysTests(Room room) : IClassFixture<Room>
{
    /// <summary>The field that is written in stands whole above the keys, and each key is large enough for a finger.</summary>
    private const string Faults = """
        () => {
          const keys = document.querySelector(".keyboard"), faults = [];
          const field = document.activeElement.getBoundingClientRect(), top = keys.getBoundingClientRect().top;
          if (!document.activeElement.matches("input, textarea")) faults.push(`${document.activeElement.localName} has the focus`);
          if (field.bottom > top || field.top < 0) faults.push(`the field at ${field.top}-${field.bottom} is not above ${top}`);
          for (const key of keys.querySelectorAll("button")) {
            const box = key.getBoundingClientRect();
            if (box.width < 60 || box.height < 60 || box.right > innerWidth || box.left < 0) faults.push(`${key.textContent} ${box.width}x${box.height} at ${box.left}`);
            if (!(key.getAttribute("aria-label") ?? key.textContent).trim()) faults.push("a key without a name");
          }
          return faults;
        }
        """;

    [Theory]
    [InlineData("de", "ö|1|⌫| |ß", "ö ß"), InlineData("ar", "ط|ب|خ|abc|k|ضصث|ة", "طبخkة"), InlineData("fa", "پ|ر|س|ت|ا|ر", "پرستار"), InlineData("uk", "к|у|х|а|ґ|ї|є|і", "кухаґїєі"), InlineData("ru", "ы|э|ъ|ё", "ыэъё")]
    [InlineData("vi", "a|\u25cc\u0301|ư|\u25cc\u0323", "áự"), InlineData("tr", "ğ|ı|ş", "ğış"), InlineData("ti", "በ|ባ|ለ|ሊ", "ባሊ"), InlineData("fr", "é|ç", "éç"), InlineData("pl", "ł|ż", "łż"), InlineData("ro", "ș|ț", "șț"), InlineData("es", "ñ|á", "ñá"), InlineData("kmr", "ê|ş", "êş"), InlineData("en", "a|z", "az")]
    public async Task What_is_tapped_is_typed_in_the_visitors_own_letters(string language, string taps, string typed)
    {
        await using var context = await room.Browser.OpenAsync(Screen.Kiosk);
        var page = await Begin(context, language);
        await page.GotoAsync(room.Origin + "/ask/8");
        await page.Locator("#job").TapAsync();
        Assert.Empty(await page.EvaluateAsync<string[]>(Faults));
        foreach (var tap in taps.Split('|')) await page.Locator(".keyboard button").Filter(new() { HasTextRegex = new($"^{System.Text.RegularExpressions.Regex.Escape(tap == " " ? "␣" : tap)}$") }).TapAsync();
        Assert.Equal(typed, await page.Locator("#job").InputValueAsync());
        Assert.Empty(await page.EvaluateAsync<string[]>(Faults));
        // No second keyboard of the system's own.
        Assert.Equal("none", await page.Locator("#job").EvaluateAsync<string>("field => field.inputMode"));

        await page.Locator(".keyboard .end").TapAsync();
        Assert.Equal(0, await page.Locator(".keyboard").CountAsync());
        Assert.Equal(typed, await page.Locator("#job").InputValueAsync());
    }

    [Fact]
    public async Task An_address_is_typed_at_the_end_of_a_page_and_found_by_names_of_keys()
    {
        await using var context = await room.Browser.OpenAsync(Screen.Kiosk);
        var page = await Begin(context, "ar");
        await page.Locator("button[value=rest]").TapAsync();
        await page.Locator("#email").TapAsync();
        Assert.Empty(await page.EvaluateAsync<string[]>(Faults));
        foreach (var key in "a@b.dee") await page.Locator(".keyboard").GetByText($"{key}", new() { Exact = true }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "حذف", Exact = true }).TapAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "أحرف كبيرة", Exact = true }).TapAsync();
        await page.Locator(".keyboard").GetByText("E", new() { Exact = true }).TapAsync();
        // One capital, then small letters again.
        await page.Locator(".keyboard").GetByText("n", new() { Exact = true }).TapAsync();
        Assert.Equal("a@b.deEn", await page.Locator("#email").InputValueAsync());
        // Whoever presses something else is not in the way of it.
        await page.Locator(".tile:has([value=matching])").TapAsync();
        Assert.True(await page.Locator("input[value=matching]").IsCheckedAsync());
        Assert.Equal(0, await page.Locator(".keyboard").CountAsync());
    }

    [Fact]
    public async Task A_phone_keeps_its_own_keys()
    {
        await using var context = await room.Browser.OpenAsync(Screen.Phone);
        var page = await context.NewPageAsync();
        await page.GotoAsync(room.Origin + "/check");
        await page.Locator("#email").TapAsync();
        Assert.Equal(0, await page.Locator(".keyboard").CountAsync());
        Assert.Equal("", await page.Locator("#email").EvaluateAsync<string>("field => field.inputMode"));
        Assert.DoesNotContain("kiosk.", await page.ContentAsync(), StringComparison.Ordinal);
    }

    private async Task<IPage> Begin(IBrowserContext context, string language)
    {
        var page = await context.NewPageAsync();
        await page.BeginAtKioskAsync(room.Origin, language);
        return page;
    }
}
