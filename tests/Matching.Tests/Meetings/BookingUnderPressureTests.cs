using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Meetings;

public sealed class BookingUnderPressureTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Of_fifty_who_ask_at_once_for_the_last_three_seats_exactly_three_get_them(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var slot = (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand");
        Assert.Equal(3, slot.Free);
        var visitors = new List<TestVisitor>();
        for (var i = 0; i < 50; i++) visitors.Add(await host.VisitorAsync());

        var answers = await Task.WhenAll(visitors.Select(v => v.AskAsync(DemoFair.Course, slot)));

        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.Created))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            Assert.Equal("slot-taken", await refused.ProblemAsync());
        }
        var held = await host.QueryAsync(db => db.Bookings.Where(b => b.SlotId == slot.Id).Select(b => b.TableNo).ToListAsync());
        Assert.Equal(3, held.Distinct().Count());
        Assert.Equal(0, (await host.SlotsAsync(DemoFair.Course)).Single(s => s.Id == slot.Id).Free);
        Assert.Equal(3, (await host.AnnouncedAsync<MeetingRequested>()).Count);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Of_five_thousand_who_ask_at_once_for_five_hundred_seats_each_is_answered_and_none_is_oversold(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        // Fifty tables by fifteen times; a third of them is kept for walk-ins.
        await host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(DemoFair.Catalogue(version: 2, schoolTables: 50));
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "stand").ToArray();
        Assert.Equal(500, slots.Sum(s => s.Free));
        var visitors = await host.VisitorsAsync(5000);

        var answers = await Task.WhenAll(visitors.Select((v, i) => v.AskAsync(DemoFair.Course, slots[i % slots.Length])));

        Assert.Equal([(HttpStatusCode.Created, 500), (HttpStatusCode.Conflict, 4500)], answers.GroupBy(a => a.StatusCode).Select(g => (g.Key, g.Count())).OrderBy(g => g.Key));
        var seats = await host.QueryAsync(db => db.Bookings.Select(b => new { b.SlotId, b.TableNo, b.VisitorId }).ToListAsync());
        Assert.Equal((500, 500, 500), (seats.Count, seats.DistinctBy(s => (s.SlotId, s.TableNo)).Count(), seats.DistinctBy(s => s.VisitorId).Count()));
        Assert.All(await host.SlotsAsync(DemoFair.Course), s => Assert.True(s.Free == 0 || s.Format != "stand"));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Pressed_ten_times_at_once_with_one_key_is_one_meeting_and_one_answer(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var slot = (await host.SlotsAsync(DemoFair.Course))[0];
        var visitor = await host.VisitorAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => visitor.AskAsync(DemoFair.Course, slot, "one-key")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()))).Distinct());
        Assert.Single(await host.AnnouncedAsync<MeetingRequested>());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task A_visitor_who_asks_two_stands_at_once_for_the_same_time_is_in_one_place(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var visitor = await host.VisitorAsync();
        var there = (await host.SlotsAsync(DemoFair.Meeting)).First(s => s.Free > 0);
        var here = (await host.SlotsAsync(DemoFair.Course)).First(s => s.Start == there.Start && s.Format == "stand");

        var answers = await Task.WhenAll(visitor.AskAsync(DemoFair.Course, here), visitor.AskAsync(DemoFair.Meeting, there));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal("visitor-busy", await answers.Single(a => a.StatusCode != HttpStatusCode.Created).ProblemAsync());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nobody_has_more_meetings_at_once_than_the_cap_even_if_all_are_asked_for_together(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var visitor = await host.VisitorAsync();
        await host.OneTableAsync();
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "video").Take(10).ToArray();

        var answers = await Task.WhenAll(slots.Take(9).Select(s => visitor.AskAsync(DemoFair.Course, s)));

        Assert.Equal(5, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.Created)) Assert.Equal("cap-reached", await refused.ProblemAsync());
        var meetings = (await visitor.Http.GetFromJsonAsync<IReadOnlyList<Meeting>>($"/api/visitors/{visitor.Id}/meetings"))!;
        Assert.Equal(5, meetings.Count);

        await visitor.Http.PostAsync($"/api/meetings/{meetings[0].Id}/cancel", null).ReadAsync<Meeting>();
        Assert.Equal(HttpStatusCode.Created, (await visitor.AskAsync(DemoFair.Course, slots[9])).StatusCode);
    }

    [Fact]
    public async Task Who_asks_and_calls_off_again_and_again_is_sent_to_the_stand_and_may_ask_others()
    {
        await using var host = await MatchingHost.StartAsync();
        var (visitor, slot) = (await host.VisitorAsync(), (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand" && s.Free > 0));
        for (var time = 0; time < 5; time++)
        {
            var meeting = await visitor.MeetAsync(DemoFair.Course, slot);
            await visitor.Http.PostAsync($"/api/meetings/{meeting.Id}/cancel", null).ReadAsync<Meeting>();
        }
        Assert.Equal("asked-enough", await (await visitor.AskAsync(DemoFair.Course, slot)).ProblemAsync());
        Assert.Equal("asked-enough", await (await visitor.Http.PostAsJsonAsync("/api/waiting", new WaitingRequest(visitor.Id, DemoFair.Course, "stand"))).ProblemAsync());
        // Whom the stand has called off may ask again.
        var patient = await host.VisitorAsync();
        for (var time = 0; time < 6; time++)
        {
            var meeting = await patient.MeetAsync(DemoFair.Course, slot);
            await host.Exhibitor(DemoFair.School).PostAsync($"/api/meetings/{meeting.Id}/cancel", null).ReadAsync<Meeting>();
        }
        await visitor.MeetAsync(DemoFair.Meeting, (await host.SlotsAsync(DemoFair.Meeting)).First(s => s.Free > 0));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Two_who_choose_the_last_seat_of_a_proposed_time_do_not_both_get_it(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var stand = host.Exhibitor(DemoFair.School);
        await host.OneTableAsync();
        var video = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "video").ToArray();
        var (one, other) = (await host.VisitorAsync(), await host.VisitorAsync());
        var asked = new[] { await one.MeetAsync(DemoFair.Course, video[0]), await other.MeetAsync(DemoFair.Course, video[1]) };
        foreach (var meeting in asked)
            await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("propose", null, [video[5].Id])).ReadAsync<Meeting>();

        var answers = await Task.WhenAll(
            one.Http.PostAsJsonAsync($"/api/meetings/{asked[0].Id}/choose", new MeetingChoice(video[5].Id)),
            other.Http.PostAsJsonAsync($"/api/meetings/{asked[1].Id}/choose", new MeetingChoice(video[5].Id)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal("slot-taken", await answers.Single(a => a.StatusCode == HttpStatusCode.Conflict).ProblemAsync());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Accepting_and_cancelling_at_the_same_moment_ends_in_one_of_the_two(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var stand = host.Exhibitor(DemoFair.School);
        await host.OneTableAsync();
        foreach (var slot in (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "video").Take(8))
        {
            var visitor = await host.VisitorAsync();
            var meeting = await visitor.MeetAsync(DemoFair.Course, slot);
            var answers = await Task.WhenAll(
                stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept")),
                visitor.Http.PostAsync($"/api/meetings/{meeting.Id}/cancel", null));
            Assert.Equal(HttpStatusCode.OK, answers[1].StatusCode);
            if (answers[0].StatusCode != HttpStatusCode.OK) Assert.Equal("already-answered", await answers[0].ProblemAsync());
            var now = await host.QueryAsync(db => db.Bookings.AsNoTracking().Include(b => b.Cells).SingleAsync(b => b.Id == meeting.Id));
            Assert.Equal("cancelled", now.Status);
            Assert.Equal(now.History.Count, now.Version);
            Assert.Empty(now.Cells);
        }
    }
}
