using System.Net;
using System.Net.Http.Json;
using System.Text;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Visitors;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matchmaking.Profile.Tests.Visitors;

/// <summary>A button pressed twice, or a client that tries again: one visitor, and each time the same answer.</summary>
public sealed class SubmittedTwiceTests(Servers servers)
{
    private const string Body = """{"language":"uk","consents":["matching"],"contact":{"email":"a@example.org"}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<ProfileHost> HostAsync(bool deployed) => await ProfileHost.StartAsync(deployed ? await servers.FreshAsync() : null);

    [Theory, InlineData(false), InlineData(true)]
    public async Task Sent_twelve_times_at_once_it_makes_one_visitor_and_all_get_the_same_answer(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => SendAsync(host, key)));
        var first = await CreatedAsync(answers[0]);
        foreach (var answer in answers[1..]) Assert.Equal(first, await CreatedAsync(answer));
        Assert.Equal(first, await CreatedAsync(await SendAsync(host, key)));
        Assert.Equal((1, 1, 1), await CountAsync(host));
        using var own = host.As(first.Token);
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync($"api/visitors/{first.Id}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task The_same_key_with_other_needs_is_refused_and_other_keys_or_none_make_visitors_of_their_own()
    {
        await using var host = await ProfileHost.StartAsync();
        var key = Guid.NewGuid().ToString();
        var first = await CreatedAsync(await SendAsync(host, key));
        await (await SendAsync(host, key, """{"language":"de","consents":["matching"]}""")).ProblemAsync(422, "idempotency-key-reused");
        // What means the same is the same: order of fields, white space, a region.
        Assert.Equal(first, await CreatedAsync(await SendAsync(host, key, """{ "consents":["matching"], "contact":{"email":"a@example.org"}, "language":"uk-UA" }""")));
        var other = await CreatedAsync(await SendAsync(host, Guid.NewGuid().ToString()));
        var none = await CreatedAsync(await SendAsync(host, null));
        Assert.Equal(3, new[] { first, other, none }.DistinctBy(v => v.Id).DistinctBy(v => v.Token).Count());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task What_was_erased_does_not_come_back_with_a_late_repeat(bool deployed)
    {
        await using var host = await HostAsync(deployed);
        var key = Guid.NewGuid().ToString();
        var visitor = await CreatedAsync(await SendAsync(host, key));
        using var own = host.As(visitor.Token);
        Assert.Equal(HttpStatusCode.Accepted, (await own.DeleteAsync($"api/visitors/{visitor.Id}", Cancel)).StatusCode);
        await (await SendAsync(host, key)).ProblemAsync(410, "visitor-erased");
        Assert.Equal((0, 0, 1), await CountAsync(host));
        var tombstone = await host.InAsync(db => db.Submissions.AsNoTracking().SingleAsync(Cancel));
        Assert.Equal((null, ""), (tombstone.VisitorId, tombstone.BodyHash));

        var retention = host.App.Services.GetServices<IHostedService>().OfType<RetentionEnd>().Single();
        host.Clock.Advance(Submission.RememberedErased);
        await retention.ForgetServedAsync(Cancel);
        Assert.Equal((0, 0, 0), await CountAsync(host));
    }

    [Fact]
    public async Task A_key_gives_its_token_for_a_day_and_is_used_up_then()
    {
        await using var host = await ProfileHost.StartAsync();
        var key = Guid.NewGuid().ToString();
        var first = await CreatedAsync(await SendAsync(host, key));
        host.Clock.Advance(Submission.Answered);
        Assert.Equal(first, await CreatedAsync(await SendAsync(host, key)));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await (await SendAsync(host, key)).ProblemAsync(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_key_has_a_length()
    {
        await using var host = await ProfileHost.StartAsync();
        await (await SendAsync(host, new string('k', 101))).ProblemAsync(400, "idempotency-key-too-long");
        await (await SendAsync(host, new string('k', 15))).ProblemAsync(400, "idempotency-key-too-short");
        Assert.Equal((0, 0, 0), await CountAsync(host));
        await CreatedAsync(await SendAsync(host, new string('k', 16)));
        await CreatedAsync(await SendAsync(host, new string('l', 100)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Another_replica_and_a_restart_give_the_same_token_and_neither_key_nor_token_is_kept(bool deployed)
    {
        var settings = deployed ? await servers.FreshAsync() : null;
        var key = Guid.NewGuid().ToString();
        using var folder = new Rig.TemporaryFolder();
        VisitorCreated first;
        await using (var host = await ProfileHost.StartAsync(settings, ("DataFolder", folder.Path)))
        {
            first = await CreatedAsync(await SendAsync(host, key));
            var row = await host.InAsync(db => db.Submissions.AsNoTracking().SingleAsync(Cancel));
            Assert.DoesNotContain(key, $"{row.KeyHash} {row.BodyHash}");
            Assert.NotEqual(CapabilityToken.Hash(key), row.KeyHash);
            Assert.NotEqual(CapabilityToken.Hash(first.Token), row.KeyHash);
        }
        await using var next = await ProfileHost.StartAsync(settings, ("DataFolder", folder.Path));
        var again = await CreatedAsync(await SendAsync(next, key));
        Assert.Equal((first.Id, first.Token), (again.Id, again.Token));
    }

    private static async Task<VisitorCreated> CreatedAsync(HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Cancel));
        return (await answer.Content.ReadFromJsonAsync<VisitorCreated>(Cancel))!;
    }

    private static Task<HttpResponseMessage> SendAsync(ProfileHost host, string? key, string body = Body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "api/visitors") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return host.Http.SendAsync(request, Cancel);
    }

    private static Task<(int Visitors, int Tokens, int Submissions)> CountAsync(ProfileHost host) => host.InAsync(async db =>
        (await db.Visitors.CountAsync(Cancel), await db.VisitorTokens.CountAsync(Cancel), await db.Submissions.CountAsync(Cancel)));
}
