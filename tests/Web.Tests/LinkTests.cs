using System.Net;

namespace Matchmaking.Web.Tests;

/// <summary>A capability link on a browser that holds a list already.</summary>
public sealed class LinkTests
{
    private static readonly string Own = $"/link/{StubApi.Visitor}/{StubApi.Token}", Other = $"/link/{StubApi.Friend}/{StubApi.Token}";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_to_somebody_elses_list_asks_before_it_takes_the_place_of_ones_own()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        var page = await browser.GetAsync(Other + "?to=day", Cancel);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("href=\"/matches\"", html);
        Assert.Contains($"action=\"{Other}?to=day\"", html);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/matches", Cancel)).StatusCode);
        Assert.Contains(site.Api.Calls, c => c.Path == $"/api/visitors/{StubApi.Visitor}/matches");

        site.Api.Calls.Clear();
        Assert.Equal("/day", (await Site.Post(browser, Other + "?to=day")).Headers.Location!.ToString());
        await browser.GetAsync("/matches", Cancel);
        Assert.Contains(site.Api.Calls, c => c.Path == $"/api/visitors/{StubApi.Friend}/matches");
    }

    [Fact]
    public async Task One_tap_is_enough_where_no_other_list_can_be_lost()
    {
        await using var site = new Site();
        // Nobody's browser; then the same list again.
        var browser = site.Browser();
        foreach (var _ in (int[])[1, 2]) Assert.Equal("/matches", (await browser.GetAsync(Own, Cancel)).Headers.Location?.ToString());
        // A list that was erased is none to lose.
        site.Api.Erased = true;
        Assert.Equal("/matches", (await browser.GetAsync(Other, Cancel)).Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_link_asks_before_it_takes_the_place_of_answers_that_are_not_handed_in()
    {
        await using var site = new Site();
        var browser = site.Browser();
        await Site.Post(browser, "/ask/1", ("goals", "work"), ("go", "next"));
        var html = await browser.GetStringAsync(Own + "?to=day", Cancel);
        Assert.Contains("Hier sind angefangene Antworten", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/check\"", html, StringComparison.Ordinal);
        Assert.Contains($"action=\"{Own}?to=day\"", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/matches", Cancel)).StatusCode);
        Assert.Matches("value=\"work\" checked", await browser.GetStringAsync("/ask/1", Cancel));

        Assert.Equal("/day", (await Site.Post(browser, Own + "?to=day")).Headers.Location?.ToString());
        Assert.DoesNotMatch("value=\"work\" checked", await browser.GetStringAsync("/ask/1", Cancel));

        // Who only looked has nothing to lose.
        var other = site.Browser();
        await Site.Post(other, "/ask/1", ("go", "skip"));
        await other.GetAsync("/check", Cancel);
        Assert.Equal("/matches", (await other.GetAsync(Own, Cancel)).Headers.Location?.ToString());

        // A list that was erased is none to lose; what was answered since is, were it only in which languages.
        var own = site.Browser();
        await own.GetAsync(Own, Cancel);
        site.Api.Erased = true;
        await Site.Post(own, "/ask/3", ("languages", "de"), ("languages", "uk"), ("go", "next"));
        Assert.Contains("Hier sind angefangene Antworten", await own.GetStringAsync(Other, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_opens_nothing_takes_nothing_away()
    {
        await using var site = new Site();
        var browser = await site.Visitor();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync($"/link/{StubApi.Id(77)}/{StubApi.Token}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/matches", Cancel)).StatusCode);
    }
}
