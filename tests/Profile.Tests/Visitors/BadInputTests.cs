using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Tests.Visitors;

/// <summary>One process with the demo fair for all tests of a class that leave nothing behind.</summary>
public sealed class DemoFair : IAsyncLifetime
{
    internal ProfileHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await ProfileHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>What is wrong is named by field, with what to do, in German or English; nothing is half-stored.</summary>
public sealed class BadInputTests(DemoFair demo) : IClassFixture<DemoFair>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"language":"uk","consents":["matching"],"nationality":"UA"}""", "invalid", "nationality")]
    [InlineData("""{"language":"uk","consents":["matching"],"german":{"speeking":"A1"}}""", "invalid", "german.speeking")]
    [InlineData("""{"language":"uk","consents":["matching"],"ageBand":"27"}""", "invalid", "ageBand")]
    [InlineData("""{"language":"uk","consents":["matching"],"goals":["work","fame"]}""", "invalid", "goals")]
    [InlineData("""{"language":"uk"}""", "invalid", "consents")]
    [InlineData("""{"language":"uk","consents":[]}""", "invalid", "consents")]
    [InlineData("""{"consents":["matching"]}""", "invalid", "language")]
    [InlineData("""{"language":"uk","consents":["matching"],"district":"LONG"}""", "invalid", "district")]
    [InlineData("""{"language":"uk","consents":["matching"],"availability":[{"from":"20.06.2026","to":"2026-06-20T13:00+02:00"}]}""", "invalid", "availability[0].from")]
    [InlineData("""{"language":"uk","consents":["matching"],"availability":[{"from":"2026-06-20T13:00+02:00","to":"2026-06-20T10:00+02:00"}]}""", "invalid", "availability[0].to")]
    [InlineData("""{"language":"uk","consents":["matching"],"childcare":"yes"}""", "invalid", "childcare")]
    [InlineData("""{"language":"uk","consents":["matching"],"occupation":{"isco":2221}}""", "invalid", "occupation.isco")]
    [InlineData("""{"language":"uk","consents":["matching"],"occupation":{"years":"4"}}""", "invalid", "occupation.years")]
    [InlineData("""{"language":"uk","consents":"matching"}""", "invalid", "consents")]
    [InlineData("""{"language":"uk","consents":["matching"]""", "malformed", null)]
    [InlineData("""{"language":"uk","language":"de","consents":["matching"]}""", "malformed", null)]
    [InlineData("""{"language":"uk","consents":["matching"]} trailing""", "malformed", null)]
    [InlineData("[]", "malformed", null)]
    [InlineData("null", "malformed", null)]
    [InlineData("7", "malformed", null)]
    [InlineData("", "malformed", null)]
    public async Task Bad_input_is_refused_by_field_in_German_and_English_and_nothing_is_stored(string body, string code, string? field)
    {
        var host = demo.Host;
        body = body.Replace("LONG", new string('x', 61), StringComparison.Ordinal);
        var (visitor, own) = await host.VisitorAsync();
        var before = await CountAsync(host);
        var texts = new List<string>();
        foreach (var language in (string[])["de", "en", "tr"])
        {
            foreach (var client in (HttpClient[])[host.Http, own])
            {
                client.DefaultRequestHeaders.AcceptLanguage.Clear();
                client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            }
            foreach (var answer in (HttpResponseMessage[])[await host.Http.PostAsync("api/visitors", Json(body), Cancel), await own.PutAsync($"api/visitors/{visitor.Id}", Json(body), Cancel)])
            {
                var faults = await answer.ProblemAsync(400, code);
                if (field is not null) Assert.NotEmpty(Assert.Single(faults, f => f.Key == field).Value);
                var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
                texts.Add(problem.GetProperty("title").GetString() + (field is null ? "" : problem.GetProperty("errors").GetRawText()));
            }
        }
        Assert.NotEqual(texts[0], texts[2]);    // German is not English
        Assert.Equal(texts[0], texts[4]);       // a language that we do not have answers in German
        Assert.Equal(before, await CountAsync(host));
        Assert.DoesNotContain("Exception", string.Join(' ', texts));
    }

    [Fact]
    public async Task Sizes_and_types_of_bodies_are_limited()
    {
        var host = demo.Host;
        var before = await CountAsync(host);
        var large = $$"""{"language":"uk","consents":["matching"],"district":"{{new string('x', 70_000)}}"}""";
        await (await host.Http.PostAsync("api/visitors", Json(large), Cancel)).ProblemAsync(413, "too-large");
        await (await host.Http.PostAsync("api/visitors", new StringContent("language=uk", Encoding.UTF8, "application/x-www-form-urlencoded"), Cancel)).ProblemAsync(415, "unsupported-media-type");
        await (await host.Http.PostAsync("api/visitors", new StringContent("{}", Encoding.UTF8, "text/plain"), Cancel)).ProblemAsync(415, "unsupported-media-type");
        await (await host.Http.PatchAsync("api/visitors", Json("{}"), Cancel)).ProblemAsync(405, "method-not-allowed");
        await (await host.Http.GetAsync("api/nothing/here", Cancel)).ProblemAsync(404, "not-found");
        Assert.Equal(before, await CountAsync(host));
    }

    [Fact]
    public async Task A_chunked_body_over_the_limit_is_refused_too()
    {
        var host = demo.Host;
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/visitors") { Content = Json($$"""{"language":"{{new string('x', 70_000)}}"}""") };
        request.Headers.TransferEncodingChunked = true;
        await (await host.Http.SendAsync(request, Cancel)).ProblemAsync(413, "too-large");
    }

    private static Task<(int Visitors, int Outbox, int Tokens)> CountAsync(ProfileHost host) => host.InAsync(async db =>
        (await db.Visitors.CountAsync(Cancel), await db.Outbox.CountAsync(Cancel), await db.VisitorTokens.CountAsync(Cancel)));

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
