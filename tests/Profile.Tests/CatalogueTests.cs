using System.Net.Http.Json;
using System.Text.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Contracts.Texts;

namespace Matchmaking.Profile.Tests;

/// <summary>The published catalogue, which anyone may read.</summary>
public sealed class CatalogueTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_paged_and_searched()
    {
        await using var host = await ProfileHost.StartAsync();
        var all = (await host.Http.GetFromJsonAsync<PageOf<OfferView>>("api/offers?pageSize=200", Cancel))!;
        var second = (await host.Http.GetFromJsonAsync<PageOf<OfferView>>("api/offers?page=2&pageSize=10", Cancel))!;
        Assert.Equal(all.Items.Skip(10).Take(10).Select(o => o.Id), second.Items.Select(o => o.Id));
        Assert.True(all.Total > 200);
        Assert.Empty((await host.Http.GetFromJsonAsync<PageOf<OfferView>>($"api/offers?page={int.MaxValue}&pageSize=200", Cancel))!.Items);
        foreach (var kind in Codes.OfferKinds)
            Assert.All((await host.Http.GetFromJsonAsync<PageOf<OfferView>>($"api/offers?kind={kind}", Cancel))!.Items, o => Assert.Equal(kind, o.Kind));
        Assert.All((await host.Http.GetFromJsonAsync<PageOf<OfferView>>("api/offers?language=vi", Cancel))!.Items, o => Assert.Contains("vi", o.Languages));
        var one = all.Items[0];
        Assert.Equal(one.Id, (await host.Http.GetFromJsonAsync<OfferView>($"api/offers/{one.Id}", Cancel))!.Id);
        Assert.All((await host.Http.GetFromJsonAsync<PageOf<OfferView>>($"api/offers?exhibitorId={one.ExhibitorId}", Cancel))!.Items, o => Assert.Equal(one.ExhibitorId, o.ExhibitorId));
        Assert.NotEqual(0, (await host.Http.GetFromJsonAsync<PageOf<ExhibitorView>>("api/exhibitors?q=jobcenter", Cancel))!.Total);
        await (await host.Http.GetAsync($"api/offers/{Guid.NewGuid()}", Cancel)).ProblemAsync(404, "not-found");
        await (await host.Http.GetAsync("api/offers?kind=magic", Cancel)).ProblemAsync(400, "invalid");
        await (await host.Http.GetAsync("api/offers?page=0", Cancel)).ProblemAsync(400, "invalid");
        await (await host.Http.GetAsync("api/offers?pageSize=201", Cancel)).ProblemAsync(400, "invalid");
        await (await host.Http.GetAsync("api/offers?page=two", Cancel)).ProblemAsync(400, "invalid");
    }

    [Theory]
    [InlineData("api/offers?langauge=uk", "langauge", "It knows: q, kind, language, exhibitorId, page, pageSize")]
    [InlineData("api/exhibitors?exhibitorId=1", "exhibitorId", "It knows: q, kind, language, page, pageSize")]
    [InlineData("api/fairs/current?fair=2", "fair", "no parameters")]
    [InlineData("api/offers?language=zzzz", "language", "“zzzz” is not a language")]
    [InlineData("api/exhibitors?language=deutsch", "language", "“deutsch” is not a language")]
    [InlineData("api/exhibitors?kind=magic", "kind", "Possible are: office, advice, employer")]
    public async Task What_a_call_does_not_know_is_refused_and_not_passed_over(string address, string field, string why)
    {
        await using var host = await ProfileHost.StartAsync();
        var answer = await host.Http.GetAsync(address, Cancel);
        await answer.ProblemAsync(400, "invalid");
        Assert.Contains(why, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("errors").GetProperty(field)[0].GetString());
    }

    [Fact]
    public async Task Names_in_an_address_may_be_written_large_and_languages_with_a_region()
    {
        await using var host = await ProfileHost.StartAsync();
        var plain = (await host.Http.GetFromJsonAsync<PageOf<OfferView>>("api/offers?language=uk", Cancel))!;
        Assert.NotEqual(0, plain.Total);
        Assert.Equal(plain.Total, (await host.Http.GetFromJsonAsync<PageOf<OfferView>>("api/offers?Language=uk-UA", Cancel))!.Total);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await host.Http.GetAsync("health/live?at=noon", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Titles_are_in_the_callers_language_where_there_is_a_translation()
    {
        await using var host = await ProfileHost.StartAsync();
        var english = (await host.Http.GetFromJsonAsync<PageOf<OfferView>>("api/offers?pageSize=200", Cancel))!.Items;
        Assert.Contains(english, o => o.Title != o.TitleDe);
        host.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
        Assert.All((await host.Http.GetFromJsonAsync<PageOf<OfferView>>("api/offers?pageSize=200", Cancel))!.Items, o => Assert.Equal(o.TitleDe, o.Title));
    }

    [Fact]
    public async Task Signs_are_said_in_every_language_of_visitors()
    {
        await using var host = await ProfileHost.StartAsync();
        foreach (var language in Words.Languages)
        {
            host.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
            host.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
            var offers = (await host.Http.GetFromJsonAsync<PageOf<OfferView>>("api/offers?pageSize=200", Cancel))!.Items;
            Assert.Contains(offers, o => o.Stand?.StartsWith(Words.In("sign.table", language) + " ", StringComparison.Ordinal) == true);
        }
    }

    [Fact]
    public async Task The_current_fair_says_that_it_is_a_demo_and_without_a_fair_all_say_so()
    {
        await using var host = await ProfileHost.StartAsync();
        Assert.True((await host.Http.GetFromJsonAsync<FairView>("api/fairs/current", Cancel))!.Demo);
        await using var empty = await ProfileHost.StartAsync(null, ("Fair:Folder", null));
        foreach (var path in (string[])["api/fairs/current", "api/offers", "api/exhibitors"]) await (await empty.Http.GetAsync(path, Cancel)).ProblemAsync(404, "no-fair");
        await (await empty.Http.PostAsJsonAsync("api/visitors", new { language = "de", consents = (string[])["matching"] }, Cancel)).ProblemAsync(503, "no-fair");
    }

    [Fact]
    public async Task Health_says_live_and_ready_to_anyone()
    {
        await using var host = await ProfileHost.StartAsync();
        Assert.Equal("Healthy", await host.Http.GetStringAsync("health/live", Cancel));
        Assert.Equal("Healthy", await host.Http.GetStringAsync("health/ready", Cancel));
        Assert.Equal(JsonValueKind.Object, (await host.Http.GetFromJsonAsync<JsonElement>(".well-known/jwks.json", Cancel)).ValueKind);
    }
}
