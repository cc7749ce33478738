using System.Net;

namespace Matchmaking.Web.Tests;

/// <summary>Tokens live a quarter of an hour; the day of an exhibitor is longer.</summary>
public sealed class StaffSessionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stand_works_all_day_without_noticing_and_signs_in_anew_after_ten_hours()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        for (var minutes = 20; minutes < 600; minutes += 20)
        {
            Wait(site, 20);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/exhibitor", Cancel)).StatusCode);
            Assert.Equal($"jwt-of-{site.Api.Time:HHmm}", site.Api.Calls.Last(c => c.Path.EndsWith("/meetings", StringComparison.Ordinal)).Bearer);
        }
        Wait(site, 20);
        Assert.Equal("/sign-in", (await browser.GetAsync("/exhibitor", Cancel)).Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_good_token_is_not_renewed()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        Wait(site, 12);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/exhibitor", Cancel)).StatusCode);
        Assert.DoesNotContain(site.Api.Calls, c => c.Path == "/api/staff/tokens/renew");
    }

    [Fact]
    public async Task A_session_that_was_ended_elsewhere_is_over_here()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        site.Api.SessionOver = true;
        Wait(site, 14);
        Assert.Equal("/sign-in", (await browser.GetAsync("/exhibitor", Cancel)).Headers.Location?.ToString());
        site.Api.SessionOver = false;
        Assert.Equal("/sign-in", (await browser.GetAsync("/exhibitor", Cancel)).Headers.Location?.ToString());
    }

    [Fact]
    public async Task An_outage_signs_nobody_out()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        Wait(site, 30);
        site.Api.Down = true;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await browser.GetAsync("/exhibitor", Cancel)).StatusCode);
        site.Api.Down = false;
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/exhibitor", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Who_signs_out_ends_the_session_for_good()
    {
        await using var site = new Site();
        var browser = await site.Staff("exhibitor");
        Assert.Equal("/sign-in", (await Site.Post(browser, "/exhibitor", "/sign-out")).Headers.Location?.ToString());
        Assert.Contains("a-renewal", site.Api.Calls.Single(c => c.Path == "/api/staff/sign-out").Body, StringComparison.Ordinal);
        Assert.Equal("/sign-in", (await browser.GetAsync("/exhibitor", Cancel)).Headers.Location?.ToString());
    }

    private static void Wait(Site site, int minutes)
    {
        site.Clock.Advance(TimeSpan.FromMinutes(minutes));
        site.Api.Time = StubApi.Now + (site.Clock.GetUtcNow() - StubApi.Now);
    }
}
