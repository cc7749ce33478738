using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Waiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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
    public async Task An_offer_that_is_withdrawn_leaves_lists_keeps_what_was_agreed_on_and_ends_what_was_not_answered(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var slots = await StandSlotsAsync(host);
        TestVisitor[] visitors = [await host.VisitorAsync(), await host.VisitorAsync(), await host.VisitorAsync()];
        Assert.Contains((await visitors[0].Http.GetFromJsonAsync<Matches>($"/api/visitors/{visitors[0].Id}/matches"))!.Items, m => m.OfferId == DemoFair.Course);
        var agreed = await AnswerAsync(host, await visitors[0].MeetAsync(DemoFair.Course, slots[0]), new("accept"));
        var asked = await visitors[1].MeetAsync(DemoFair.Course, slots[1]);

        var catalogue = DemoFair.Catalogue(2);
        Assert.Equal(asked.Code, Assert.Single((await LostAsync(host, new FairChange(DemoFair.Fair, Offers: [DemoFair.Course]))).Stands[0].Meetings).Code);
        await PublishAsync(host, catalogue with { Offers = [.. catalogue.Offers.Where(o => o.Id != DemoFair.Course)] });
        Assert.DoesNotContain((await visitors[0].Http.GetFromJsonAsync<Matches>($"/api/visitors/{visitors[0].Id}/matches"))!.Items, m => m.OfferId == DemoFair.Course);
        Assert.Equal(("accepted", "Integrationskurs"), await NowAsync(visitors[0], agreed) is var now ? (now.Status, now.TitleDe) : default);
        Assert.Contains("Schule am Fluss", await visitors[0].Http.GetStringAsync($"/api/meetings/{agreed.Id}/calendar.ics"));
        Assert.Equal(("cancelled", "offer-gone"), await NowAsync(visitors[1], asked) is var ended ? (ended.Status, ended.Reason) : default);
        Assert.Equal(2, (await host.Exhibitor(DemoFair.School).GetFromJsonAsync<List<Meeting>>($"/api/exhibitors/{DemoFair.School}/meetings"))!.Count(m => m.Title == "Integrationskurs"));
        Assert.Equal("not-found", await (await host.Anyone().GetAsync($"/api/offers/{DemoFair.Course}/slots")).ProblemAsync());
        Assert.False((await visitors[2].AskAsync(DemoFair.Course, slots[2])).IsSuccessStatusCode);
        var other = (await host.SlotsAsync(DemoFair.SecondCourse)).First(s => s.Format == "stand" && s.Free > 0 && s.Start > slots[3].Start);
        Assert.Equal(other.Start, (await visitors[0].Http.PostAsJsonAsync($"/api/meetings/{agreed.Id}/move", new MeetingChoice(other.Id)).ReadAsync<Meeting>()).Slot.Start);
        var told = Assert.Single(await host.AnnouncedAsync<MeetingCancelled>());
        Assert.Equal((asked.Id, "system", "offer-gone"), (told.Meeting.MeetingId, told.By, told.Reason));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_stand_that_goes_has_its_meetings_named_before_and_called_off_with_the_reason(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var slots = await StandSlotsAsync(host);
        TestVisitor[] visitors = [await host.VisitorAsync(), await host.VisitorAsync(), await host.VisitorAsync(), await host.VisitorAsync()];
        var agreed = await AnswerAsync(host, await visitors[0].MeetAsync(DemoFair.Course, slots[0]), new("accept"));
        var asked = await visitors[1].MeetAsync(DemoFair.Course, slots[1]);
        var proposed = await AnswerAsync(host, await visitors[2].MeetAsync(DemoFair.Course, slots[2]), new("propose", null, [slots[4].Id]));
        var elsewhere = await visitors[3].MeetAsync(DemoFair.Meeting, (await host.SlotsAsync(DemoFair.Meeting)).First(s => s.Free > 0));

        var named = await LostAsync(host, new FairChange(DemoFair.Fair, Exhibitors: [DemoFair.School]));
        Assert.Equal((3, "Schule am Fluss"), (named.Count, Assert.Single(named.Stands).Exhibitor));
        Assert.Equal(0, (await LostAsync(host, new FairChange(DemoFair.Fair))).Count);

        var catalogue = DemoFair.Catalogue(2);
        await PublishAsync(host, catalogue with
        {
            Exhibitors = [.. catalogue.Exhibitors.Where(e => e.Id != DemoFair.School)],
            Offers = [.. catalogue.Offers.Where(o => o.ExhibitorId != DemoFair.School)],
        });
        foreach (var (visitor, meeting) in ((TestVisitor, Meeting)[])[(visitors[0], agreed), (visitors[1], asked), (visitors[2], proposed)])
            Assert.Equal(("cancelled", "stand-gone", "system"), await NowAsync(visitor, meeting) is var now ? (now.Status, now.Reason, now.History[^1].By) : default);
        Assert.Equal("requested", (await NowAsync(visitors[3], elsewhere)).Status);
        var told = await host.AnnouncedAsync<MeetingCancelled>();
        Assert.Equal(3, told.Count);
        Assert.All(told, t => Assert.Equal(("system", "stand-gone", null, "Schule am Fluss"), (t.By, t.Reason, t.FairOpens, t.Meeting.Exhibitor)));
        Assert.False(await host.QueryAsync(db => db.Seats.AnyAsync(s => db.Slots.Any(x => x.Id == s.SlotId && x.ExhibitorId == DemoFair.School))));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_waits_at_a_stand_that_goes_waits_no_more_and_what_was_stored_at_the_last_moment_is_called_off_too(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine, without: typeof(FreedSeats));
        var slots = await StandSlotsAsync(host);
        var (late, waiting) = (await host.VisitorAsync(), await host.VisitorAsync());
        var catalogue = DemoFair.Catalogue(2);
        var less = catalogue with { Offers = [.. catalogue.Offers.Where(o => o.Id != DemoFair.Course)] };
        await host.QueryAsync(async db =>
        {
            db.Waiting.Add(new() { Id = Guid.NewGuid(), FairId = DemoFair.Fair, VisitorId = waiting.Id, ExhibitorId = DemoFair.School, OfferId = DemoFair.Course, Format = "stand", At = DemoFair.Before });
            return await db.SaveChangesAsync();
        });
        await PublishAsync(host, less);
        Assert.Empty(await host.QueryAsync(db => db.Waiting.ToListAsync()));
        var told = Assert.Single(await host.AnnouncedAsync<WaitingEnded>());
        Assert.Equal((waiting.Id, "offer-gone", false), (told.VisitorId, told.Reason, told.Confidential));
        Assert.NotEmpty(told.Title);

        // A request that read the catalogue before it changed, and is stored after.
        var expiry = host.Services.GetServices<IHostedService>().OfType<ExpireMeetings>().Single();
        await PublishAsync(host, DemoFair.Catalogue(3));
        var meeting = await late.MeetAsync(DemoFair.Course, slots[0]);
        await host.QueryAsync(db => db.Catalogues.Where(c => c.FairId == DemoFair.Fair)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.Version, 4).SetProperty(x => x.Body, System.Text.Json.JsonSerializer.Serialize(less with { Version = 4 }, System.Text.Json.JsonSerializerOptions.Web))));
        await expiry.CallOffLateAsync(TestContext.Current.CancellationToken);
        Assert.Equal(("cancelled", "offer-gone"), await NowAsync(late, meeting) is var now ? (now.Status, now.Reason) : default);
        await expiry.CallOffLateAsync(TestContext.Current.CancellationToken);
        Assert.Single(await host.AnnouncedAsync<MeetingCancelled>());
    }

    private static Task<FairMeetingsInTheWay> LostAsync(MatchingHost host, FairChange change) =>
        host.Staff("organiser").PostAsJsonAsync("/api/meetings/in-the-way", change).ReadAsync<FairMeetingsInTheWay>();
}
