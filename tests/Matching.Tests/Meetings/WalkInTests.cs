using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Meetings;

public sealed class WalkInTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_just_comes_by_gets_a_free_table_once_and_a_slip_is_taken_back(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var stand = host.Exhibitor(DemoFair.School);
        var slot = (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand");
        Assert.Equal("walk-in-early", await (await stand.PutAsync(At(slot.Id, 1), null)).ProblemAsync());
        host.Clock.SetUtcNow(slot.Start.AddMinutes(-15));
        var free = await FreeAsync(host, slot.Id);

        for (var press = 0; press < 2; press++) Assert.Equal(HttpStatusCode.NoContent, (await stand.PutAsync(At(slot.Id, 1), null)).StatusCode);

        var day = await stand.GetFromJsonAsync<StandDay>($"/api/exhibitors/{DemoFair.School}/day");
        Assert.Equal("seated", day!.Cells.Single(c => c.SlotId == slot.Id && c.Table == 1).State);
        Assert.Equal(free - 1, await FreeAsync(host, slot.Id));
        // A catalogue that comes again does not give the table to anybody else.
        await host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(DemoFair.Catalogue(2));
        Assert.Equal(free - 1, await FreeAsync(host, slot.Id));

        for (var press = 0; press < 2; press++) Assert.Equal(HttpStatusCode.NoContent, (await stand.DeleteAsync(At(slot.Id, 1))).StatusCode);
        Assert.Equal(free, await FreeAsync(host, slot.Id));
        host.Clock.SetUtcNow(slot.End);
        Assert.Equal("slot-over", await (await stand.PutAsync(At(slot.Id, 1), null)).ProblemAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await host.Exhibitor(DemoFair.Association).PutAsync(At(slot.Id, 1), null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stand.PutAsync(At(Guid.NewGuid(), 1), null)).StatusCode);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nobody_sits_at_a_table_that_is_booked_and_nobody_books_one_at_which_somebody_sits(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var stand = host.Exhibitor(DemoFair.School);
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "stand").Take(2).ToArray();
        host.Clock.SetUtcNow(slots[1].Start.AddMinutes(-15));
        var visitors = await host.VisitorsAsync(6);

        var booked = visitors.Select(v => v.AskAsync(DemoFair.Course, slots[1])).ToArray();
        var seated = Enumerable.Range(1, 5).Select(table => stand.PutAsync(At(slots[1].Id, table), null)).ToArray();

        var meetings = (await Task.WhenAll(booked)).Count(a => a.StatusCode == HttpStatusCode.Created);
        var walkIns = (await Task.WhenAll(seated)).Count(a => a.StatusCode == HttpStatusCode.NoContent);
        Assert.Equal(4, meetings + walkIns);
        var (held, walked) = await host.QueryAsync(async db => (await db.Bookings.Where(b => b.SlotId == slots[1].Id).Select(b => b.TableNo).ToListAsync(), await db.WalkIns.Select(w => (int?)w.TableNo).ToListAsync()));
        Assert.Equal([1, 2, 3, 4], held.Concat(walked).Order());
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Who_asks_while_somebody_stands_up_again_has_the_table_or_hears_that_it_is_taken(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var stand = host.Exhibitor(DemoFair.School);
        await stand.PutAsJsonAsync($"/api/exhibitors/{DemoFair.School}/plan", new StandPlan(Tables: [new(null)], Formats: ["stand"], WalkInEvery: 0)).ReadAsync<StandPlanView>();
        var slot = (await host.SlotsAsync(DemoFair.Course))[0];
        host.Clock.SetUtcNow(slot.Start.AddMinutes(-15));
        foreach (var visitor in await host.VisitorsAsync(150))
        {
            Assert.Equal(HttpStatusCode.NoContent, (await stand.PutAsync(At(slot.Id, 1), null)).StatusCode);
            var (asked, gone) = (visitor.AskAsync(DemoFair.Course, slot), stand.DeleteAsync(At(slot.Id, 1)));
            Assert.Equal(HttpStatusCode.NoContent, (await gone).StatusCode);
            var answer = await asked;
            if (answer.IsSuccessStatusCode) await visitor.Http.PostAsync($"/api/meetings/{(await answer.Content.ReadFromJsonAsync<Meeting>())!.Id}/cancel", null).ReadAsync<Meeting>();
            else Assert.Equal("slot-taken", await answer.ProblemAsync());
        }
    }

    [Fact]
    public async Task What_a_stand_has_recorded_it_takes_back_until_the_visitor_has_judged()
    {
        await using var host = await MatchingHost.StartAsync();
        var (visitor, stand) = (await host.VisitorAsync(), host.Exhibitor(DemoFair.School));
        var slot = (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand");
        var meeting = await visitor.MeetAsync(DemoFair.Course, slot);
        var outcome = $"/api/meetings/{meeting.Id}/outcome";
        await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();
        Assert.Equal("not-recorded", await (await stand.DeleteAsync(outcome)).ProblemAsync());
        host.Clock.SetUtcNow(slot.Start);
        await stand.PostAsJsonAsync(outcome, new MeetingOutcome("no-show")).ReadAsync<Meeting>();

        for (var press = 0; press < 2; press++) Assert.Equal("accepted", (await stand.DeleteAsync(outcome).ReadAsync<Meeting>()).Status);

        Assert.Equal(1, await host.QueryAsync(db => db.Bookings.CountAsync(b => b.Id == meeting.Id && b.Ordinal == 1 && b.TableNo != null)));
        await stand.PostAsJsonAsync(outcome, new MeetingOutcome("held")).ReadAsync<Meeting>();
        await visitor.Http.PostAsJsonAsync(outcome, new MeetingOutcome("held", 5)).ReadAsync<Meeting>();
        Assert.Equal("already-recorded", await (await stand.DeleteAsync(outcome)).ProblemAsync());
    }

    [Fact]
    public async Task A_stand_that_has_as_many_meetings_as_it_wants_still_sees_the_seats_for_who_comes_by()
    {
        await using var host = await MatchingHost.StartAsync();
        var stand = host.Exhibitor(DemoFair.School);
        await stand.PutAsJsonAsync($"/api/exhibitors/{DemoFair.School}/plan", new StandPlan(MostMeetings: 1)).ReadAsync<StandPlanView>();
        var before = await CellsAsync();
        var meeting = await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand"));
        await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();

        Assert.All(await host.SlotsAsync(DemoFair.Course), s => Assert.Equal(0, s.Free));
        Assert.Equal(before - 1, await CellsAsync());
        host.Clock.SetUtcNow(DemoFair.Opens);
        Assert.Equal(before - 1, await CellsAsync());

        async Task<int> CellsAsync() => (await stand.GetFromJsonAsync<StandDay>($"/api/exhibitors/{DemoFair.School}/day"))!.Cells.Count(c => c.State is "free" or "walk-in");
    }

    [Fact]
    public async Task Who_stands_up_again_leaves_no_seat_that_the_plan_has_let_go_of_meanwhile()
    {
        await using var host = await MatchingHost.StartAsync();
        var stand = host.Exhibitor(DemoFair.School);
        var slot = (await host.SlotsAsync(DemoFair.Course)).First(s => s.Format == "stand");
        host.Clock.SetUtcNow(slot.Start.AddMinutes(-15));
        await stand.PutAsync(At(slot.Id, 1), null);
        var start = TimeZoneInfo.ConvertTime(slot.Start, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        await stand.PutAsJsonAsync($"/api/exhibitors/{DemoFair.School}/plan", new StandPlan(Breaks: [new($"{start:HH:mm}", $"{start.AddMinutes(20):HH:mm}")])).ReadAsync<StandPlanView>();

        Assert.Equal(HttpStatusCode.NoContent, (await stand.DeleteAsync(At(slot.Id, 1))).StatusCode);

        Assert.DoesNotContain(await host.SlotsAsync(DemoFair.Course), s => s.Id == slot.Id);
        Assert.Equal(0, await host.QueryAsync(db => db.Seats.CountAsync(s => s.SlotId == slot.Id)));
    }

    private static string At(Guid slot, int table) => $"/api/exhibitors/{DemoFair.School}/walk-ins/{slot}/{table}";

    private static async Task<int> FreeAsync(MatchingHost host, Guid slot) => (await host.SlotsAsync(DemoFair.Course)).Single(s => s.Id == slot).Free;
}
