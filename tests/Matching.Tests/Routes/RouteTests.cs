using System.Net.Http.Json;
using Ical.Net;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Waiting;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Matching.Tests.Routes;

/// <summary>The day over HTTP: the school stands in hall 1, the advice centre in hall 2, the association is at its own house in the city.</summary>
public sealed class RouteTests
{
    private static readonly GeoPoint Door = new(51.3397, 12.3731), House = new(51.3438, 12.3788);
    private static readonly Needs Wishes = DemoFair.Open with { Language = "en", Goals = ["learn-german", "leisure"], Topics = ["debt"] };

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Meetings_suggestions_and_waiting_places_are_one_day_in_order(Engine engine)
    {
        await using var host = await StartAsync(engine);
        var (visitor, holder) = (await host.VisitorAsync(Wishes), await host.VisitorAsync());
        var course = await visitor.MeetAsync(DemoFair.Course, await SlotAsync(host, DemoFair.Course, "stand", 60));
        var before = await RouteAsync(visitor);

        // Suggested is what is not met yet, each stand once, each with the way, and never while the visitor meets somebody.
        Assert.Equal([StopKinds.Meeting], before.Where(s => s.Meeting is not null).Select(s => s.Kind));
        var suggested = before.Where(s => s.Recommended is not null).ToArray();
        Assert.Equal(new[] { DemoFair.Advice, DemoFair.Association }.Order(), suggested.Select(s => s.Recommended!.ExhibitorId).Order());
        Assert.All(suggested, s => Assert.Equal((StopKinds.Recommended, true, false), (s.Kind, s.End <= course.Slot.Start || s.Start >= course.Slot.End, s.Over)));
        Assert.All(suggested, s => Assert.True(s.Recommended!.WalkIn || s.Recommended.SlotId is not null));
        Assert.Equal(before.Select(s => s.Start).Order(), before.Select(s => s.Start));
        Assert.All(before, s => Assert.Empty(s.Clashes));
        Assert.Equal(before.Select(Said), (await RouteAsync(visitor)).Select(Said));
        var house = suggested.Single(s => s.Recommended!.ExhibitorId == DemoFair.Association);
        Assert.Equal((PlaceKinds.City, "Musterweg 14, Leipzig", House), (house.Place.Kind, house.Place.Text, house.Place.At!.Value));
        Assert.Equal("Musterweg 14, Leipzig", (await visitor.Http.GetFromJsonAsync<Matches>($"/api/visitors/{visitor.Id}/matches"))!.Items.First(m => m.ExhibitorId == DemoFair.Association).Stand);

        // Who waits has a stop without a time, and is not sent there beside.
        await FillAsync(host, holder, DemoFair.Meeting);
        var place = await visitor.Http.PostAsJsonAsync("/api/waiting", new WaitingRequest(visitor.Id, DemoFair.Meeting, "stand")).ReadAsync<WaitingView>();
        var after = await RouteAsync(visitor);
        Assert.Equal((StopKinds.Waiting, (DateTimeOffset?)null, place, "Musterweg 14, Leipzig"), (after[^1].Kind, after[^1].Start, after[^1].Waiting!, after[^1].Place.Text));
        Assert.DoesNotContain(after, s => s.Recommended?.ExhibitorId == DemoFair.Association);

        // Without all=true it is what it always was.
        Assert.Equal([course.Id], (await visitor.Http.GetFromJsonAsync<List<RouteStop>>($"/api/visitors/{visitor.Id}/route"))!.Select(s => s.Meeting!.Id));
    }

    [Fact]
    public async Task A_way_that_is_too_long_is_named_at_the_later_meeting_and_ends_when_it_is_moved()
    {
        await using var host = await StartAsync();
        var visitor = await host.VisitorAsync(Wishes);
        var course = await visitor.MeetAsync(DemoFair.Course, await SlotAsync(host, DemoFair.Course, "stand", 0));
        var cafe = await visitor.MeetAsync(DemoFair.Meeting, await SlotAsync(host, DemoFair.Meeting, "stand", 20));

        var late = (await RouteAsync(visitor)).Single(s => s.Meeting?.Id == cafe.Id);
        // 603 m in a straight line, 784 m of streets, a minute each for door and getting up, five out of the hall.
        Assert.Equal((0, new RouteLeg(true, 20, 0)), (late.GapMinutes, late.Leg));
        Assert.Equal([new RouteClash(RouteClash.TooFar, course.Id, 20)], late.Clashes);

        await visitor.Http.PostAsJsonAsync($"/api/meetings/{cafe.Id}/move", new MeetingChoice((await SlotAsync(host, DemoFair.Meeting, "stand", 60)).Id)).ReadAsync<Meeting>();
        var moved = (await RouteAsync(visitor)).Single(s => s.Meeting?.Id == cafe.Id);
        Assert.Empty(moved.Clashes);
        Assert.Equal(20, moved.Leg!.WalkMinutes);
    }

    [Fact]
    public async Task Where_the_fair_or_a_stand_is_not_on_the_map_the_way_is_unknown()
    {
        await using var host = await StartAsync(door: null);
        var visitor = await host.VisitorAsync(Wishes);
        await visitor.MeetAsync(DemoFair.Course, await SlotAsync(host, DemoFair.Course, "stand", 0));
        var cafe = await visitor.MeetAsync(DemoFair.Meeting, await SlotAsync(host, DemoFair.Meeting, "stand", 20));
        var stop = (await RouteAsync(visitor)).Single(s => s.Meeting?.Id == cafe.Id);
        Assert.Equal(new RouteLeg(true, null, null), stop.Leg);
        Assert.Empty(stop.Clashes);
    }

    [Fact]
    public async Task Times_that_a_stand_proposes_say_what_they_clash_with_and_a_held_seat_takes_its_time()
    {
        await using var host = await StartAsync();
        var (visitor, stand) = (await host.VisitorAsync(Wishes), host.Exhibitor(DemoFair.School));
        var asked = await visitor.MeetAsync(DemoFair.Course, await SlotAsync(host, DemoFair.Course, "stand", 120));
        var debt = await visitor.MeetAsync(DemoFair.Debt, await SlotAsync(host, DemoFair.Debt, "stand", 40));
        var times = new[] { 40, 60, 100 }.Select(m => SlotAsync(host, DemoFair.Course, "stand", m).Result).ToArray();
        await stand.PostAsJsonAsync($"/api/meetings/{asked.Id}/answer", new MeetingAnswer("propose", SlotIds: [.. times.Select(t => t.Id)])).ReadAsync<Meeting>();

        var route = await RouteAsync(visitor);
        var proposal = route.Single(s => s.Meeting?.Id == asked.Id);
        Assert.Equal((StopKinds.Proposal, times[0].Start, null, null), (proposal.Kind, proposal.Start!.Value, proposal.End, proposal.Leg));
        Assert.Equal([[new RouteClash(RouteClash.Overlaps, debt.Id, 20)], [new RouteClash(RouteClash.TooFar, debt.Id, 5)], []], proposal.Times.Select(t => t.Clashes.ToArray()));
        // A time that may still be taken is left free.
        Assert.DoesNotContain(route, s => s.Recommended is not null && times.Any(t => s.Start < t.End && t.Start < s.End));
    }

    [Fact]
    public async Task A_seat_that_is_held_for_who_waited_is_a_stop_with_its_time_limit()
    {
        await using var host = await StartAsync();
        await host.OneTableAsync();
        var ten = await SlotAsync(host, DemoFair.Course, "video", 0);
        var (holder, visitor) = (await host.VisitorAsync(), await host.VisitorAsync(Wishes with { Availability = [new TimeRange(ten.Start, ten.End)] }));
        var taken = await holder.MeetAsync(DemoFair.Course, ten);
        await visitor.Http.PostAsJsonAsync("/api/waiting", new WaitingRequest(visitor.Id, DemoFair.Course, "video")).ReadAsync<WaitingView>();
        Assert.Equal([StopKinds.Waiting], (await RouteAsync(visitor)).Where(s => s.Recommended is null).Select(s => s.Kind));
        await holder.Http.PostAsync($"/api/meetings/{taken.Id}/cancel", null).ReadAsync<Meeting>();
        await host.Services.GetRequiredService<FreedSeats>().OfferAsync(default);

        var held = Assert.Single(await RouteAsync(visitor), s => s.Recommended is null);
        Assert.Equal((StopKinds.HeldSeat, ten.Start, PlaceKinds.Video, "proposed"), (held.Kind, held.Start!.Value, held.Place.Kind, held.Meeting!.Status));
        Assert.NotNull(held.Meeting.ExpiresAt);
    }

    [Fact]
    public async Task During_the_day_what_is_over_says_so_and_nothing_is_suggested_for_times_that_are_gone()
    {
        await using var host = await StartAsync();
        var visitor = await host.VisitorAsync(Wishes);
        var course = await visitor.MeetAsync(DemoFair.Course, await SlotAsync(host, DemoFair.Course, "stand", 20));
        await host.Exhibitor(DemoFair.School).PostAsJsonAsync($"/api/meetings/{course.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();
        host.Clock.SetUtcNow(DemoFair.Opens.AddMinutes(130));
        var route = await RouteAsync(visitor);
        Assert.True(route.Single(s => s.Meeting is not null).Over);
        Assert.Contains(route, s => s.Recommended is not null);
        Assert.All(route.Where(s => s.Recommended is not null), s => Assert.True(s.Start >= DemoFair.Opens.AddMinutes(135) && s.Recommended!.WalkIn));
        host.Clock.SetUtcNow(DemoFair.Closes);
        Assert.DoesNotContain(await RouteAsync(visitor), s => s.Recommended is not null);
    }

    [Fact]
    public async Task Nothing_is_suggested_where_that_is_set_so()
    {
        await using var host = await StartAsync(settings: ("Matching:Walking:Suggestions", "0"));
        Assert.Empty(await RouteAsync(await host.VisitorAsync(Wishes)));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task The_days_calendar_has_each_meeting_as_its_own_file_has_it_and_nothing_else(Engine engine)
    {
        await using var host = await StartAsync(engine);
        var visitor = await host.VisitorAsync(Wishes);
        Assert.Equal("no-meetings", await (await visitor.Http.GetAsync($"/api/visitors/{visitor.Id}/route.ics")).ProblemAsync());
        var cafe = await visitor.MeetAsync(DemoFair.Meeting, await SlotAsync(host, DemoFair.Meeting, "stand", 60));
        var course = await visitor.MeetAsync(DemoFair.Course, await SlotAsync(host, DemoFair.Course, "stand", 0));
        await host.Exhibitor(DemoFair.School).PostAsJsonAsync($"/api/meetings/{course.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();
        var gone = await visitor.MeetAsync(DemoFair.Debt, await SlotAsync(host, DemoFair.Debt, "stand", 200));
        await visitor.Http.PostAsync($"/api/meetings/{gone.Id}/cancel", null).ReadAsync<Meeting>();

        var text = await visitor.Http.GetStringAsync($"/api/visitors/{visitor.Id}/route.ics");
        var day = Calendar.Load(text)!;
        Assert.Equal("PUBLISH", day.Method);
        Assert.Equal([($"{course.Id}@matchmaking", 2, "CONFIRMED"), ($"{cafe.Id}@matchmaking", 1, "TENTATIVE")], day.Events.Select(e => (e.Uid!, e.Sequence, e.Status!)));
        // Who is met in the city is met there, and not at the fair.
        Assert.Equal(["Rathaus, Table 1, Hall 1", "Musterweg 14, Leipzig"], day.Events.Select(e => e.Location));
        foreach (var meeting in new[] { course, cafe })
            Assert.Contains(EntryOf(await visitor.Http.GetStringAsync($"/api/meetings/{meeting.Id}/calendar.ics")), text);
    }

    private static string EntryOf(string file) => file[file.IndexOf("BEGIN:VEVENT", StringComparison.Ordinal)..(file.IndexOf("END:VEVENT", StringComparison.Ordinal) + "END:VEVENT".Length)];

    private static (string, DateTimeOffset?, Guid?) Said(RouteStop stop) => (stop.Kind, stop.Start, stop.Recommended?.OfferId);

    private static Task<MatchingHost> StartAsync(Engine engine = Engine.Sqlite, params (string, string)[] settings) => StartAsync(Door, engine, settings);

    private static async Task<MatchingHost> StartAsync(GeoPoint? door, Engine engine = Engine.Sqlite, params (string, string)[] settings)
    {
        var host = await MatchingHost.StartAsync(engine, settings: settings);
        var fair = DemoFair.Catalogue(version: 2);
        await host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(fair with
        {
            Fair = fair.Fair with { At = door },
            Exhibitors = [.. fair.Exhibitors.Select(e => e.Id == DemoFair.Association ? e with { Stand = null, Address = "Musterweg 14, Leipzig", At = House }
                : e with { Stand = e.Id == DemoFair.School ? "Tisch 1, Halle 1" : "Tisch 40, Halle 2", Address = "Weg 1", At = House })],
        });
        return host;
    }

    private static async Task<SlotView> SlotAsync(MatchingHost host, Guid offer, string format, int minute) =>
        (await host.SlotsAsync(offer)).Single(s => s.Format == format && s.Start == DemoFair.Opens.AddMinutes(minute));

    private static async Task<IReadOnlyList<RouteStop>> RouteAsync(TestVisitor visitor) => (await visitor.Http.GetFromJsonAsync<IReadOnlyList<RouteStop>>($"/api/visitors/{visitor.Id}/route?all=true"))!;

    /// <summary>Takes all that can be booked at a stand, by as many people as that needs.</summary>
    private static async Task FillAsync(MatchingHost host, TestVisitor first, Guid offer)
    {
        foreach (var slot in (await host.SlotsAsync(offer)).Where(s => s.Free > 0))
            for (var i = 0; i < slot.Free; i++) await (slot.Start == DemoFair.Opens && i == 0 ? first : await host.VisitorAsync()).MeetAsync(offer, slot);
    }
}
