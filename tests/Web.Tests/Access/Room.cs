using Microsoft.Playwright;

namespace Matchmaking.Web.Tests.Access;

/// <summary>One browser and one site, in which every page is looked at in turn.</summary>
public sealed class Room : IAsyncLifetime
{
    internal Site Site { get; } = new() { OneProcess = true };
    internal Rig.Browser Browser { get; private set; } = default!;

    public async ValueTask InitializeAsync()
    {
        Site.UseKestrel(0);
        Site.StartServer();
        Browser = await Rig.Browser.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Site.DisposeAsync();
    }

    /// <summary>Goes through all pages of a visitor and fails with what is found on them.</summary>
    /// <param name="screen">At the kiosk, those of a kiosk.</param>
    /// <param name="examine">Faults of the page as it stands, one a line.</param>
    internal Task VisitorPages(Rig.Screen screen, string language, Func<IPage, Task<IEnumerable<string>>> examine) =>
        Pages(screen, language, (page, look) => Walk.Visitor(page, Site, language, screen == Rig.Screen.Kiosk, look), examine);

    /// <summary>The same with those of staff.</summary>
    internal Task StaffPages(string language, Func<IPage, Task<IEnumerable<string>>> examine) =>
        Pages(Rig.Screen.Desktop, language, (page, look) => Walk.Staff(page, Site, language, look), examine);

    private async Task Pages(Rig.Screen screen, string language, Func<IPage, Func<string, Task>, Task> walk, Func<IPage, Task<IEnumerable<string>>> examine)
    {
        Site.Api.Meetings.Clear();
        Site.Api.Meetings.AddRange(Data.Meetings(language));
        await using var context = await Browser.OpenAsync(screen, language);
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        await walk(page, async name => faults.AddRange((await examine(page)).Select(f => $"{screen} {name} {language}: {f}")));
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(60)));
    }
}
