using System.Net;
using Matchmaking.Rig;
using Matchmaking.Tests;
using StackExchange.Redis;

namespace Matchmaking.Web.Tests;

/// <summary>Redis away means slower, never wrong: also for a process that has never seen it.</summary>
public sealed class WithoutRedisTests
{
    [Fact]
    public async Task Pages_and_forms_work_while_Redis_is_away_and_keys_are_handed_over_when_it_comes()
    {
        await using var redis = await RedisServer.StartAsync();
        await redis.KillAsync();
        await using var site = new Site { Redis = redis.ConnectionString };
        var browser = site.Browser();
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/ask/1", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal("/ask/1", (await Site.Post(browser, "/language", "/start", ("language", "en"))).Headers.Location?.ToString());
        var staff = await site.Staff("exhibitor");
        Assert.Equal(HttpStatusCode.OK, (await staff.GetAsync("/exhibitor", TestContext.Current.CancellationToken)).StatusCode);

        await redis.RestartAsync();
        await using var other = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        await Until.TrueAsync("the key is handed over", async () => await other.GetDatabase().ListLengthAsync("matchmaking:keys") > 0);

        // A replica that starts now opens what was sealed meanwhile.
        await using var replica = new Site { Redis = redis.ConnectionString };
        var moved = replica.Browser();
        moved.DefaultRequestHeaders.Add("Cookie", await CookieAsync(site));
        Assert.Equal(HttpStatusCode.OK, (await moved.GetAsync("/exhibitor", TestContext.Current.CancellationToken)).StatusCode);
    }

    private static async Task<string> CookieAsync(Site site)
    {
        var browser = site.Browser();
        var answer = await Site.Post(browser, "/sign-in", "/sign-in/demo", ("role", "exhibitor"), ("exhibitor", StubApi.Stand.ToString()));
        return answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("mm.staff=", StringComparison.Ordinal)).Split(';')[0];
    }
}
