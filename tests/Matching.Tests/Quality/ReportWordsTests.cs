using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;

namespace Matchmaking.Matching.Tests.Quality;

/// <summary>What the organiser says of a fair, kept for its report.</summary>
public sealed class ReportWordsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task They_are_kept_by_fair_with_their_lines_and_of_two_who_write_at_once_one_is_told(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (organiser, analyst) = (host.Staff("organiser"), host.Staff("analyst"));
        Assert.Equal(new FairWords(DemoFair.Fair, "", 0, null), await ReadAsync());

        var kept = await (await PutAsync(new("  Ein guter Tag.\r\n\r\nDanke!\n", 0))).Content.ReadFromJsonAsync<FairWords>(Cancel);
        Assert.Equal(("Ein guter Tag.\n\nDanke!", 1), (kept!.Text, kept.Version));
        Assert.Equal(kept, await ReadAsync($"?fair={DemoFair.Fair}"));

        HttpResponseMessage[] both = [.. await Task.WhenAll(PutAsync(new("eins", 1)), PutAsync(new("zwei", 1)))];
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], both.Select(b => b.StatusCode).Order());
        Assert.Equal("changed-meanwhile", await both.Single(b => !b.IsSuccessStatusCode).ProblemAsync());
        Assert.Equal(2, (await ReadAsync()).Version);

        foreach (var (text, code) in ((string, HttpStatusCode)[])[(new string('x', 4001), HttpStatusCode.BadRequest), ("a\u0007b", HttpStatusCode.BadRequest), (new string('x', 4000), HttpStatusCode.OK), ("", HttpStatusCode.Conflict)])
            Assert.Equal((text.Length, code), (text.Length, (await PutAsync(new(text, 2))).StatusCode));
        Assert.Equal(HttpStatusCode.BadRequest, (await organiser.PutAsJsonAsync("/api/quality/words", new { version = 3 }, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync($"/api/quality/words?fair={Guid.NewGuid()}", Cancel)).StatusCode);

        Task<HttpResponseMessage> PutAsync(NewFairWords words) => organiser.PutAsJsonAsync("/api/quality/words", words, Cancel);
        async Task<FairWords> ReadAsync(string query = "") => await analyst.GetAsync("/api/quality/words" + query, Cancel).ReadAsync<FairWords>();
    }

    [Fact]
    public async Task Without_a_fair_there_is_nothing_to_say_anything_of()
    {
        await using var host = await MatchingHost.StartAsync(catalogue: false);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Staff("organiser").PutAsJsonAsync("/api/quality/words", new NewFairWords("x", 0), Cancel)).StatusCode);
    }
}
