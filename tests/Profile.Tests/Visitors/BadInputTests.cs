using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Matchmaking.Contracts.Profile;
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
    [InlineData("""{"language":"uk","consents":["matching"],"availability":[{"from":"2026-06-20T10:00","to":"2026-06-20T13:00+02:00"}]}""", "invalid", "availability[0].from")]
    [InlineData("""{"language":"uk","consents":["matching"],"availability":[{"from":"2026-06-20T10:00Z","to":"2026-06-20"}]}""", "invalid", "availability[0].to")]
    [InlineData("""{"language":"uk","consents":["matching"],"district":"Gr\u0007nau"}""", "invalid", "district")]
    [InlineData("""{"language":"uk","consents":["matching"],"goals":"work"}""", "invalid", "goals")]
    [InlineData("""{"language":"uk","consents":["matching"],"goals":[1]}""", "invalid", "goals[0]")]
    [InlineData("""{"language":"uk","consents":["matching"],"interpreter":{"languages":"uk"}}""", "invalid", "interpreter.languages")]
    [InlineData("""{"language":"uk","consents":"unknown"}""", "invalid", "consents")]
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
    public async Task I_do_not_know_is_an_answer_to_every_question()
    {
        var unknown = string.Join(',', typeof(Needs).GetProperties().Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..])
            .Where(f => f is not ("language" or "consents")).Select(f => $"\"{f}\":\"unknown\""));
        foreach (var body in (string[])[$$"""{"language":"uk-UA","consents":["matching"],{{unknown}}}""", """
            {"language":"uk","consents":["matching"],"goals":["unknown"],"topics":["unknown"],"access":["unknown"],"conversationLanguages":["unknown"],
             "german":{"speaking":"unknown","reading":"unknown","certificate":"unknown"},"occupation":{"isco":"unknown","years":"unknown"},
             "interpreter":{"language":"unknown","gender":"unknown"},"contact":{"email":"unknown","phone":"unknown"}}
            """])
        {
            var created = await demo.Host.Http.PostAsync("api/visitors", Json(body), Cancel);
            Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Cancel));
            var visitor = (await created.Content.ReadFromJsonAsync<VisitorCreated>(Cancel))!;
            using var own = demo.Host.As(visitor.Token);
            var needs = (await own.GetFromJsonAsync<VisitorProfile>($"api/visitors/{visitor.Id}", Cancel))!.Needs;
            Assert.Equal(("uk", null, null, null), (needs.Language, needs.Childcare, needs.District, needs.Channel));
            Assert.True(needs.Goals is null or []);
        }
    }

    [Fact]
    public async Task A_time_without_an_offset_is_refused_with_what_to_write_instead()
    {
        var answer = await demo.Host.Http.PostAsync("api/visitors", Json("""{"language":"uk","consents":["matching"],"availability":[{"from":"2026-06-20T10:00:00","to":"2026-06-20T13:00+02:00"}]}"""), Cancel);
        Assert.Contains("+02:00", Assert.Single((await answer.ProblemAsync(400, "invalid"))["availability[0].from"]));
    }

    [Fact]
    public async Task The_description_of_the_api_still_says_what_the_fields_are()
    {
        var schemas = (await demo.Host.Http.GetFromJsonAsync<JsonElement>("openapi/v1.json", Cancel)).GetProperty("components").GetProperty("schemas");
        var needs = schemas.GetProperty("Needs").GetProperty("properties");
        Assert.Contains("array", needs.GetProperty("goals").GetRawText());
        Assert.Contains("speaking", needs.GetProperty("german").GetRawText() + (schemas.TryGetProperty("German", out var german) ? german.GetRawText() : ""));
        Assert.Contains("boolean", needs.GetProperty("childcare").GetRawText());
        Assert.Contains("date-time", schemas.GetRawText());
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
