using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Visitors;
using Matchmaking.ServiceDefaults.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Tests.Visitors;

public sealed class FollowedProfilesTests
{
    private static readonly Needs Changed = DemoFair.Open with { Language = "ar", Contact = new Contact("a@example.org") };

    [Fact]
    public async Task New_answers_are_stored_with_their_inbox_row_and_the_same_message_again_is_left_to_the_consumer()
    {
        await using var host = await MatchingHost.StartAsync(Engine.Postgres);
        var visitor = await host.VisitorAsync();
        var stamp = await StampAsync(host, visitor.Id);
        var message = Of(DemoFair.Submitted(visitor.Id, 2, visitor.Token, Changed));
        Assert.Equal([message.MessageId], await StoreAsync(host, message));
        var now = await OfAsync(host, visitor.Id);
        Assert.Equal((2, "ar", null), (now.Version, now.Needs.Language, now.Needs.Contact));
        Assert.Equal(stamp + 1, await StampAsync(host, visitor.Id));
        var noted = await host.QueryAsync(db => db.Inbox.SingleAsync(i => i.MessageId == message.MessageId));
        Assert.Equal((nameof(RankVisitorConsumer), visitor.Id), (noted.Consumer, noted.Subject));

        Assert.Empty(await StoreAsync(host, message));
        Assert.Equal(stamp + 1, await StampAsync(host, visitor.Id));
    }

    [Fact]
    public async Task A_message_that_the_inbox_has_changes_nothing_even_if_it_bears_a_newer_version()
    {
        await using var host = await MatchingHost.StartAsync(Engine.Postgres);
        var visitor = await host.VisitorAsync();
        var message = Of(DemoFair.Submitted(visitor.Id, 2, visitor.Token, Changed));
        await StoreAsync(host, message);
        Assert.Empty(await StoreAsync(host, message with { Message = message.Message with { Version = 3 } }));
        Assert.Equal(2, (await OfAsync(host, visitor.Id)).Version);
    }

    [Fact]
    public async Task Of_two_versions_that_come_together_the_newer_stays_and_both_are_handled()
    {
        await using var host = await MatchingHost.StartAsync(Engine.Postgres);
        var visitor = await host.VisitorAsync();
        var (newer, older) = (Of(DemoFair.Submitted(visitor.Id, 3, visitor.Token, Changed)), Of(DemoFair.Submitted(visitor.Id, 2, visitor.Token)));
        Assert.Equal(2, (await StoreAsync(host, newer, older)).Count);
        var now = await OfAsync(host, visitor.Id);
        Assert.Equal((3, "ar"), (now.Version, now.Needs.Language));
    }

    [Fact]
    public async Task What_is_not_the_usual_case_is_left_to_the_consumer_and_harms_the_others_not()
    {
        await using var host = await MatchingHost.StartAsync(Engine.Postgres);
        var (known, erased, other) = (await host.VisitorAsync(version: 5), await host.VisitorAsync(), await host.VisitorAsync());
        await host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(erased.Id, Guid.NewGuid(), DemoFair.Before));
        var usual = Of(DemoFair.Submitted(other.Id, 2, other.Token, Changed));
        var done = await StoreAsync(host,
            Of(DemoFair.Submitted(known.Id, 5, known.Token)), // no newer than ours
            Of(DemoFair.Submitted(erased.Id, 9, erased.Token)),
            Of(DemoFair.Submitted(Guid.NewGuid(), 1, "never seen")),
            usual,
            Of(DemoFair.Submitted(known.Id, 6, "another capability")));
        Assert.Equal([usual.MessageId], done);
        Assert.Equal(5, (await OfAsync(host, known.Id)).Version);
        Assert.False(await host.QueryAsync(db => db.Visitors.AnyAsync(v => v.Id == erased.Id)));
        Assert.Equal(1, await host.QueryAsync(db => db.Inbox.CountAsync(i => i.Consumer == nameof(RankVisitorConsumer) && i.Subject != null && i.MessageId == usual.MessageId)));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_is_known_gets_the_list_of_answers_that_came_before_our_copy_is_stored_and_who_is_not_waits_for_it(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var arrivals = host.Services.GetRequiredService<VisitorArrivals>();
        var known = await host.VisitorAsync();
        var told = await OfAsync(host, known.Id);
        arrivals.Tell(Copy(told, known.Id, version: 2));
        var list = await known.Http.GetAsync($"/api/visitors/{known.Id}/matches?atLeast=2").ReadAsync<Contracts.Matching.Matches>();
        Assert.Equal(2, list.ProfileVersion);

        var stranger = Copy(told, Guid.NewGuid(), version: 1);
        var waiting = arrivals.WaitAsync(stranger.Id, 1, standing: null, isNoted: true, TimeSpan.FromSeconds(2), CancellationToken.None);
        arrivals.Tell(stranger);
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(100)));
        arrivals.Keep(stranger);
        Assert.Same(stranger, await waiting);
    }

    private static Arrived<VisitorProfileSubmitted> Of(VisitorProfileSubmitted message) => new(Guid.CreateVersion7(), message);

    private static Visitor Copy(Visitor of, Guid id, long version) => new() { Id = id, FairId = of.FairId, Version = version, Needs = of.Needs, ExpiresAt = of.ExpiresAt };

    private static Task<HashSet<Guid>> StoreAsync(MatchingHost host, params Arrived<VisitorProfileSubmitted>[] messages) =>
        host.QueryAsync(db => FollowedProfiles.StoreAsync(db, messages, DemoFair.Before, CancellationToken.None));

    private static Task<Visitor> OfAsync(MatchingHost host, Guid id) => host.QueryAsync(db => db.Visitors.AsNoTracking().SingleAsync(v => v.Id == id));

    private static Task<int> StampAsync(MatchingHost host, Guid id) => host.QueryAsync(db => db.VisitorMarks.Where(m => m.Id == id).Select(m => m.Stamp).SingleAsync());
}
