using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Contracts.Profile.Occupations;

namespace Matchmaking.Profile.Tests.Occupations;

/// <summary>GET /api/occupations, for anyone.</summary>
public sealed class FindOccupationsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_typed_is_found_and_named_in_the_language_asked_for_with_german_beside()
    {
        await using var host = await ProfileHost.StartAsync();
        Assert.Equal(new OccupationView("7411", "Електрик", "uk", true, "Elektrikerin, Elektriker", "craft"), (await Ask(host, "q=electrician&language=uk"))[0]);
        Assert.Equal(new OccupationView("7411", "Electrician", "en", false, "Elektrikerin, Elektriker", "craft"), (await Ask(host, "q=Електрик&language=so"))[0]);
        Assert.Empty(await Ask(host, "q=Astronautin&language=de"));
    }

    [Fact]
    public async Task Without_a_word_it_is_the_list_and_what_is_named_most_comes_first()
    {
        await using var host = await ProfileHost.StartAsync();
        var all = await Ask(host, "language=vi&take=300");
        Assert.Equal(OccupationList.All.Count, all.Select(o => o.Isco).Distinct().Count());
        Assert.All(all, o => Assert.False(string.IsNullOrWhiteSpace(o.Name) || string.IsNullOrWhiteSpace(o.NameDe)));
        Assert.Equal(OccupationList.Common.Select(o => o.Isco), (await Ask(host, "language=de")).Select(o => o.Isco));
        foreach (var take in (string[])["0", "301", "x"]) await (await host.Http.GetAsync($"api/occupations?take={take}", Cancel)).ProblemAsync(400, "invalid");
    }

    [Fact]
    public async Task The_callers_language_counts_where_none_is_named()
    {
        await using var host = await ProfileHost.StartAsync();
        foreach (var language in (string[])["en", "de"])
        {
            host.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
            host.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            Assert.Equal(language, (await Ask(host, "q=Koch"))[0].Language);
        }
    }

    [Fact]
    public async Task An_answer_that_is_known_already_is_not_sent_again()
    {
        await using var host = await ProfileHost.StartAsync();
        var first = await host.Http.GetAsync("api/occupations?q=koch&language=uk", Cancel);
        Assert.True(first.Headers.CacheControl is { Public: true, MaxAge.TotalMinutes: 60 });
        Assert.Equal(HttpStatusCode.NotModified, (await Again("uk")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Again("ar")).StatusCode);

        async Task<HttpResponseMessage> Again(string language)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"api/occupations?q=koch&language={language}");
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            return await host.Http.SendAsync(request, Cancel);
        }
    }

    private static async Task<OccupationView[]> Ask(ProfileHost host, string query) =>
        (await host.Http.GetFromJsonAsync<OccupationView[]>("api/occupations?" + query, Cancel))!;
}
