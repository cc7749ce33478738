using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Visitors;
using Matchmaking.Matching.Waiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Tests.Waiting;

/// <summary>The stand has one seat a time, and those who wait can only come at ten: so one meeting fills the stand for them.</summary>
public sealed class WaitingTests
{
    private static readonly Needs AtTen = DemoFair.Open with { Availability = [new TimeRange(DemoFair.Opens, DemoFair.Opens.AddMinutes(20))] };

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_freed_seat_goes_to_who_has_fewest_meetings_and_then_to_who_waited_longest_and_is_held_for_them(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (holder, ten) = (await host.VisitorAsync(), await TenAsync(host));
        var taken = await holder.MeetAsync(DemoFair.Course, ten);
        var (busy, early, late) = (await host.VisitorAsync(AtTen), await host.VisitorAsync(AtTen), await host.VisitorAsync(AtTen));
        await busy.MeetAsync(DemoFair.Meeting, (await host.SlotsAsync(DemoFair.Meeting)).Last(s => s.Free > 0));
        Assert.Equal(0, (await JoinAsync(busy).ReadAsync<WaitingView>()).Ahead);
        Assert.Equal(0, (await JoinAsync(early).ReadAsync<WaitingView>()).Ahead); // before the one who has a meeting
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await JoinAsync(late).ReadAsync<WaitingView>()).Ahead);
        Assert.Equal([2], (await WaitingAsync(busy)).Select(w => w.Ahead));

        await holder.Http.PostAsync($"/api/meetings/{taken.Id}/cancel", null).ReadAsync<Meeting>();

        var offered = await OfferedAsync(early);
        Assert.Equal(("proposed", ten.Id, 1, host.Clock.GetUtcNow().AddHours(2)), (offered.Status, offered.Slot.Id, offered.Table, offered.ExpiresAt));
        Assert.Equal(["offered"], offered.History.Select(h => h.What));
        Assert.Empty(await WaitingAsync(early));
        Assert.Equal("slot-taken", await (await holder.AskAsync(DemoFair.Course, ten)).ProblemAsync());
        Assert.False(Assert.Single(await host.AnnouncedAsync<SeatOffered>()).Meeting.StandKnows);

        // Not taken in time: the next in line, and the one who let it pass waits no longer.
        host.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(16));
        var next = await OfferedAsync(late);
        Assert.Equal("requested", (await late.Http.PostAsJsonAsync($"/api/meetings/{next.Id}/choose", new MeetingChoice(ten.Id)).ReadAsync<Meeting>()).Status);
        Assert.Equal("expired", (await MeetingsAsync(early))[0].Status);
        Assert.Equal([0], (await WaitingAsync(busy)).Select(w => w.Ahead));
    }

    [Fact]
    public async Task The_stand_hears_of_it_when_the_seat_is_taken_and_not_before()
    {
        await using var host = await MatchingHost.StartAsync();
        var (holder, waiting, stand, ten) = (await host.VisitorAsync(), await host.VisitorAsync(AtTen), host.Exhibitor(DemoFair.School), await TenAsync(host));
        var taken = await holder.MeetAsync(DemoFair.Course, ten);
        await JoinAsync(waiting).ReadAsync<WaitingView>();
        await stand.PostAsJsonAsync($"/api/meetings/{taken.Id}/answer", new MeetingAnswer("decline", "time")).ReadAsync<Meeting>();
        var offered = await OfferedAsync(waiting);

        Assert.DoesNotContain(await StandMeetingsAsync(stand), m => m.Id == offered.Id);
        Assert.Equal(HttpStatusCode.NotFound, (await stand.GetAsync($"/api/meetings/{offered.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stand.PostAsync($"/api/meetings/{offered.Id}/cancel", null)).StatusCode);
        var cell = (await stand.GetFromJsonAsync<StandDay>($"/api/exhibitors/{DemoFair.School}/day"))!.Cells.Single(c => c.SlotId == ten.Id);
        Assert.Equal(("offered", null, null), (cell.State, cell.MeetingId, cell.Title));
        // A plan without that time names the seat, but not by the code of a person whom the stand does not know.
        var plan = await stand.PutAsJsonAsync($"/api/exhibitors/{DemoFair.School}/plan?dryRun=true", new StandPlan(SlotMinutes: 30)).ReadAsync<StandPlanView>();
        Assert.Equal((offered.Id, ""), Assert.Single(plan.InTheWay) is var way ? (way.Id, way.Code) : default);

        var accepted = await waiting.Http.PostAsJsonAsync($"/api/meetings/{offered.Id}/choose", new MeetingChoice(ten.Id)).ReadAsync<Meeting>();
        Assert.Equal(("requested", AnswerTime.By(host.Clock.GetUtcNow(), ten.Start)), (accepted.Status, accepted.ExpiresAt));
        Assert.Contains(await StandMeetingsAsync(stand), m => m.Id == offered.Id);
        Assert.True((await host.AnnouncedAsync<MeetingRequested>()).Single(m => m.Meeting.MeetingId == offered.Id).Meeting.StandKnows);
        Assert.Equal("accepted", (await stand.PostAsJsonAsync($"/api/meetings/{offered.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>()).Status);
    }

    [Fact]
    public async Task Who_takes_another_time_than_the_one_that_is_held_asks_for_it_and_the_stand_hears_of_a_request()
    {
        await using var host = await MatchingHost.StartAsync();
        var (holder, waiting, stand, ten) = (await host.VisitorAsync(), await host.VisitorAsync(AtTen), host.Exhibitor(DemoFair.School), await TenAsync(host));
        var taken = await holder.MeetAsync(DemoFair.Course, ten);
        await JoinAsync(waiting).ReadAsync<WaitingView>();
        await holder.Http.PostAsync($"/api/meetings/{taken.Id}/cancel", null).ReadAsync<Meeting>();
        var offered = await OfferedAsync(waiting);
        var other = (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == ten.Format && s.Free > 0 && s.Id != ten.Id);

        var asked = await waiting.Http.PostAsJsonAsync($"/api/meetings/{offered.Id}/move", new MeetingChoice(other.Id)).ReadAsync<Meeting>();

        Assert.Equal(("requested", other.Id, AnswerTime.By(host.Clock.GetUtcNow(), other.Start)), (asked.Status, asked.Slot.Id, asked.ExpiresAt));
        Assert.Equal(["offered", "requested"], asked.History.Select(h => h.What));
        Assert.Contains(await StandMeetingsAsync(stand), m => m.Id == offered.Id);
        Assert.Single(await host.AnnouncedAsync<MeetingRequested>(), m => m.Meeting.MeetingId == offered.Id && m.Meeting.StandKnows);
        Assert.Empty(await host.AnnouncedAsync<MeetingMoved>());
        Assert.Equal("accepted", (await stand.PostAsJsonAsync($"/api/meetings/{offered.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>()).Status);
    }

    [Fact]
    public async Task Who_moves_to_the_very_seat_that_is_held_takes_it()
    {
        await using var host = await MatchingHost.StartAsync();
        var (holder, waiting, ten) = (await host.VisitorAsync(), await host.VisitorAsync(AtTen), await TenAsync(host));
        var taken = await holder.MeetAsync(DemoFair.Course, ten);
        await JoinAsync(waiting).ReadAsync<WaitingView>();
        await holder.Http.PostAsync($"/api/meetings/{taken.Id}/cancel", null).ReadAsync<Meeting>();
        var offered = await OfferedAsync(waiting);

        for (var press = 0; press < 2; press++)
            Assert.Equal("requested", (await waiting.Http.PostAsJsonAsync($"/api/meetings/{offered.Id}/move", new MeetingChoice(ten.Id)).ReadAsync<Meeting>()).Status);

        Assert.Single(await host.AnnouncedAsync<MeetingRequested>(), m => m.Meeting.MeetingId == offered.Id);
        Assert.Empty(await host.AnnouncedAsync<MeetingMoved>());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_replicas_that_look_at_once_offer_a_seat_once(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        await using var other = await MatchingHost.StartAsync(engine, beside: host);
        var (holder, ten) = (await host.VisitorAsync(), await TenAsync(host));
        var taken = await holder.MeetAsync(DemoFair.Course, ten);
        var waiting = new[] { await host.VisitorAsync(AtTen), await host.VisitorAsync(AtTen) };
        foreach (var one in waiting)
        {
            await JoinAsync(one).ReadAsync<WaitingView>();
            host.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await holder.Http.PostAsync($"/api/meetings/{taken.Id}/cancel", null).ReadAsync<Meeting>();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? host : other).Services.GetRequiredService<FreedSeats>().OfferAsync(default)));
        await OfferedAsync(waiting[0]);
        Assert.Single(await host.AnnouncedAsync<SeatOffered>());
        Assert.Empty(await MeetingsAsync(waiting[1]));
    }

    [Fact]
    public async Task A_seat_that_is_freed_at_night_is_held_and_the_time_to_take_it_begins_at_eight_by_the_clock_of_the_fair()
    {
        await using var host = await MatchingHost.StartAsync();
        var (holder, waiting, ten) = (await host.VisitorAsync(), await host.VisitorAsync(AtTen), await TenAsync(host));
        var taken = await holder.MeetAsync(DemoFair.Course, ten);
        await JoinAsync(waiting).ReadAsync<WaitingView>();
        host.Clock.SetUtcNow(new DateTimeOffset(DemoFair.Before.Date.AddHours(20), TimeSpan.FromHours(2)));
        await holder.Http.PostAsync($"/api/meetings/{taken.Id}/cancel", null).ReadAsync<Meeting>();
        var offered = await OfferedAsync(waiting);
        Assert.Equal(new DateTimeOffset(DemoFair.Before.Date.AddDays(1).AddHours(10), TimeSpan.FromHours(2)), offered.ExpiresAt);
        Assert.Equal("slot-taken", await (await (await host.VisitorAsync()).AskAsync(DemoFair.Course, ten)).ProblemAsync());
    }

    [Fact]
    public async Task What_begins_before_people_could_have_seen_it_is_offered_to_nobody()
    {
        await using var host = await MatchingHost.StartAsync();
        var (holder, waiting, ten) = (await host.VisitorAsync(), await host.VisitorAsync(AtTen), await TenAsync(host));
        var taken = await holder.MeetAsync(DemoFair.Course, ten);
        await JoinAsync(waiting).ReadAsync<WaitingView>();
        await host.Exhibitor(DemoFair.School).PostAsJsonAsync($"/api/meetings/{taken.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();
        host.Clock.SetUtcNow(ten.Start.AddMinutes(-5));
        await holder.Http.PostAsync($"/api/meetings/{taken.Id}/cancel", null).ReadAsync<Meeting>();
        Assert.Equal(0, await host.Services.GetRequiredService<FreedSeats>().OfferAsync(default));
        Assert.Empty(await MeetingsAsync(waiting));
    }

    [Fact]
    public async Task Who_can_book_or_has_asked_or_waits_enough_already_is_told_so()
    {
        await using var host = await MatchingHost.StartAsync(settings: ("Matching:WaitingAtOnce", "1"));
        var (holder, waiting, ten) = (await host.VisitorAsync(), await host.VisitorAsync(AtTen), await TenAsync(host));
        Assert.Equal("times-free", await (await JoinAsync(waiting)).ProblemAsync());
        await holder.MeetAsync(DemoFair.Course, ten);
        Assert.Equal("already-asked", await (await JoinAsync(holder)).ProblemAsync());
        var place = await JoinAsync(waiting).ReadAsync<WaitingView>();
        Assert.Equal(place.Id, (await JoinAsync(waiting).ReadAsync<WaitingView>()).Id);
        Assert.Equal("waiting-cap", await (await JoinAsync(waiting, DemoFair.Debt, "stand")).ProblemAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await JoinAsync(holder, DemoFair.Meeting, "video")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await JoinAsync(holder, Guid.NewGuid())).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await holder.Http.DeleteAsync($"/api/waiting/{place.Id}")).StatusCode);
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.NoContent, (await waiting.Http.DeleteAsync($"/api/waiting/{place.Id}")).StatusCode);
        Assert.Empty(await WaitingAsync(waiting));
        // Who asks there after all waits no longer.
        await JoinAsync(waiting).ReadAsync<WaitingView>();
        await waiting.MeetAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course)).Last(s => s is { Format: "stand", Free: > 0 }));
        Assert.Empty(await WaitingAsync(waiting));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_is_erased_waits_no_more_and_what_was_held_for_them_goes_to_the_next_without_a_word_to_the_stand(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (holder, first, second, ten) = (await host.VisitorAsync(), await host.VisitorAsync(AtTen), await host.VisitorAsync(AtTen), await TenAsync(host));
        var taken = await holder.MeetAsync(DemoFair.Course, ten);
        await JoinAsync(first).ReadAsync<WaitingView>();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await JoinAsync(second).ReadAsync<WaitingView>();
        await holder.Http.PostAsync($"/api/meetings/{taken.Id}/cancel", null).ReadAsync<Meeting>();
        await OfferedAsync(first);
        Assert.Single((await first.Http.GetFromJsonAsync<MatchingExport>($"/api/visitors/{first.Id}/export/matching"))!.Meetings);
        Assert.Single((await second.Http.GetFromJsonAsync<MatchingExport>($"/api/visitors/{second.Id}/export/matching"))!.Waiting);

        await host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(first.Id, Guid.CreateVersion7(), host.Clock.GetUtcNow()));
        await OfferedAsync(second);
        Assert.DoesNotContain(await host.AnnouncedAsync<MeetingCancelled>(), m => m.Meeting.MeetingId != taken.Id);

        await host.ConsumeAsync<EraseVisitorFromMatchingConsumer, VisitorErased>(new VisitorErased(second.Id, Guid.CreateVersion7(), host.Clock.GetUtcNow()));
        Assert.Equal(0, await host.QueryAsync(db => db.Waiting.CountAsync()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_freed_table_goes_to_the_next_who_is_understood_at_it_and_to_anybody_rather_than_to_nobody(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var stand = host.Exhibitor(DemoFair.School);
        await stand.PutAsJsonAsync($"/api/exhibitors/{DemoFair.School}/plan", new StandPlan(
            Open: [new("10:00", "10:20")], SlotMinutes: 20, Tables: [new(["uk"]), new(["ar"])], WalkInEvery: 0, Formats: ["stand"])).ReadAsync<StandPlanView>();
        var slot = Assert.Single(await host.SlotsAsync(DemoFair.Course));
        Needs Speaks(string language) => AtTen with { ConversationLanguages = [language] };
        var (holder, other) = (await host.VisitorAsync(Speaks("uk")), await host.VisitorAsync(Speaks("ar")));
        var taken = await holder.MeetAsync(DemoFair.Course, slot);
        var kept = await other.MeetAsync(DemoFair.Course, slot);
        Assert.Equal((1, 2), (taken.Table, kept.Table));
        var (arab, ukrainian) = (await host.VisitorAsync(Speaks("ar")), await host.VisitorAsync(Speaks("uk")));
        await JoinAsync(arab, format: "stand").ReadAsync<WaitingView>();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await JoinAsync(ukrainian, format: "stand").ReadAsync<WaitingView>();

        await holder.Http.PostAsync($"/api/meetings/{taken.Id}/cancel", null).ReadAsync<Meeting>();
        var offered = await OfferedAsync(ukrainian);
        Assert.Equal(1, offered.Table);
        Assert.Single(await WaitingAsync(arab));
        // Nobody else waits: rather with a stranger's table than with none.
        await ukrainian.Http.PostAsync($"/api/meetings/{offered.Id}/cancel", null).ReadAsync<Meeting>();
        Assert.Equal(1, (await OfferedAsync(arab)).Table);
    }

    private static async Task<SlotView> TenAsync(MatchingHost host)
    {
        await host.OneTableAsync();
        return (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "video");
    }

    private static Task<HttpResponseMessage> JoinAsync(TestVisitor visitor, Guid? offer = null, string format = "video") =>
        visitor.Http.PostAsJsonAsync("/api/waiting", new WaitingRequest(visitor.Id, offer ?? DemoFair.Course, format));

    private static async Task<IReadOnlyList<WaitingView>> WaitingAsync(TestVisitor visitor) =>
        (await visitor.Http.GetFromJsonAsync<IReadOnlyList<WaitingView>>($"/api/visitors/{visitor.Id}/waiting"))!;

    private static async Task<IReadOnlyList<Meeting>> MeetingsAsync(TestVisitor visitor) =>
        (await visitor.Http.GetFromJsonAsync<IReadOnlyList<Meeting>>($"/api/visitors/{visitor.Id}/meetings"))!;

    private static async Task<IReadOnlyList<Meeting>> StandMeetingsAsync(HttpClient stand) =>
        (await stand.GetFromJsonAsync<IReadOnlyList<Meeting>>($"/api/exhibitors/{DemoFair.School}/meetings"))!;

    /// <summary>The seat that is offered to the visitor, once it is.</summary>
    private static async Task<Meeting> OfferedAsync(TestVisitor visitor)
    {
        for (var i = 0; ; i++)
        {
            if ((await MeetingsAsync(visitor)).FirstOrDefault(m => m.Status == "proposed") is { } offered) return offered;
            Assert.True(i < 1500, "no seat was offered");
            await Task.Delay(20);
        }
    }
}
