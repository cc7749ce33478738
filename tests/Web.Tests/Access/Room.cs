using Microsoft.Playwright;

namespace Matchmaking.Web.Tests.Access;

/// <summary>Faults of a page as it stands, one a line; leaves it as it was, but for where the focus is.</summary>
internal delegate Task<IEnumerable<string>> Check(IPage page);

/// <summary>One browser and one site, in which every page is looked at in turn.</summary>
public sealed class Room : IAsyncLifetime
{
    internal Site Site { get; } = new() { OneProcess = true };
    internal Rig.Browser Browser { get; private set; } = default!;

    /// <summary>Of the site's addresses, without a slash at the end.</summary>
    internal string Origin { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Site.UseKestrel(0);
        Site.StartServer();
        Origin = Site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        Browser = await Rig.Browser.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Site.DisposeAsync();
    }

    /// <summary>What does not change from language to language is asked in one of each direction.</summary>
    internal static Check[] Thorough(string language) => language is "de" or "ar" ? [Axe.Pale, Schemes.Ignored, Focus.Missed] : [];

    /// <summary>Goes through all pages of a visitor and fails with what is found on them.</summary>
    /// <param name="screen">At the kiosk, those of a kiosk.</param>
    internal Task VisitorPages(Rig.Screen screen, string language, Check[] checks) =>
        Pages(screen, language, (page, look) => Walk.Visitor(page, this, language, screen == Rig.Screen.Kiosk, look), checks);

    /// <summary>The same with those of staff.</summary>
    internal Task StaffPages(string language, Check[] checks) =>
        Pages(Rig.Screen.Desktop, language, (page, look) => Walk.Staff(page, this, language, look), checks);

    private async Task Pages(Rig.Screen screen, string language, Func<IPage, Func<string, Task>, Task> walk, Check[] checks)
    {
        Site.Api.Meetings.Clear();
        Site.Api.Meetings.AddRange(Data.Meetings(language));
        await using var context = await Browser.OpenAsync(screen, language);
        await Axe.Bring(context);
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        await walk(page, async name =>
        {
            foreach (var check in checks) faults.AddRange((await check(page)).Select(f => $"{screen} {name} {language}: {f}"));
        });
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(60)));
    }
}
