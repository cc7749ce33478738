using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Meetings;

/// <summary>A stand sets its day, and what comes of it.</summary>
public sealed class StandPlanTests
{
    private static readonly FairFacts Fair = DemoFair.Catalogue().Fair;
    private static readonly ExhibitorFacts School = DemoFair.Catalogue().Exhibitors[0];
    private static readonly string Address = $"/api/exhibitors/{DemoFair.School}/plan";

    [Fact]
    public void Times_fill_the_hours_between_the_breaks_and_never_reach_over_one()
    {
        var plan = new StandPlan(Open: [new("10:30", "13:00")], Breaks: [new("11:40", "12:10")], SlotMinutes: 30, Formats: ["stand"]);
        Assert.Equal(["10:30", "11:00", "12:10"], SlotPlan.Of(Fair, School, plan).Select(Clock));
        Assert.All(SlotPlan.Of(Fair, School, plan), s => Assert.Equal(TimeSpan.FromMinutes(30), s.End - s.Start));
    }

    [Fact]
    public void Hours_that_overlap_are_one_those_outside_the_fair_are_none_and_a_fair_of_two_days_has_them_on_both()
    {
        var plan = new StandPlan(Open: [new("08:00", "10:20"), new("10:10", "10:40"), new("14:50", "19:00")], SlotMinutes: 20, Formats: ["video"]);
        Assert.Equal(["10:00", "10:20"], SlotPlan.Of(Fair, School, plan).Select(Clock));
        var twoDays = Fair with { Closes = Fair.Closes.AddDays(1) };
        var ofBoth = SlotPlan.Of(twoDays, School, new StandPlan(Formats: ["video"])).ToArray();
        Assert.Equal(2 * 15, ofBoth.Length);
        Assert.Equal([15, 15], ofBoth.GroupBy(s => s.Start.Date).Select(g => g.Count()));
    }

    [Fact]
    public void Clocks_that_go_forward_in_the_night_of_the_fair_lose_an_hour_and_no_meeting()
    {
        var night = Fair with { Opens = new(2026, 3, 29, 1, 0, 0, TimeSpan.FromHours(1)), Closes = new(2026, 3, 29, 5, 0, 0, TimeSpan.FromHours(2)) };
        var slots = SlotPlan.Of(night, School, new StandPlan(Open: [new("01:00", "05:00")], SlotMinutes: 60, Formats: ["video"])).ToArray();
        Assert.Equal(3, slots.Length);
        Assert.Equal(slots.Length, slots.Select(s => s.Start).Distinct().Count());
        Assert.All(slots.Zip(slots.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
    }

    [Theory, InlineData(0, 0), InlineData(2, 30), InlineData(5, 12)]
    public void The_share_that_is_kept_is_the_plans(int every, int kept)
    {
        var seats = SlotPlan.Of(Fair, School, new StandPlan(WalkInEvery: every, Formats: ["stand"])).SelectMany(s => s.Seats).ToArray();
        Assert.Equal((60, kept), (seats.Length, seats.Count(s => s.WalkIn)));
    }

    [Theory, InlineData(5, 1), InlineData(10, 1), InlineData(20, 1), InlineData(25, 1), InlineData(30, 1), InlineData(45, 1), InlineData(60, 2), InlineData(60, 3), InlineData(120, 4)]
    public void Every_hour_of_several_seats_keeps_some_of_them_and_gives_some(int minutes, int tables)
    {
        foreach (var every in new[] { 2, 3, 5, 10 })
        {
            var plan = new StandPlan(SlotMinutes: minutes, Tables: [.. Enumerable.Repeat(new TablePlan(["de"]), tables)], Breaks: [new("12:10", "12:40")], WalkInEvery: every, Formats: ["stand"]);
            var hours = SlotPlan.Of(Fair, School, plan).SelectMany(s => s.Seats.Select(seat => (Hour: Clock(s)[..2], seat.WalkIn))).GroupBy(s => s.Hour).Where(h => h.Count() > 1).ToArray();
            Assert.NotEmpty(hours);
            Assert.All(hours, h => Assert.InRange(h.Count(s => s.WalkIn), 1, h.Count() - 1));
        }
    }

    [Fact]
    public void Where_an_hour_has_one_seat_the_share_is_one_of_the_day_and_without_a_stand_nothing_is_kept()
    {
        var hourly = SlotPlan.Of(Fair, School, new StandPlan(SlotMinutes: 60, Tables: [new(["de"])], Formats: ["stand"])).ToArray();
        Assert.Equal((5, 1), (hourly.Length, hourly.Count(s => s.Seats[0].WalkIn)));
        Assert.DoesNotContain(SlotPlan.Of(Fair, School, new StandPlan(Formats: ["video", "phone"])), s => s.Seats.Any(seat => seat.WalkIn));
        // Who is called cannot be at the seat that is kept.
        var both = SlotPlan.Of(Fair, School, new StandPlan(Formats: ["stand", "phone"])).GroupBy(s => s.Start).ToArray();
        Assert.All(both, time => Assert.Single(time.Select(s => string.Join(' ', s.Seats.Select(seat => seat.WalkIn))).Distinct()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Whose_language_leaves_a_table_is_seated_at_another_that_speaks_it_or_is_named(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        await PutAsync(host, new StandPlan(Tables: [new(["ar"]), new(["de"]), new(["ar"])], WalkInEvery: 0, Formats: ["stand"])).ReadAsync<StandPlanView>();
        var slots = await host.SlotsAsync(DemoFair.Course);
        Task<TestVisitor> ArabAsync() => host.VisitorAsync(DemoFair.Open with { ConversationLanguages = ["ar"] });
        var (first, second) = (await (await ArabAsync()).MeetAsync(DemoFair.Course, slots[0]), await (await ArabAsync()).MeetAsync(DemoFair.Course, slots[0]));
        Assert.Equal([1, 3], new[] { first.Table, second.Table }.Order());
        // Never understood here: loses nothing.
        var stranger = await (await host.VisitorAsync(DemoFair.Open with { ConversationLanguages = ["tr"] })).MeetAsync(DemoFair.Course, slots[1]);
        var atOne = first.Table == 1 ? first : second;

        // One table still speaks Arabic, but somebody sits there.
        var less = new StandPlan(Tables: [new(["de"]), new(["es"]), new(["ar"])], WalkInEvery: 0, Formats: ["stand"]);
        var dry = await PutAsync(host, less, dryRun: true).ReadAsync<StandPlanView>();
        Assert.Equal((atOne.Code, 1, true), Assert.Single(dry.InTheWay) is var m ? (m.Code, m.Table, m.Unspoken) : default);
        Assert.Equal("meetings-in-the-way", await (await PutAsync(host, less)).ProblemAsync());
        Assert.Empty(await host.AnnouncedAsync<MeetingRelocated>());

        // The second table speaks it from now on: they sit there.
        await PutAsync(host, new StandPlan(Tables: [new(["de"]), new(["ar"]), new(["ar"])], WalkInEvery: 0, Formats: ["stand"])).ReadAsync<StandPlanView>();
        var rows = await host.QueryAsync(db => db.Bookings.AsNoTracking().WithCells().ToListAsync());
        Assert.Equal(2, rows.Single(b => b.Id == atOne.Id).TableNo);
        Assert.All(rows, b => Assert.Equal([b.TableNo!.Value], b.TableCells.Select(c => c.TableNo).Distinct()));
        Assert.Equal(stranger.Table, rows.Single(b => b.Id == stranger.Id).TableNo);
        var told = Assert.Single(await host.AnnouncedAsync<MeetingRelocated>());
        Assert.Equal((atOne.Id, 2, "requested"), (told.Meeting.MeetingId, told.Meeting.Table, told.Status));
    }

    [Fact]
    public async Task Kept_seats_are_freed_so_many_minutes_before_they_begin()
    {
        await using var host = await MatchingHost.StartAsync();
        await PutAsync(host, new StandPlan(Tables: [new(["de"])], WalkInEvery: 2, WalkInFreedMinutes: 60, Formats: ["stand"])).ReadAsync<StandPlanView>();
        var slots = await host.SlotsAsync(DemoFair.Course);
        Assert.Equal([1, 0], slots.Take(2).Select(s => s.Free).OrderDescending());
        var kept = slots.First(s => s.Free == 0);
        host.Clock.SetUtcNow(kept.Start.AddMinutes(-61));
        Assert.Equal(0, await FreeAsync(host, kept.Id));
        host.Clock.SetUtcNow(kept.Start.AddMinutes(-60));
        Assert.Equal(1, await FreeAsync(host, kept.Id));
    }

    [Fact]
    public async Task Who_speaks_a_tables_language_sits_there_and_who_speaks_the_common_one_leaves_it_free()
    {
        await using var host = await MatchingHost.StartAsync();
        await PutAsync(host, new StandPlan(Tables: [new(["de", "uk", "ar"]), new(["de"]), new(["de", "uk"])], WalkInEvery: 0, Formats: ["stand"])).ReadAsync<StandPlanView>();
        var slot = (await host.SlotsAsync(DemoFair.Course))[0];
        var german = await (await host.VisitorAsync(DemoFair.Open with { ConversationLanguages = ["de"] })).MeetAsync(DemoFair.Course, slot);
        var ukrainian = await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, slot);
        var arab = await (await host.VisitorAsync(DemoFair.Open with { ConversationLanguages = ["ar"] })).MeetAsync(DemoFair.Course, slot);
        Assert.Equal((2, 3, 1), (german.Table, ukrainian.Table, arab.Table));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_plan_that_would_break_a_meeting_names_it_and_changes_nothing(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var visitor = await host.VisitorAsync();
        var slot = (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand");
        var meeting = await visitor.MeetAsync(DemoFair.Course, slot);
        var before = await host.SlotsAsync(DemoFair.Course);

        foreach (var plan in new StandPlan[] { new(SlotMinutes: 30), new(Open: [new("12:00", "15:00")]), new(Breaks: [new("10:10", "10:15")]), new(Formats: ["video"]) })
        {
            var dry = await PutAsync(host, plan, dryRun: true).ReadAsync<StandPlanView>();
            Assert.Equal((meeting.Id, meeting.Code, slot.Start), Assert.Single(dry.InTheWay) is var m ? (m.Id, m.Code, m.Start) : default);
            var refused = await PutAsync(host, plan);
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Equal("meetings-in-the-way", await refused.ProblemAsync());
            using var body = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal(meeting.Code, Assert.Single(body.RootElement.GetProperty("meetings").EnumerateArray()).GetProperty("code").GetString());
        }
        Assert.Equal(before, await host.SlotsAsync(DemoFair.Course));

        await visitor.Http.PostAsync($"/api/meetings/{meeting.Id}/cancel", null, TestContext.Current.CancellationToken);
        var view = await PutAsync(host, new StandPlan(SlotMinutes: 30)).ReadAsync<StandPlanView>();
        Assert.Equal((20, 30, 1L), (view.Added, view.Removed, view.Plan!.Version));
        Assert.Equal(20, (await host.SlotsAsync(DemoFair.Course)).Count);
        // A catalogue that comes again leaves the stand's own plan in force; and the catalogue's day comes back as it was, with its ids.
        await host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(DemoFair.Catalogue(2));
        Assert.Equal(20, (await host.SlotsAsync(DemoFair.Course)).Count);
        await PutAsync(host, new StandPlan()).ReadAsync<StandPlanView>();
        Assert.Equal(before.Select(s => s.Id).Order(), (await host.SlotsAsync(DemoFair.Course)).Select(s => s.Id).Order());
    }

    [Fact]
    public async Task Times_that_were_proposed_stand_in_the_way_too()
    {
        await using var host = await MatchingHost.StartAsync();
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "stand").ToArray();
        var meeting = await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, slots[^1]);
        await host.Exhibitor(DemoFair.School).PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("propose", null, [slots[0].Id])).ReadAsync<Meeting>();
        Assert.Equal("meetings-in-the-way", await (await PutAsync(host, new StandPlan(Open: [new("11:00", "15:00")]))).ProblemAsync());
        await PutAsync(host, new StandPlan(Open: [new("10:00", "14:00")])).ReadAsync<StandPlanView>();
    }

    [Fact]
    public async Task Times_that_were_proposed_stand_in_the_way_in_their_own_format()
    {
        await using var host = await MatchingHost.StartAsync();
        var slots = await host.SlotsAsync(DemoFair.Course);
        var meeting = await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, slots.First(s => s.Format == "stand"));
        await host.Exhibitor(DemoFair.School).PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("propose", null, [slots.Last(s => s.Format == "video" && s.Free > 0).Id])).ReadAsync<Meeting>();
        Assert.Equal("meetings-in-the-way", await (await PutAsync(host, new StandPlan(Formats: ["stand"]))).ProblemAsync());
        await PutAsync(host, new StandPlan(Formats: ["video"])).ReadAsync<StandPlanView>();
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_was_given_a_link_hears_of_the_new_one_and_a_plan_without_any_names_them(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        await PutAsync(host, new StandPlan(VideoLink: "https://old.example.org/{code}")).ReadAsync<StandPlanView>();
        var times = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "video" && s.Free > 0).ToArray();
        var (agreed, asked) = (await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, times[0]), await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, times[1]));
        var atStand = await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course)).Last(s => s.Format == "stand" && s.Free > 0));
        foreach (var meeting in new[] { agreed, atStand })
            await host.Exhibitor(DemoFair.School).PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();

        // Without a link it could not take place. Who was only asked has none yet.
        Assert.Equal(agreed.Code, Assert.Single((await PutAsync(host, new StandPlan(), dryRun: true).ReadAsync<StandPlanView>()).InTheWay).Code);
        Assert.Equal("meetings-in-the-way", await (await PutAsync(host, new StandPlan())).ProblemAsync());
        // The same link is no news.
        await PutAsync(host, new StandPlan(VideoLink: "https://old.example.org/{code}", WalkInFreedMinutes: 30)).ReadAsync<StandPlanView>();
        Assert.Empty(await host.AnnouncedAsync<MeetingRelocated>());

        await PutAsync(host, new StandPlan(VideoLink: "https://new.example.org/{code}")).ReadAsync<StandPlanView>();
        var told = Assert.Single(await host.AnnouncedAsync<MeetingRelocated>());
        Assert.Equal((agreed.Id, "accepted", $"https://new.example.org/{agreed.Code.ToLowerInvariant()}", 3L), (told.Meeting.MeetingId, told.Status, told.Meeting.Join, told.Meeting.Version));
    }

    [Fact]
    public async Task A_table_that_is_none_is_named()
    {
        await using var host = await MatchingHost.StartAsync();
        var refused = await PutAsync(host, new StandPlan(Tables: [new(["de"]), null!]));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("tables[1]", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task While_people_book_a_plan_takes_no_seat_from_under_anybody(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "stand").Take(8).ToArray();
        var visitors = await host.VisitorsAsync(24);
        var booked = Task.WhenAll(visitors.Select((v, n) => v.AskAsync(DemoFair.Course, slots[n % slots.Length])));
        var planned = Task.WhenAll(Enumerable.Range(0, 6).Select(n => PutAsync(host, n % 2 == 0 ? new StandPlan(SlotMinutes: 30) : new StandPlan(Tables: [new(["de"])]))));

        Assert.All(await booked, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict or HttpStatusCode.BadRequest, answer.StatusCode.ToString()));
        Assert.All(await planned, answer => Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict, answer.StatusCode.ToString()));
        var (bookings, seats) = await host.QueryAsync(async db => (await db.Bookings.AsNoTracking().Where(b => b.TableNo != null).ToListAsync(), await db.Seats.AsNoTracking().ToListAsync()));
        var open = seats.Where(s => !s.Withdrawn).Select(s => (s.SlotId, s.TableNo)).ToHashSet();
        Assert.All(bookings, b => Assert.Contains((b.SlotId, b.TableNo!.Value), open));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_stand_that_wants_only_so_many_meetings_gets_no_more_however_many_ask_at_once(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "stand").ToArray();
        var early = await host.VisitorAsync();
        var first = await early.MeetAsync(DemoFair.Course, slots[0]);
        await PutAsync(host, new StandPlan(MostMeetings: 3)).ReadAsync<StandPlanView>();
        var visitors = await host.VisitorsAsync(12);

        var answers = await Task.WhenAll(visitors.Select((v, n) => v.AskAsync(DemoFair.Course, slots[1 + n])));

        Assert.Equal(2, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        foreach (var no in answers.Where(a => a.StatusCode != HttpStatusCode.Created)) Assert.Equal("slot-taken", await no.ProblemAsync());
        Assert.All(await host.SlotsAsync(DemoFair.Course), s => Assert.Equal(0, s.Free));
        Assert.Equal([1, 2, 3], await host.QueryAsync(db => db.Bookings.Where(b => b.TableNo != null).Select(b => b.StandOrdinal!.Value).OrderBy(n => n).ToListAsync()));
        // Who has one of them may take another time: there are no more by that.
        Assert.Equal(slots[14].Id, (await early.Http.PostAsJsonAsync($"/api/meetings/{first.Id}/move", new MeetingChoice(slots[14].Id)).ReadAsync<Meeting>()).Slot.Id);
        await host.Exhibitor(DemoFair.School).PostAsJsonAsync($"/api/meetings/{first.Id}/answer", new MeetingAnswer("decline", "taken")).ReadAsync<Meeting>();
        Assert.Contains(await host.SlotsAsync(DemoFair.Course), s => s.Free > 0);
    }

    [Fact]
    public async Task A_plan_that_makes_no_sense_is_told_field_by_field()
    {
        await using var host = await MatchingHost.StartAsync();
        var answer = await PutAsync(host, new StandPlan(
            Open: [new("25:00", "12:00"), new("12:00", "11:00")], SlotMinutes: 17, Tables: [new(["xx"])], Formats: ["post"], VideoLink: "http://meet.example", Phone: "123",
            WalkInEvery: 1, WalkInFreedMinutes: -1, MostMeetings: 0));
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["formats", "mostMeetings", "open[0].from", "open[1].to", "phone", "slotMinutes", "tables[0].languages", "videoLink", "walkInEvery", "walkInFreedMinutes"],
            body.RootElement.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.Equal("no-slots", await (await PutAsync(host, new StandPlan(Open: [new("06:00", "07:00")]))).ProblemAsync());
        foreach (var link in new[] { "https://a:b@meet.example/", "https://meet.example/{name}", "javascript:alert(1)", "https://meet.example/ x" })
            Assert.Equal(HttpStatusCode.BadRequest, (await PutAsync(host, new StandPlan(VideoLink: link))).StatusCode);
    }

    [Fact]
    public async Task A_stale_page_overwrites_nothing()
    {
        await using var host = await MatchingHost.StartAsync();
        await PutAsync(host, new StandPlan(SlotMinutes: 30, Version: 0)).ReadAsync<StandPlanView>();
        Assert.Equal("changed-meanwhile", await (await PutAsync(host, new StandPlan(SlotMinutes: 10, Version: 0))).ProblemAsync());
        Assert.Equal(10, (await PutAsync(host, new StandPlan(SlotMinutes: 10, Version: 1)).ReadAsync<StandPlanView>()).Effective.SlotMinutes);
    }

    [Fact]
    public async Task Where_a_video_meeting_takes_place_is_told_to_both_sides_once_it_is_agreed_on()
    {
        await using var host = await MatchingHost.StartAsync();
        await PutAsync(host, new StandPlan(VideoLink: "https://meet.example/{code}-{id}")).ReadAsync<StandPlanView>();
        var (visitor, stand) = (await host.VisitorAsync(), host.Exhibitor(DemoFair.School));
        var meeting = await visitor.MeetAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "video"));
        Assert.Null(meeting.Join);
        var agreed = await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();
        var expected = $"https://meet.example/{meeting.Code.ToLowerInvariant()}-{meeting.Id:n}";
        Assert.Equal(expected, agreed.Join);
        Assert.Equal(expected, (await visitor.Http.GetFromJsonAsync<Meeting[]>($"/api/visitors/{visitor.Id}/meetings", TestContext.Current.CancellationToken))![0].Join);
        Assert.Equal(expected, Assert.Single(await host.AnnouncedAsync<MeetingAccepted>()).Meeting.Join);
        Assert.Contains("meet.example", await visitor.Http.GetStringAsync($"/api/meetings/{meeting.Id}/calendar.ics", TestContext.Current.CancellationToken));
    }

    private static Task<HttpResponseMessage> PutAsync(MatchingHost host, StandPlan plan, bool dryRun = false) =>
        host.Exhibitor(DemoFair.School).PutAsJsonAsync(Address + (dryRun ? "?dryRun=true" : ""), plan);

    private static async Task<int> FreeAsync(MatchingHost host, Guid slot) => (await host.SlotsAsync(DemoFair.Course)).Single(s => s.Id == slot).Free;

    private static string Clock(SlotPlan.PlannedSlot slot) => slot.Start.ToOffset(TimeSpan.FromHours(2)).ToString("HH:mm");
}
