using System.Net.Http.Json;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Profile.Tests.Visitors;

/// <summary>A link with a key in it leads to us, whatever a request calls us.</summary>
public sealed class PublicLinkTests(Servers servers)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("evil.example", false), InlineData("10.1.2.3", false), InlineData("localhost.evil.example", false)]
    [InlineData("localhost:5099", true), InlineData("127.0.0.1:5099", true), InlineData("[::1]:5099", true)]
    public async Task In_one_process_a_request_may_call_us_this_machine_and_nothing_else(string host, bool heard)
    {
        await using var fair = await ProfileHost.StartAsync();
        var link = await LinkAsync(fair, host);
        Assert.StartsWith(heard ? $"http://{host}/link/" : fair.Http.BaseAddress + "link/", link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hosts_that_the_operator_allows_are_heard()
    {
        await using var fair = await ProfileHost.StartAsync(null, ("AllowedHosts", "fair.example;localhost;127.0.0.1"));
        Assert.StartsWith("http://fair.example/link/", await LinkAsync(fair, "fair.example"), StringComparison.Ordinal);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_address_that_is_set_wins(bool deployed)
    {
        await using var fair = await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null, ("Public:Address", "https://messe.example/"));
        foreach (var host in (string[])["evil.example", "localhost"]) Assert.StartsWith("https://messe.example/link/", await LinkAsync(fair, host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deployed_without_it_no_request_decides()
    {
        await using var fair = await ProfileHost.StartAsync(await servers.FreshAsync());
        foreach (var host in (string[])["evil.example", "localhost:5099"]) Assert.StartsWith(fair.Http.BaseAddress + "link/", await LinkAsync(fair, host), StringComparison.Ordinal);
    }

    private static async Task<string> LinkAsync(ProfileHost fair, string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/visitors") { Content = JsonContent.Create(new { language = "uk", consents = (string[])["matching"] }) };
        request.Headers.Host = host;
        var answer = await fair.Http.SendAsync(request, Cancel);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<VisitorCreated>(Cancel))!.Link;
    }
}
