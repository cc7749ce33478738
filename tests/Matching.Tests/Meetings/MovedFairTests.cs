using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Meetings;

/// <summary>A fair that moves, or is open for shorter, after people have agreed on meetings; and an offer that goes.</summary>
public sealed class MovedFairTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private static CataloguePublished At(DateTimeOffset opens, DateTimeOffset closes, long version = 2) =>
        DemoFair.Catalogue(version) with { Fair = DemoFair.Catalogue().Fair with { Opens = opens, Closes = closes } };

    private static Task PublishAsync(MatchingHost host, CataloguePublished catalogue) => host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(catalogue);

    private static async Task<SlotView[]> StandSlotsAsync(MatchingHost host) => [.. (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "stand" && s.Free > 0)];

    private static Task<Meeting> AnswerAsync(MatchingHost host, Meeting meeting, MeetingAnswer answer) =>
        host.Exhibitor(DemoFair.School).PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", answer).ReadAsync<Meeting>();

    private static async Task<Meeting> NowAsync(TestVisitor visitor, Meeting meeting) => (await visitor.Http.GetFromJsonAsync<Meeting>($"/api/meetings/{meeting.Id}"))!;

    private static Task<FairMeetingsInTheWay> InTheWayAsync(MatchingHost host, DateTimeOffset opens, DateTimeOffset closes) => host.Staff("organiser")
        .GetAsync($"/api/meetings/in-the-way?fairId={DemoFair.Fair}&opens={Uri.EscapeDataString(opens.ToString("O"))}&closes={Uri.EscapeDataString(closes.ToString("O"))}").ReadAsync<FairMeetingsInTheWay>();

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Meetings_of_the_old_day_are_named_before_called_off_and_told_with_the_reason_and_nobody_is_moved(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var slots = await StandSlotsAsync(host);
        TestVisitor[] visitors = [await host.VisitorAsync(), await host.VisitorAsync(), await host.VisitorAsync(), await host.VisitorAsync()];
        var agreed = await AnswerAsync(host, await visitors[0].MeetAsync(DemoFair.Course, slots[0]), new("accept"));
        var asked = await visitors[1].MeetAsync(DemoFair.Course, slots[1]);
        var proposed = await AnswerAsync(host, await visitors[2].MeetAsync(DemoFair.Course, slots[2]), new("propose", null, [slots[4].Id, slots[5].Id]));
        var declined = await AnswerAsync(host, await visitors[3].MeetAsync(DemoFair.Course, slots[3]), new("decline", "topic"));

        var (opens, closes) = (DemoFair.Opens + Week, DemoFair.Closes + Week);
        var named = await InTheWayAsync(host, opens, closes);
        Assert.Equal((3, "Schule am Fluss"), (named.Count, Assert.Single(named.Stands).Exhibitor));
        Assert.Equal(new[] { agreed.Code, asked.Code, proposed.Code }.Order(), named.Stands[0].Meetings.Select(m => m.Code).Order());
        Assert.Equal("accepted", (await NowAsync(visitors[0], agreed)).Status);

        await PublishAsync(host, At(opens, closes));
        foreach (var (visitor, meeting) in ((TestVisitor, Meeting)[])[(visitors[0], agreed), (visitors[1], asked), (visitors[2], proposed)])
        {
            var now = await NowAsync(visitor, meeting);
            Assert.Equal(("cancelled", "fair-moved", "system", meeting.Slot.Start), (now.Status, now.Reason, now.History[^1].By, now.Slot.Start));
        }
        Assert.Equal(("declined", "topic"), await NowAsync(visitors[3], declined) is var untouched ? (untouched.Status, untouched.Reason) : default);
        var told = await host.AnnouncedAsync<MeetingCancelled>();
        Assert.Equal(3, told.Count);
        Assert.All(told, t => Assert.Equal(("system", "fair-moved", opens), (t.By, t.Reason, t.FairOpens)));
        Assert.Equal(0, (await InTheWayAsync(host, opens, closes)).Count);

        // Nothing is left of the old day, and all of the new one is free; also for those whose meeting is gone.
        Assert.False(await host.QueryAsync(db => db.Set<Seat>().AnyAsync(s => db.Slots.Any(x => x.Id == s.SlotId && x.Start < opens.ToUniversalTime()))));
        var fresh = await StandSlotsAsync(host);
        Assert.All(fresh, s => Assert.InRange(s.Start, opens, closes));
        Assert.Equal(slots.Length, fresh.Length);
        Assert.Equal("requested", (await visitors[0].MeetAsync(DemoFair.Course, fresh[0])).Status);

        await PublishAsync(host, At(opens, closes, version: 3));
        Assert.Equal(3, (await host.AnnouncedAsync<MeetingCancelled>()).Count);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Of_a_fair_that_closes_earlier_only_what_is_later_is_called_off(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var slots = await StandSlotsAsync(host);
        var (early, late) = (await host.VisitorAsync(), await host.VisitorAsync());
        var (first, last) = (await early.MeetAsync(DemoFair.Course, slots[0]), await late.MeetAsync(DemoFair.Course, slots[^1]));
        await AnswerAsync(host, first, new("accept"));
        await PublishAsync(host, At(DemoFair.Opens, DemoFair.Closes.AddHours(-2)));
        Assert.Equal("accepted", (await NowAsync(early, first)).Status);
        Assert.Equal("cancelled", (await NowAsync(late, last)).Status);
        Assert.Equal(last.Id, Assert.Single(await host.AnnouncedAsync<MeetingCancelled>()).Meeting.MeetingId);
        Assert.All(await host.SlotsAsync(DemoFair.Course), s => Assert.True(s.End <= DemoFair.Closes.AddHours(-2)));
    }

    [Fact]
    public async Task What_has_begun_and_what_was_held_stays_when_the_next_fair_is_set_to_another_day()
    {
        await using var host = await MatchingHost.StartAsync();
        var slots = await StandSlotsAsync(host);
        var visitor = await host.VisitorAsync();
        var meeting = await AnswerAsync(host, await visitor.MeetAsync(DemoFair.Course, slots[0]), new("accept"));
        host.Clock.Advance(DemoFair.Opens - DemoFair.Before);
        await PublishAsync(host, At(DemoFair.Opens + Week, DemoFair.Closes + Week));
        Assert.Equal("accepted", (await NowAsync(visitor, meeting)).Status);
        Assert.Empty(await host.AnnouncedAsync<MeetingCancelled>());
    }

    [Fact]
    public async Task Proposed_times_count_as_long_as_one_of_them_remains()
    {
        await using var host = await MatchingHost.StartAsync();
        var slots = await StandSlotsAsync(host);
        var visitor = await host.VisitorAsync();
        var meeting = await AnswerAsync(host, await visitor.MeetAsync(DemoFair.Course, slots[^2]), new("propose", null, [slots[1].Id, slots[^1].Id]));
        await PublishAsync(host, At(DemoFair.Opens, DemoFair.Closes.AddHours(-2)));
        Assert.Equal("proposed", (await NowAsync(visitor, meeting)).Status);
        Assert.Equal("accepted", (await visitor.Http.PostAsJsonAsync($"/api/meetings/{meeting.Id}/choose", new MeetingChoice(slots[1].Id)).ReadAsync<Meeting>()).Status);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_offer_that_is_withdrawn_leaves_lists_and_keeps_its_meetings(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var slots = await StandSlotsAsync(host);
        TestVisitor[] visitors = [await host.VisitorAsync(), await host.VisitorAsync(), await host.VisitorAsync()];
        Assert.Contains((await visitors[0].Http.GetFromJsonAsync<Matches>($"/api/visitors/{visitors[0].Id}/matches"))!.Items, m => m.OfferId == DemoFair.Course);
        var agreed = await AnswerAsync(host, await visitors[0].MeetAsync(DemoFair.Course, slots[0]), new("accept"));
        var asked = await visitors[1].MeetAsync(DemoFair.Course, slots[1]);

        var catalogue = DemoFair.Catalogue(2);
        await PublishAsync(host, catalogue with { Offers = [.. catalogue.Offers.Where(o => o.Id != DemoFair.Course)] });
        Assert.DoesNotContain((await visitors[0].Http.GetFromJsonAsync<Matches>($"/api/visitors/{visitors[0].Id}/matches"))!.Items, m => m.OfferId == DemoFair.Course);
        Assert.Equal(("accepted", "Integrationskurs"), await NowAsync(visitors[0], agreed) is var now ? (now.Status, now.TitleDe) : default);
        Assert.Contains("Schule am Fluss", await visitors[0].Http.GetStringAsync($"/api/meetings/{agreed.Id}/calendar.ics"));
        Assert.Equal("accepted", (await AnswerAsync(host, asked, new("accept"))).Status);
        Assert.Equal(2, (await host.Exhibitor(DemoFair.School).GetFromJsonAsync<List<Meeting>>($"/api/exhibitors/{DemoFair.School}/meetings"))!.Count(m => m.Title == "Integrationskurs"));
        Assert.Equal("not-found", await (await host.Anyone().GetAsync($"/api/offers/{DemoFair.Course}/slots")).ProblemAsync());
        Assert.False((await visitors[2].AskAsync(DemoFair.Course, slots[2])).IsSuccessStatusCode);
        var other = (await host.SlotsAsync(DemoFair.SecondCourse)).First(s => s.Format == "stand" && s.Free > 0 && s.Start > slots[3].Start);
        Assert.Equal(other.Start, (await visitors[0].Http.PostAsJsonAsync($"/api/meetings/{agreed.Id}/move", new MeetingChoice(other.Id)).ReadAsync<Meeting>()).Slot.Start);
        Assert.Equal("cancelled", (await visitors[1].Http.PostAsync($"/api/meetings/{asked.Id}/cancel", null).ReadAsync<Meeting>()).Status);
        Assert.DoesNotContain(await host.AnnouncedAsync<MeetingCancelled>(), c => c.Reason is not null);
    }
}
