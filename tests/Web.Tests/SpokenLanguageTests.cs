using Matchmaking.Rig;

namespace Matchmaking.Web.Tests;

/// <summary>
/// A screen reader takes its voice from "lang": German titles and names of stands within a page of another language are marked as German wherever they are
/// read, also in the hidden words of a button. An attribute cannot be marked, so no label is made of them.
/// </summary>
public sealed class SpokenLanguageTests
{
    private const string Unmarked = """
        names => {
          const faults = [];
          const say = (what, where) => faults.push(`${what.trim()} in ${where.localName}.${where.className}`);
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const { data, parentElement } = walk.currentNode;
            // A picture has one label; an option cannot be divided.
            if (parentElement.closest("svg, option, textarea")) continue;
            if (names.some(name => data.includes(name)) && parentElement.closest("[lang]").lang !== "de") say(data, parentElement);
          }
          for (const one of document.querySelectorAll("[aria-label], [title], [alt]"))
            for (const label of ["aria-label", "title", "alt"])
              if (names.some(name => one.getAttribute(label)?.includes(name)) && one.lang !== "de") say(one.getAttribute(label), one);
          return faults;
        }
        """;

    [Theory, InlineData("fr"), InlineData("ar")]
    public async Task German_on_a_visitors_page_is_spoken_as_german(string language)
    {
        await using var site = new Site { OneProcess = true };
        site.UseKestrel(0);
        site.StartServer();
        // In French there are no titles of these offers; in Arabic there are, and German stands beside them.
        site.Api.Meetings.AddRange(Data.Meetings(language));
        site.Api.Suggested.Add(Data.Suggestion(language));
        site.Api.Waiting.Add(Data.Waiting(language));
        site.Api.Clash = new(Contracts.Matching.RouteClash.Overlaps, StubApi.Id(300), 0);
        site.Api.Choices[StubApi.Id(101)] = new("bookmarked");
        site.Api.Choices[StubApi.Id(104)] = new("not-for-me");
        var names = Data.Offers("de").SelectMany(o => (string[])[o.Title, o.Exhibitor]).ToArray();
        await LookAsync(site, $"/link/{StubApi.Visitor}/{StubApi.Token}", language, names,
            ["/matches", $"/matches?gone={StubApi.Id(104)}", "/matches/gone", "/search?q=kurs", $"/compare?id={StubApi.Id(100)}&id={StubApi.Id(101)}", $"/offers/{StubApi.Id(101)}", $"/offers/{StubApi.Id(104)}", "/day", $"/day/{StubApi.Id(300)}", "/day/slip"]);
    }

    [Theory]
    [InlineData("exhibitor", "/exhibitor"), InlineData("exhibitor", "/exhibitor/day"), InlineData("exhibitor", "/exhibitor/offers"), InlineData("analyst", "/analyst/exposure"), InlineData("analyst", "/analyst/rows?figure=stand.asked")]
    [InlineData("organiser", "/organiser/schedule"), InlineData("organiser", "/organiser")]
    public async Task German_on_a_page_of_staff_is_spoken_as_german(string role, string path)
    {
        await using var site = new Site { OneProcess = true };
        site.UseKestrel(0);
        site.StartServer();
        var titles = Data.StandOffers.Select(o => o.Offer.Title!).Concat(Data.StandMeetings.Select(m => m.Title));
        var stands = Data.Offers("de").Select(o => o.Exhibitor).Concat(FigureData.Told.Exposure.Stands.Select(s => s.Name)).Concat(Data.Draft.Review!.Stands.Select(s => s.Exhibitor));
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(Screen.Desktop);
        var page = await context.NewPageAsync();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await page.GotoAsync($"{origin}/sign-in?lang=en");
        await page.Locator($"button[value={role}]").ClickAsync();
        await page.GotoAsync(origin + path);
        Assert.Empty(await page.EvaluateAsync<string[]>(Unmarked, titles.Concat(stands).Distinct()));
    }

    private static async Task LookAsync(Site site, string link, string language, string[] names, string[] paths)
    {
        await using var rig = await Browser.StartAsync();
        await using var context = await rig.OpenAsync(Screen.Phone);
        var page = await context.NewPageAsync();
        var origin = site.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        await page.GotoAsync($"{origin}/?lang={language}");
        await page.GotoAsync(origin + link);
        var faults = new List<string>();
        foreach (var path in paths)
        {
            await page.GotoAsync(origin + path);
            // That something is looked at: each of these pages names an offer.
            Assert.NotEqual(0, await page.GetByText(names[0]).CountAsync() + await page.GetByText(names[2]).CountAsync() + await page.GetByText(names[8]).CountAsync());
            faults.AddRange((await page.EvaluateAsync<string[]>(Unmarked, names)).Select(f => $"{path}: {f}"));
        }
        Assert.Empty(faults);
    }
}
