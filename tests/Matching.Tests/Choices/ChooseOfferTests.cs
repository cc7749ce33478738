using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Visitors;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Choices;

public sealed class ChooseOfferTests
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_is_not_for_the_visitor_goes_at_once_the_others_stay_as_they_stood_and_undo_brings_it_back(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var visitor = await host.VisitorAsync();
        var before = await ListAsync(visitor);
        await RecordedAsync(host, visitor);
        await ListAsync(visitor); // kept ready from now on
        var gone = before[1];
        Assert.Equal(HttpStatusCode.NoContent, (await ChooseAsync(visitor, gone, "not-for-me", "no-need")).StatusCode);
        Assert.Equal(before.Where(o => o != gone), await ListAsync(visitor));
        Assert.Equal(before.Where(o => o != gone), await ListAsync(visitor));

        await using var replica = await MatchingHost.StartAsync(engine, beside: host);
        Assert.Equal(before.Where(o => o != gone), await ListAsync(visitor with { Http = replica.With(visitor.Token) }));

        Assert.Equal(HttpStatusCode.NoContent, (await visitor.Http.DeleteAsync($"/api/visitors/{visitor.Id}/choices/{gone}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(before, await ListAsync(visitor));
        var shown = Assert.Single(await host.QueryAsync(db => ShownList.OfVisitor(db, visitor.Id).ToListAsync()));
        Assert.Equal(before, shown.Offers); // what was shown is what was shown
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_later_choice_holds_is_told_in_the_export_and_goes_with_the_visitor(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (visitor, other) = (await host.VisitorAsync(), await host.VisitorAsync());
        await ChooseAsync(other, DemoFair.Debt, "bookmarked");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ChooseAsync(visitor, DemoFair.Course, "not-for-me", "have-it")));
        await ChooseAsync(visitor, DemoFair.Course, "bookmarked");
        var chosen = Assert.Single((await visitor.Http.GetFromJsonAsync<IReadOnlyList<OfferChosen>>($"/api/visitors/{visitor.Id}/choices", TestContext.Current.CancellationToken))!);
        Assert.Equal((DemoFair.Course, "bookmarked", null, "Integrationskurs"), (chosen.OfferId, chosen.Choice, chosen.Reason, chosen.TitleDe));
        var export = await visitor.Http.GetFromJsonAsync<MatchingExport>($"/api/visitors/{visitor.Id}/export/matching", TestContext.Current.CancellationToken);
        Assert.Equal((DemoFair.Course, "bookmarked"), (Assert.Single(export!.Choices).OfferId, export.Choices[0].Choice));

        await host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(visitor.Id, Guid.NewGuid(), DemoFair.Before));
        Assert.Equal(other.Id, Assert.Single(await host.QueryAsync(db => db.Choices.Select(c => c.VisitorId).ToListAsync())));
    }

    [Fact]
    public async Task A_list_that_is_made_anew_is_made_without_it_and_its_places_are_true()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        await ChooseAsync(visitor, DemoFair.Debt, "not-for-me");
        var list = await ListAsync(visitor);
        Assert.DoesNotContain(DemoFair.Debt, list);
        Assert.Equal(list, (await RecordedAsync(host, visitor)).Offers);
        Assert.Equal(list, await ListAsync(visitor));
        // Wanted after all: it comes after what was shown.
        await visitor.Http.DeleteAsync($"/api/visitors/{visitor.Id}/choices/{DemoFair.Debt}", TestContext.Current.CancellationToken);
        Assert.Equal([.. list, DemoFair.Debt], await ListAsync(visitor));
    }

    [Theory]
    [InlineData(null, null, "choice"), InlineData("loved", null, "choice"), InlineData("not-for-me", "ugly", "reason"), InlineData("bookmarked", "no-need", "reason")]
    public async Task What_is_no_choice_is_refused_with_its_field(string? choice, string? reason, string field)
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        var answer = await ChooseAsync(visitor, DemoFair.Course, choice, reason);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{field}\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("not-found", await (await ChooseAsync(visitor, Guid.NewGuid(), "bookmarked")).ProblemAsync());
    }

    [Fact]
    public void Of_a_kept_head_the_others_keep_their_order_and_a_plan_sends_nobody_there()
    {
        var (visitor, c, rules) = (VisitorFacts.Of(SmallFair.Nurse), SmallFair.Catalogue, SmallFair.Today);
        var whole = Ranker.Rank(visitor, c, rules, includeNo: true).Items.Select(i => c.Offers[i.Offer].Id).ToArray();
        Guid[] head = [.. Ranker.Rank(visitor, c, rules).Items.Take(ListOrder.Head).Select(i => c.Offers[i.Offer].Id)];
        var kept = Ranker.Rank(visitor, c, rules, includeNo: true, shaping: new Shaping(Kept: head, Without: new HashSet<Guid> { head[2], whole[^1] }));
        Assert.True(kept.Kept);
        Assert.Equal(whole.Where(o => o != head[2] && o != whole[^1]), kept.Items.Select(i => c.Offers[i.Offer].Id));
        var plan = Ranker.Rank(visitor, c, rules, most: 5, shaping: new Shaping(Without: new HashSet<Guid> { head[0] }));
        Assert.Equal(5, plan.Items.Count);
        Assert.DoesNotContain(head[0], plan.Items.Select(i => c.Offers[i.Offer].Id));
    }

    private static Task<HttpResponseMessage> ChooseAsync(TestVisitor visitor, Guid offer, string? choice, string? reason = null) =>
        visitor.Http.PutAsJsonAsync($"/api/visitors/{visitor.Id}/choices/{offer}", new OfferChoice(choice, reason), TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<Guid>> ListAsync(TestVisitor visitor) =>
        [.. (await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/matches", TestContext.Current.CancellationToken).ReadAsync<Matches>()).Items.Select(m => m.OfferId)];

    /// <summary>What was shown is recorded after the answer has gone out.</summary>
    private static async Task<ShownList> RecordedAsync(MatchingHost host, TestVisitor visitor)
    {
        for (var i = 0; ; i++)
        {
            if (await host.QueryAsync(db => ShownList.OfVisitor(db, visitor.Id).SingleOrDefaultAsync()) is { } list) return list;
            Assert.True(i < 200, "the list was not recorded");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
