using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;

namespace Matchmaking.Matching.Tests.Search;

public sealed class FindOffersTests
{
    [Fact]
    public async Task What_is_found_comes_in_the_order_of_the_list_and_what_is_not_in_it_says_why()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        var list = await visitor.Http.GetFromJsonAsync<Matches>($"/api/visitors/{visitor.Id}/matches", TestContext.Current.CancellationToken);
        var found = await FindAsync(visitor, "دورة", "ar");
        Assert.Equal(list!.Items.Where(m => m.Kind == "course").Select(m => (m.OfferId, m.Rank)), found.Listed.Select(m => (m.OfferId, m.Rank)));
        var other = Assert.Single(found.Others);
        Assert.Equal((DemoFair.SecondCourse, "no", 0), (other.OfferId, other.Verdict, other.Rank));
        Assert.Contains(other.Reasons, r => r.Side == "against");
        Assert.NotNull(other.OfficeName);

        Assert.Equal([DemoFair.Debt], (await FindAsync(visitor, "ዕዳ", "ti")).Listed.Select(m => m.OfferId));
        Assert.Empty((await FindAsync(visitor, "xyzzyq", "de")).Listed);
    }

    [Fact]
    public async Task What_the_visitor_took_out_is_found_beside_the_list()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        await visitor.Http.PutAsJsonAsync($"/api/visitors/{visitor.Id}/choices/{DemoFair.Debt}", new OfferChoice("not-for-me"), TestContext.Current.CancellationToken);
        var found = await FindAsync(visitor, "Schulden", "de");
        Assert.Empty(found.Listed);
        Assert.Equal(DemoFair.Debt, Assert.Single(found.Others).OfferId);
    }

    [Fact]
    public async Task Why_not_names_the_rule_its_source_and_office_in_two_languages_and_what_would_change_it()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/visitors/{visitor.Id}/offers/{DemoFair.SecondCourse}");
        request.Headers.AcceptLanguage.ParseAdd("ar");
        visitor.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
        var offer = await visitor.Http.SendAsync(request, TestContext.Current.CancellationToken).ReadAsync<VisitorOffer>();
        Assert.Equal(("no", 0), (offer.Match.Verdict, offer.Match.Rank));
        var (rule, german) = (offer.Rules[0], offer.RulesDe[0]);
        Assert.Contains("DeuFöV", rule.Source);
        Assert.NotEqual(rule.Text, german.Text);
        Assert.Contains("beginnt mit Deutsch B1", german.Text);
        Assert.NotEqual(offer.Match.OfficeName, offer.German.OfficeName);
        Assert.Contains(offer.Changes, c => c is { Field: "german", Value: "B1" } && c.Verdict != "no");

        var listed = await visitor.Http.GetFromJsonAsync<VisitorOffer>($"/api/visitors/{visitor.Id}/offers/{DemoFair.Course}", TestContext.Current.CancellationToken);
        Assert.True(listed!.Match.Rank > 0);
        Assert.Equal("not-found", await (await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/offers/{Guid.NewGuid()}", TestContext.Current.CancellationToken)).ProblemAsync());
    }

    private static async Task<FoundOffers> FindAsync(TestVisitor visitor, string typed, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/visitors/{visitor.Id}/search?q={Uri.EscapeDataString(typed)}&language={language}");
        return await visitor.Http.SendAsync(request, TestContext.Current.CancellationToken).ReadAsync<FoundOffers>();
    }
}
