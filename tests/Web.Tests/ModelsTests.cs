using System.Net;
using System.Text.Json;
using Matchmaking.Contracts.Matching;

namespace Matchmaking.Web.Tests;

/// <summary>The analyst's page of models: told plainly, decided on a page of its own.</summary>
public sealed class ModelsTests
{
    private const string Page = "/analyst/models", Decide = "/analyst/models/decide", Challenger = "20261126-1330-b20c";

    [Fact]
    public async Task What_ranks_what_was_learned_and_what_is_a_demo_is_said()
    {
        await using var site = new Site();
        var browser = await site.Staff("analyst", "en");
        var html = await TextAsync(browser, Page);
        foreach (var words in (string[])["A learned model:", "20261125-0300-7f3a", "No worse than what it was compared with.", "Too few people agreed.", "There are 12, needed: 100.", "Stands and people are invented",
            "learned on other features", "served worse", "Ada Beispiel, analyst", "0.57", "uploaded"]) Assert.Contains(words, html);
        Assert.DoesNotContain($"{Decide}?version=20261120-0300-aaaa", html); // made for other features
        site.Api.Empty = true;
        var none = await TextAsync(browser, Page);
        foreach (var words in (string[])["Fixed rules that can be read.", "Nothing has been learned yet.", "There is nothing to go back to.", "No learned model waits for a decision yet.", "Nobody has changed anything yet."]) Assert.Contains(words, none);
    }

    [Theory, InlineData(Challenger, "/api/models/20261126-1330-b20c/promote", "promotion"), InlineData("", "/api/models/rollback", "rollback")]
    public async Task A_decision_needs_a_name_and_a_reason_and_says_which_champion_was_seen(string version, string path, string done)
    {
        await using var site = new Site();
        var browser = await site.Staff("analyst");
        var asked = version.Length > 0 ? $"{Decide}?version={version}" : Decide;
        var incomplete = await Site.Post(browser, asked, Decide, ("version", version), ("expected", "20261125-0300-7f3a"), ("name", "Ada <b>"), ("reason", " "));
        Assert.Equal(HttpStatusCode.BadRequest, incomplete.StatusCode);
        var again = await incomplete.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("#reason", again);
        Assert.Contains("Ada &lt;b&gt;", again);
        Assert.Empty(Writes(site));

        var sent = await Site.Post(browser, asked, Decide, ("version", version), ("expected", "20261125-0300-7f3a"), ("name", "Ada"), ("reason", "besser"));
        Assert.Equal((HttpStatusCode.SeeOther, $"{Page}?done={done}"), (sent.StatusCode, sent.Headers.Location!.ToString()));
        var write = Assert.Single(Writes(site));
        Assert.Equal((path, "jwt-analyst"), (write.Path, write.Bearer));
        Assert.Equal(new ModelDecision("Ada", "besser", "20261125-0300-7f3a"), JsonSerializer.Deserialize<ModelDecision>(write.Body!, JsonSerializerOptions.Web));
    }

    [Fact]
    public async Task Somebody_elses_decision_in_between_is_told_and_what_is_gone_cannot_be_put_in_force()
    {
        await using var site = new Site();
        var browser = await site.Staff("analyst", "en");
        site.Api.RefuseDecision = "changed-meanwhile";
        var sent = await Site.Post(browser, $"{Decide}?version={Challenger}", Decide, ("version", Challenger), ("expected", ""), ("name", "Ada"), ("reason", "better"));
        Assert.Equal($"{Page}?problem=changed-meanwhile", sent.Headers.Location!.ToString());
        Assert.Contains("Somebody else has just decided.", await TextAsync(browser, sent.Headers.Location!.ToString()));
        var gone = await browser.GetAsync($"{Decide}?version=nothing", TestContext.Current.CancellationToken);
        Assert.Equal($"{Page}?problem=changed-meanwhile", gone.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Learning_starts_by_a_button()
    {
        await using var site = new Site();
        var browser = await site.Staff("analyst", "en");
        var sent = await Site.Post(browser, Page, $"{Page}/train");
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        Assert.Equal("/api/models/train", Assert.Single(Writes(site)).Path);
        Assert.Contains("Learning is under way.", await TextAsync(browser, $"{Page}?done=training"));
    }

    private static IEnumerable<StubApi.Call> Writes(Site site) => site.Api.Writes.Where(w => w.Path.StartsWith("/api/models", StringComparison.Ordinal));

    private static async Task<string> TextAsync(HttpClient browser, string path) => WebUtility.HtmlDecode(await browser.GetStringAsync(path, TestContext.Current.CancellationToken));
}
