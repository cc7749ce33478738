using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Matchmaking.Contracts.Matching;

namespace Matchmaking.Matching.Tests.Eligibility;

/// <summary>POST /api/eligibility/preview: rules hold by days, and a day is one where the fair is.</summary>
public sealed class PreviewTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_moment_counts_as_the_day_it_falls_on_where_the_fair_is_also_where_it_is_midnight_elsewhere()
    {
        await using var host = await MatchingHost.StartAsync();
        foreach (var (at, day) in ((string, string)[])
        [
            ("2026-02-08", "2026-02-08"), ("2026-02-09", "2026-02-09"),
            // The fair's zone is an hour ahead of UTC in February and two in June.
            ("2026-02-08T22:59Z", "2026-02-08"), ("2026-02-08T23:00Z", "2026-02-09"), ("2026-06-20T22:00:00Z", "2026-06-21"),
            ("2026-02-09T00:00+01:00", "2026-02-09"), ("2026-02-09T00:00:00+05:00", "2026-02-08"), ("2026-02-08T00:00:00-12:00", "2026-02-08"), ("2026-02-08T18:00:00-06:00", "2026-02-09"),
            ("2026-02-09T00:00:00Z", "2026-02-09"), ("2026-02-09T00:00:00+00:00", "2026-02-09"),
        ])
        {
            var answer = await AskAsync(host, $$$"""{"needs":{"coursePaper":"none"},"at":"{{{at}}}"}""");
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{at}: {await answer.Content.ReadAsStringAsync(Cancel)}");
            var judged = (await answer.Content.ReadFromJsonAsync<EligibilityResult>(Cancel))!;
            Assert.Equal((at, day), (at, judged.At.ToString("yyyy-MM-dd")));
            Assert.Equal(day == "2026-02-08" ? "likely" : "ask", judged.Types.Single(t => t.Type == "integrationskurs").Verdict);
        }
    }

    [Theory]
    [InlineData("\"2026-02-09T00:00:00\"", "Abstand zur Weltzeit"), InlineData("\"2026-02-09 10:00+01:00\"", "kein Datum"), InlineData("\"9.2.2026\"", "kein Datum"), InlineData("\"\"", "kein Datum"), InlineData("5", "falsche Form")]
    public async Task A_time_without_an_offset_and_what_is_no_time_is_refused_with_field_and_repair(string at, string says)
    {
        await using var host = await MatchingHost.StartAsync();
        var answer = await AskAsync(host, $$$"""{"needs":{"coursePaper":"none"},"at":{{{at}}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors");
        Assert.Contains(says, errors.GetProperty("at")[0].GetString());
    }

    [Theory]
    [InlineData("2022-12-31", "beginnen am 2023-01-01"), InlineData("0001-01-01", "beginnen am 2023-01-01"), InlineData("9999-12-31", "in mehr als 5 Jahren"), InlineData("9999-12-31T23:59:59Z", "in mehr als 5 Jahren"), InlineData("9999-12-31T23:59:59-12:00", "kein Datum")]
    public async Task A_day_of_which_nobody_knows_the_rules_is_refused(string at, string says)
    {
        await using var host = await MatchingHost.StartAsync();
        var answer = await AskAsync(host, $$$"""{"needs":{},"at":"{{{at}}}"}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(says, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").GetProperty("at")[0].GetString());
    }

    [Fact]
    public async Task The_first_day_of_the_rules_and_one_in_five_years_can_be_asked()
    {
        await using var host = await MatchingHost.StartAsync();
        var ahead = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddYears(5);
        foreach (var at in (DateOnly[])[new(2023, 1, 1), ahead])
        {
            var judged = (await (await AskAsync(host, $$$"""{"needs":{},"at":"{{{at:yyyy-MM-dd}}}"}""")).Content.ReadFromJsonAsync<EligibilityResult>(Cancel))!;
            Assert.Equal(at, judged.At);
            Assert.All(judged.Types, t => Assert.NotEmpty(t.Rules));
        }
    }

    [Fact]
    public async Task Unknown_is_an_answer_here_too_and_a_mistake_within_is_named_by_its_whole_path()
    {
        await using var host = await MatchingHost.StartAsync();
        var answer = await AskAsync(host, """{"needs":{"language":"uk-UA","german":"unknown","goals":["unknown"],"childcare":"unknown","interpreter":{"gender":"unknown"},"channel":"unknown"}}""");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        foreach (var (body, field) in ((string, string)[])
        [
            ("""{"needs":{"german":{"speeking":"A1"}}}""", "needs.german.speeking"), ("""{"needs":{"german":{"speaking":"A9"}}}""", "needs.german.speaking"),
            ("""{"needs":{"availability":[{"from":"2026-06-20T10:00","to":"2026-06-20T12:00Z"}]}}""", "needs.availability[0].from"), ("""{"needs":{"childcare":7}}""", "needs.childcare"),
        ])
        {
            var refused = await AskAsync(host, body);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.True((await refused.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").TryGetProperty(field, out _), field);
        }
    }

    [Fact]
    public async Task A_range_of_figures_takes_days_and_moments_with_an_offset()
    {
        await using var host = await MatchingHost.StartAsync();
        using var analyst = host.Staff("analyst");
        foreach (var good in (string[])["from=2026-06-01&to=2026-06-30", "from=2026-06-01T10:00%2B02:00", "from=2026-06-01T10:00+02:00", "to=2026-06-01T10:00Z"])
            Assert.Equal((good, HttpStatusCode.OK), (good, (await analyst.GetAsync("/api/quality/summary?" + good, Cancel)).StatusCode));
        foreach (var bad in (string[])["from=2026-06-01T10:00", "to=yesterday", "to=10:00Z"])
            Assert.Equal((bad, HttpStatusCode.BadRequest), (bad, (await analyst.GetAsync("/api/quality/summary?" + bad, Cancel)).StatusCode));
    }

    private static Task<HttpResponseMessage> AskAsync(MatchingHost host, string body) =>
        host.Anyone().PostAsync("/api/eligibility/preview", new StringContent(body, Encoding.UTF8, "application/json"), Cancel);
}
