using System.Text;
using Matchmaking.Rig;
using Matchmaking.Web.Texts;
using Microsoft.Playwright;

namespace Matchmaking.Web.Tests;

/// <summary>
/// What people leave at a kiosk is looked for after them: words that stand nowhere else are typed in every field, an offer and a meeting are looked at, the
/// kiosk is wiped in each of its ways, and then the way back, storage and in the end every file of the browser's profile are searched for them: also the
/// history, which keeps addresses and titles.
/// </summary>
public sealed class CanaryTests
{
    private const int Sessions = 9;
    private static readonly Guid Offer = StubApi.Id(100);

    [Fact]
    public async Task After_many_visitors_nothing_of_any_is_left_at_a_kiosk()
    {
        using var folder = new TemporaryFolder();
        await using var site = new Site();
        site.UseKestrel(0);
        site.StartServer();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await using (var rig = await Browser.StartAsync())
        await using (var context = await rig.OpenProfileAsync(folder.Path, Screen.Kiosk))
        {
            await context.Clock.InstallAsync();
            var page = context.Pages[0];
            await page.GotoAsync($"{origin}/kiosk");
            await page.Locator("main form .main").ClickAsync();
            for (var n = 0; n < Sessions; n++)
            {
                site.Api.Meetings.Clear();
                await page.Locator("button[value=uk]").ClickAsync();
                await Live(page, origin, n);
                await Leave(page, context, n % 3);
                await page.Locator(".tongues").WaitForAsync();
                await Forgotten(page, context);
                await page.GotoAsync($"{origin}/kiosk");
            }
            Assert.Equal(Sessions, site.Api.Calls.Count(c => c is { Method: "POST", Path: "/api/visitors" } && c.Body!.Contains("kanarie", StringComparison.Ordinal)));
        }
        var profile = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Select(f => (Name: Path.GetRelativePath(folder.Path, f), Bytes: Read(f))).ToArray();
        // That something would be found where it is: the pages that were open stand in the browser's history.
        Assert.Contains(profile, f => Holds(f.Bytes, "/ask/8"));
        // Titles too: what kind of page it is; in German where the way back led to it, when nobody was there any more.
        Assert.Contains(profile, f => Path.GetFileName(f.Name) == "History" && (Holds(f.Bytes, Pages.In("q.job", "uk")) || Holds(f.Bytes, Pages.In("q.job", "de"))));
        var (offer, meeting) = (Data.Offers("uk").First(o => o.Id == Offer), Data.Meetings("uk")[1]);
        foreach (var word in (string[])["kanarie", "Kanarie", StubApi.Token, StubApi.Visitor.ToString(), offer.Title, offer.TitleDe, meeting.Title, meeting.TitleDe])
            Assert.DoesNotContain(profile.Where(f => Holds(f.Bytes, word)).Select(f => $"{word}: {f.Name}"), _ => true);
    }

    /// <summary>Types in all fields that there are, with a mistake on the way, and books.</summary>
    private static async Task Live(IPage page, string origin, int n)
    {
        await page.ArriveAsync("/ask/1$");
        await page.GotoAsync($"{origin}/ask/8");
        await page.Locator("#job").FillAsync($"Pflege kanariejob{n}");
        await page.Locator(".field.find button").ClickAsync();
        await page.Locator("input[name=searched]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.GotoAsync($"{origin}/check");
        await page.Locator("#email").FillAsync($"kanarie{n}@example.org");
        await page.Locator(".dock .main").ClickAsync();
        await page.Locator(".mistakes").WaitForAsync();
        await page.Locator("input[value=matching]").CheckAsync();
        await page.Locator(".dock .main").ClickAsync();
        await page.ArriveAsync("/matches$");
        await page.Locator("#q").FillAsync($"kanariesuche{n}");
        await page.Locator(".search button").ClickAsync();
        await page.ArriveAsync("/search");
        Assert.Equal($"kanariesuche{n}", await page.Locator("#q").InputValueAsync());
        await page.GotoAsync($"{origin}/offers/{Offer}");
        await page.Locator("#note").FillAsync($"Kanarienote{n}");
        await page.Locator("input[name=slot]").First.CheckAsync(new() { Force = true });
        await page.Locator("form:has(#note) button").First.ClickAsync();
        await page.ArriveAsync("/day[?]new=");
        await page.GotoAsync($"{origin}/day/{Data.Meetings("uk")[1].Id}");
        await page.GotoAsync($"{origin}/day");
    }

    private static async Task Leave(IPage page, IBrowserContext context, int way)
    {
        if (way == 0)
        {
            await page.Locator("main a[href='/kiosk']").Last.ClickAsync();
            return;
        }
        await context.Clock.RunForAsync(61_000);
        await page.Locator("dialog").WaitForAsync();
        if (way == 1) await page.Locator("dialog [formaction='/kiosk/end']").ClickAsync();
        else await context.Clock.RunForAsync(31_000);
    }

    private static async Task Forgotten(IPage page, IBrowserContext context)
    {
        Assert.DoesNotContain(await context.CookiesAsync(), c => c.Name is not ("mm.kiosk" or "mm.form"));
        Assert.Equal("0 0 0 0", await page.EvaluateAsync<string>("async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length].join(' ')"));
        for (var step = 0; step < 8; step++)
        {
            var before = page.Url;
            try
            {
                await page.GoBackAsync(new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            }
            catch (PlaywrightException)
            {
                continue; // A form's answer is not kept, and its form is not sent again.
            }
            var seen = await page.ContentAsync() + string.Join(' ', await page.Locator("input, textarea").EvaluateAllAsync<string[]>("all => all.map(f => f.type === 'hidden' ? '' : f.value)"));
            Assert.DoesNotContain("kanarie", seen, StringComparison.OrdinalIgnoreCase);
            if (page.Url == before) break;
        }
    }

    private static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (IOException)
        {
            return []; // A lock or a socket of the browser's.
        }
    }

    private static bool Holds(byte[] bytes, string word) =>
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(word)) >= 0;
}
