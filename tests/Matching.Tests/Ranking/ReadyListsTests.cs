using System.Net;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Visitors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Tests.Ranking;

/// <summary>What another replica does is done here past this one: straight in the database that they share.</summary>
public sealed class ReadyListsTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_list_that_is_looked_at_again_is_kept_ready_and_is_the_same_to_the_byte(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var visitor = await host.VisitorAsync();
        var first = await BytesAsync(visitor);
        var ready = await ReadyAsync(host, visitor);
        Assert.Equal(first, ready.Utf8);
        Assert.Equal(first, await BytesAsync(visitor));
        Assert.Same(ready, Find(host, visitor)); // it was served, not made again
        Assert.Equal(1, await host.QueryAsync(db => db.ShownLists.CountAsync()));

        // Another form of it is another answer.
        Assert.Single((await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/matches?take=1").ReadAsync<Matches>()).Items);
        var english = new HttpRequestMessage(HttpMethod.Get, $"/api/visitors/{visitor.Id}/matches");
        english.Headers.AcceptLanguage.ParseAdd("en");
        visitor.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
        Assert.EndsWith("(en)", (await visitor.Http.SendAsync(english).ReadAsync<Matches>()).Items[0].Title);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Http.GetAsync($"/api/visitors/{Guid.NewGuid()}/matches")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.Anyone().GetAsync($"/api/visitors/{visitor.Id}/matches")).StatusCode);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_time_at_which_the_visitor_meets_somebody_since_is_not_offered_any_more_and_comes_back_when_that_is_off(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var visitor = await host.VisitorAsync();
        await ReadyAsync(host, visitor);
        var offered = (await ListAsync(visitor)).Items.Single(m => m.OfferId == DemoFair.Course).NextSlots[0];
        var slot = (await host.SlotsAsync(DemoFair.Course)).Single(s => s.Id == offered.Id);

        // The clock stands still: the picture of free times is the old one, and only the visitor's own meeting tells.
        var meeting = await visitor.MeetAsync(DemoFair.Course, slot);
        Assert.DoesNotContain((await ListAsync(visitor)).Items.SelectMany(m => m.NextSlots), s => s.Start == slot.Start);
        Assert.Equal(1, Find(host, visitor)!.Meetings);
        Assert.DoesNotContain((await ListAsync(visitor)).Items.SelectMany(m => m.NextSlots), s => s.Start == slot.Start);

        await visitor.Http.PostAsync($"/api/meetings/{meeting.Id}/cancel", null).ReadAsync<Meeting>();
        Assert.Contains((await ListAsync(visitor)).Items.SelectMany(m => m.NextSlots), s => s.Start == slot.Start);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Seats_that_others_take_are_gone_from_it_within_a_second(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var visitor = await host.VisitorAsync();
        await ReadyAsync(host, visitor);
        Assert.NotEmpty((await ListAsync(visitor)).Items.Single(m => m.OfferId == DemoFair.Course).NextSlots);
        await host.QueryAsync(db => db.Seats.ExecuteUpdateAsync(s => s.SetProperty(seat => seat.Withdrawn, true)));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.All((await ListAsync(visitor)).Items, m => Assert.Empty(m.NextSlots));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Answers_that_another_replica_took_in_are_followed_by_the_next_list(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var visitor = await host.VisitorAsync();
        await ReadyAsync(host, visitor);
        await host.QueryAsync(db => db.Visitors.ExecuteUpdateAsync(v => v.SetProperty(x => x.Version, 2).SetProperty(x => x.Needs, DemoFair.Open with { Goals = ["leisure"] })));
        var list = await ListAsync(visitor);
        Assert.Equal((2, DemoFair.Meeting), (list.ProfileVersion, list.Items[0].OfferId));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_was_erased_by_another_replica_is_shown_nothing(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var visitor = await host.VisitorAsync();
        await ReadyAsync(host, visitor);
        await host.QueryAsync(db => db.Visitors.ExecuteDeleteAsync());
        // The capability is still remembered here, and so is the profile.
        Assert.Equal(HttpStatusCode.Accepted, (await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/matches")).StatusCode);
        host.Clock.Advance(TimeSpan.FromSeconds(61)); // as long as a capability is remembered
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/matches")).StatusCode);
    }

    [Fact]
    public async Task An_erasure_takes_it_out_of_the_memory()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        await ReadyAsync(host, visitor);
        await host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(visitor.Id, Guid.NewGuid(), DemoFair.Before));
        Assert.Null(Find(host, visitor));
    }

    [Fact]
    public async Task Another_catalogue_and_another_day_make_it_anew()
    {
        await using var host = await MatchingHost.StartAsync();
        var visitor = await host.VisitorAsync();
        await ReadyAsync(host, visitor);
        await host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(DemoFair.Catalogue(2, association: false));
        Assert.DoesNotContain((await ListAsync(visitor)).Items, m => m.OfferId == DemoFair.Meeting);
        var ready = await ReadyAsync(host, visitor);
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.NotSame(ready.Basis.Rules, (await ReadyAsync(host, visitor)).Basis.Rules);
    }

    /// <summary>Asks until the list is kept ready: what was shown first is recorded after the answer has gone out.</summary>
    private static async Task<ReadyList> ReadyAsync(MatchingHost host, TestVisitor visitor)
    {
        var before = Find(host, visitor);
        for (var i = 0; ; i++)
        {
            await BytesAsync(visitor);
            if (Find(host, visitor) is { } ready && ready != before) return ready;
            Assert.True(i < 200, "the list was never kept ready");
            await Task.Delay(20);
        }
    }

    private static ReadyList? Find(MatchingHost host, TestVisitor visitor) => host.Services.GetRequiredService<ReadyLists>().Find(visitor.Id, new ListForm("de", false, null));

    private static Task<byte[]> BytesAsync(TestVisitor visitor) => visitor.Http.GetByteArrayAsync($"/api/visitors/{visitor.Id}/matches");

    private static Task<Matches> ListAsync(TestVisitor visitor) => visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/matches").ReadAsync<Matches>();
}
