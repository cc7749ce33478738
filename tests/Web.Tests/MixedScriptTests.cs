using Matchmaking.Rig;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Tests;

/// <summary>German in a page from right to left keeps its order, and nothing else is taken for German.</summary>
public sealed class MixedScriptTests
{
    [Theory]
    [InlineData("BAMF (المكتب الاتحادي)", "<bdi lang=\"de\" dir=\"ltr\">BAMF</bdi> (المكتب الاتحادي)")]
    [InlineData("يكتب الجناح: «\u2068Anmeldung nötig (bis 5.6.).\u2069»", "يكتب الجناح: «<bdi lang=\"de\" dir=\"ltr\">Anmeldung nötig (bis 5.6.).</bdi>»")]
    [InlineData("يكتب: «\u2068بالعربية.\u2069»", "يكتب: «<bdi>بالعربية.</bdi>»")]
    [InlineData("المستوى A2 فقط", "المستوى <bdi dir=\"ltr\">A2</bdi> فقط")]
    [InlineData("Bürgeramt (Mitte).", "<bdi lang=\"de\" dir=\"ltr\">Bürgeramt (Mitte).</bdi>")]
    public void Each_script_is_set_as_one_piece(string text, string html) => Assert.Equal(html, View.SetApart(text).Value);

    [Fact]
    public async Task The_office_to_ask_is_named_in_the_readers_language()
    {
        await using var site = new Site();
        var html = await (await site.Visitor("ar")).GetStringAsync("/matches", TestContext.Current.CancellationToken);
        Assert.DoesNotMatch("<bdi lang=\"de\"[^>]*>[^<]*[\u0600-\u06ff]", html);
    }

    /// <summary>Each piece, and what it stands under or in: both begin at the same edge, the right one.</summary>
    [Fact]
    public async Task German_and_codes_stand_at_the_edge_at_which_an_Arabic_page_begins()
    {
        await using var site = new Site { OneProcess = true };
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(Screen.Kiosk);
        var page = await context.NewPageAsync();
        await page.BeginAtKioskAsync(origin, "ar");
        await page.GotoAsync($"{origin}/link/{StubApi.Visitor}/{StubApi.Token}");
        await page.GotoAsync($"{origin}/compare?id={StubApi.Id(100)}&id={StubApi.Id(101)}");
        await Same(".compared-cards h2 a", ".compared-cards .de");
        await page.GotoAsync($"{origin}/offers/{StubApi.Id(101)}");
        await Same(".answers dt:has(+ dd bdi[lang=de])", ".answers dd bdi[lang=de]");
        await page.GotoAsync($"{origin}/day");
        await page.Locator("form[action='/day/phone'] button").ClickAsync();
        await page.Locator(".handoff .code").WaitForAsync();
        await Same(".handoff p", ".handoff .code");

        async Task Same(string under, string piece) => Assert.Equal(await Right(under), await Right(piece), 3.0);

        // Of the letters, not of the box around them.
        Task<double> Right(string first) => page.Locator(first).First.EvaluateAsync<double>("e => { const r = document.createRange(); r.selectNodeContents(e); return Math.max(...[...r.getClientRects()].map(b => b.right)); }");
    }
}
