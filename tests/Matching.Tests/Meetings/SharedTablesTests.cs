using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Meetings;

/// <summary>Whoever talks by video or telephone cannot talk to anybody else meanwhile: the formats of a stand share its tables.</summary>
public sealed class SharedTablesTests
{
    private static readonly string[] Formats = ["stand", "video", "phone"];

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task One_table_has_one_meeting_at_a_time_in_whatever_format(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (stand, plan) = await WithAsync(host, tables: 1);
        Assert.All(plan.Times, s => Assert.Equal(1, s.Tables));
        var ten = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Start == DemoFair.Opens).ToArray();
        Assert.Equal(Formats.Order(), ten.Select(s => s.Format).Order());

        var first = await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, ten.Single(s => s.Format == "video"));
        await stand.PostAsJsonAsync($"/api/meetings/{first.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();

        foreach (var slot in ten) Assert.Equal("slot-taken", await (await (await host.VisitorAsync()).AskAsync(DemoFair.Course, slot)).ProblemAsync());
        Assert.All((await host.SlotsAsync(DemoFair.Course)).Where(s => s.Start == DemoFair.Opens), s => Assert.Equal(0, s.Free));
        await stand.PostAsync($"/api/meetings/{first.Id}/cancel", null);
        await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, ten.Single(s => s.Format == "phone"));
        Assert.Equal("phone", (await stand.GetFromJsonAsync<StandDay>($"/api/exhibitors/{DemoFair.School}/day"))!.Cells.Single(c => c.Start == DemoFair.Opens).Format);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task However_many_ask_at_once_in_all_formats_each_table_is_given_once(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        await WithAsync(host, tables: 3);
        var ten = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Start == DemoFair.Opens).ToArray();
        var visitors = await host.VisitorsAsync(18);

        var answers = await Task.WhenAll(visitors.Select((v, n) => v.AskAsync(DemoFair.Course, ten[n % ten.Length])));

        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        foreach (var no in answers.Where(a => a.StatusCode != HttpStatusCode.Created)) Assert.Equal("slot-taken", await no.ProblemAsync());
        Assert.Equal([1, 2, 3], await host.QueryAsync(db => db.Bookings.Where(b => b.TableNo != null).Select(b => b.TableNo!.Value).OrderBy(n => n).ToListAsync()));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Where_somebody_just_sat_down_nobody_is_called(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (stand, _) = await WithAsync(host, tables: 1);
        var ten = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Start == DemoFair.Opens).ToDictionary(s => s.Format);
        var seat = $"/api/exhibitors/{DemoFair.School}/walk-ins/{ten["stand"].Id}/1";
        host.Clock.SetUtcNow(DemoFair.Opens.AddMinutes(-10));
        await stand.PutAsync(seat, null);

        Assert.Equal("slot-taken", await (await (await host.VisitorAsync()).AskAsync(DemoFair.Course, ten["video"])).ProblemAsync());
        Assert.Equal(0, (await host.SlotsAsync(DemoFair.Course)).Single(s => s.Id == ten["phone"].Id).Free);

        await stand.DeleteAsync(seat);
        await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, ten["video"]);
        Assert.Equal("slot-taken", await (await stand.PutAsync(seat, null)).ProblemAsync());
    }

    [Fact]
    public async Task A_visitor_changes_the_format_of_a_meeting_and_keeps_the_table()
    {
        await using var host = await MatchingHost.StartAsync();
        await WithAsync(host, tables: 2);
        var slots = await host.SlotsAsync(DemoFair.Course);
        var visitor = await host.VisitorAsync();
        var meeting = await visitor.MeetAsync(DemoFair.Course, slots.First(s => s.Format == "stand"));
        var next = slots.First(s => s.Format == "video" && s.Start == meeting.Slot.End);
        Assert.Equal(next.Id, (await visitor.Http.PostAsJsonAsync($"/api/meetings/{meeting.Id}/move", new MeetingChoice(next.Id)).ReadAsync<Meeting>()).Slot.Id);
        var cells = await host.QueryAsync(db => db.TableCells.AsNoTracking().OrderBy(c => c.Cell).ToListAsync());
        Assert.Equal(Matchmaking.Matching.Meetings.TableCell.Cover(next.Start, next.End), cells.Select(c => c.Cell));
        Assert.All((await host.SlotsAsync(DemoFair.Course)).Where(s => s.Start == DemoFair.Opens), s => Assert.Equal(2, s.Free));
        await visitor.Http.PostAsync($"/api/meetings/{meeting.Id}/cancel", null);
        Assert.Empty(await host.QueryAsync(db => db.TableCells.ToListAsync()));
    }

    [Fact]
    public void Times_that_follow_each_other_share_no_cell_at_whatever_minute_they_begin()
    {
        foreach (var begin in Enumerable.Range(0, 5).Select(minute => DemoFair.Opens.AddMinutes(minute)))
            foreach (var minutes in new[] { 5, 20, 45 })
            {
                var (one, two) = (Matchmaking.Matching.Meetings.TableCell.Cover(begin, begin.AddMinutes(minutes)).ToArray(), Matchmaking.Matching.Meetings.TableCell.Cover(begin.AddMinutes(minutes), begin.AddMinutes(2 * minutes)).ToArray());
                Assert.Equal((minutes / 5, minutes / 5), (one.Length, two.Length));
                Assert.Empty(one.Intersect(two));
            }
    }

    [Fact]
    public async Task A_stand_that_is_asked_to_come_may_offer_the_telephone_at_the_same_time()
    {
        await using var host = await MatchingHost.StartAsync();
        var (stand, _) = await WithAsync(host, tables: 1);
        var ten = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Start == DemoFair.Opens).ToDictionary(s => s.Format);
        var visitor = await host.VisitorAsync();
        var meeting = await visitor.MeetAsync(DemoFair.Course, ten["stand"]);
        await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("propose", null, [ten["phone"].Id])).ReadAsync<Meeting>();
        var chosen = await visitor.Http.PostAsJsonAsync($"/api/meetings/{meeting.Id}/choose", new MeetingChoice(ten["phone"].Id)).ReadAsync<Meeting>();
        Assert.Equal(("accepted", "phone", 1), (chosen.Status, chosen.Format, chosen.Table));
    }

    private static async Task<(HttpClient Stand, StandPlanView Plan)> WithAsync(MatchingHost host, int tables)
    {
        var stand = host.Exhibitor(DemoFair.School);
        var plan = await stand.PutAsJsonAsync($"/api/exhibitors/{DemoFair.School}/plan", new StandPlan(Tables: [.. Enumerable.Repeat(new TablePlan(null), tables)], Formats: Formats, WalkInEvery: 0)).ReadAsync<StandPlanView>();
        return (stand, plan);
    }
}
