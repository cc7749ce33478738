using System.Net;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Scheduling;

/// <summary>A schedule is published while people book: nobody is promised what somebody else has.</summary>
public sealed class PublishUnderPressureTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Published_by_two_processes_while_others_book_nothing_is_given_twice_and_every_meeting_is_accounted_for(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        await host.ConsumeAsync<KeepCatalogueConsumer, CataloguePublished>(DemoFair.Catalogue(version: 2, schoolTables: 9));
        var planned = await host.VisitorsAsync(80);
        var organiser = host.Staff("organiser");
        var draft = await ScheduleDeskTests.DrawAsync(organiser, new ScheduleRequest(MostPerVisitor: 1));
        Assert.Equal(80, draft.Review!.Planned);
        await using var other = await MatchingHost.StartAsync(engine, beside: host);
        var crowd = await host.VisitorsAsync(60);
        // Seats that the draft has, and its own visitors who book something else.
        var slots = (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "stand").ToArray();

        var booking = crowd.Concat(planned.Take(20)).Select((v, i) => v.AskAsync(DemoFair.Course, slots[i % slots.Length])).ToList();
        var presses = new[] { host, other, host, other }.Select(h => h.Staff("organiser").PostAsync($"/api/schedules/{draft.Id}/publish", null)).ToList();
        Assert.All(await Task.WhenAll(presses), a => Assert.Equal(HttpStatusCode.Accepted, a.StatusCode));
        var answers = await Task.WhenAll(booking);
        var done = (await ScheduleDeskTests.WaitAsync(organiser, draft.Id, s => s.Booked is { Pending: 0 })).Booked!;

        Assert.DoesNotContain(answers, a => (int)a.StatusCode >= 500);
        Assert.Equal(80, done.Booked + done.Refused.Sum(r => r.Meetings));
        Assert.All(done.Refused, r => Assert.Contains(r.Reason, (string[])["slot-taken", "already-asked", "visitor-busy", "cap-reached"]));
        var held = await host.QueryAsync(db => db.Bookings.AsNoTracking().Where(b => b.TableNo != null).ToListAsync());
        Assert.Equal(held.Count, held.DistinctBy(b => (b.SlotId, b.TableNo)).Count());
        Assert.Equal(held.Count, answers.Count(a => a.StatusCode == HttpStatusCode.Created) + done.Booked);
        var fixedByPlan = held.Where(b => b.Status == "accepted").ToArray();
        Assert.Equal(done.Booked, fixedByPlan.Length);
        Assert.Equal(fixedByPlan.Length, fixedByPlan.DistinctBy(b => b.VisitorId).Count());
        Assert.Equal(done.Booked, (await host.AnnouncedAsync<MeetingAccepted>()).Count);
        var rows = await host.QueryAsync(db => db.PlannedMeetings.AsNoTracking().ToListAsync());
        Assert.Equal(fixedByPlan.Select(b => b.Id).Order(), rows.Where(r => r.Outcome == "booked").Select(r => r.MeetingId!.Value).Order());
        var walkIns = await host.QueryAsync(db => db.Slots.SelectMany(s => s.Seats).Where(s => s.WalkIn).Select(s => new { s.SlotId, s.TableNo }).ToListAsync());
        Assert.Empty(held.Select(b => new { b.SlotId, TableNo = b.TableNo!.Value }).Intersect(walkIns));
    }

    [Fact]
    public async Task Each_reason_why_one_could_not_be_booked_is_told()
    {
        await using var host = await MatchingHost.StartAsync(Engine.Postgres);
        var organiser = host.Staff("organiser");
        var (asks, busy, gone, fine, late) = (await host.VisitorAsync(), await host.VisitorAsync(), await host.VisitorAsync(), await host.VisitorAsync(), await host.VisitorAsync());
        var draft = await ScheduleDeskTests.DrawAsync(organiser, new ScheduleRequest(MostPerVisitor: 1));
        var plan = (await host.QueryAsync(db => db.PlannedMeetings.AsNoTracking().ToListAsync())).ToDictionary(m => m.VisitorId);
        var slots = (await host.SlotsAsync(DemoFair.Course)).ToDictionary(s => s.Id);

        // One books the stand by video, one meets the club just then, one meets it at another time and so has as many as they may, one can come only later.
        await asks.MeetAsync(DemoFair.Course, slots.Values.First(s => s.Format == "video" && s.Start != slots[plan[asks.Id].SlotId].Start));
        var club = (await host.SlotsAsync(DemoFair.Meeting)).Where(s => s.Free > 0).ToArray();
        await gone.MeetAsync(DemoFair.Meeting, club.First(s => s.Start != slots[plan[gone.Id].SlotId].Start));
        await host.ConsumeAsync<Matchmaking.Matching.Visitors.RankVisitorConsumer, VisitorProfileSubmitted>(DemoFair.Submitted(late.Id, 2, late.Token, DemoFair.Open with
        {
            Availability = [new TimeRange(slots[plan[late.Id].SlotId].End, DemoFair.Closes)],
        }));
        // All seats of one time go, those that are kept for people without a date stay.
        foreach (var slot in slots.Values.Where(s => s.Id == plan[busy.Id].SlotId))
            for (var left = (await host.SlotsAsync(DemoFair.Course)).Single(s => s.Id == slot.Id).Free; left > 0; left--) await (await host.VisitorAsync()).MeetAsync(DemoFair.Course, slot);
        var sharing = plan.Values.Where(p => p.SlotId == plan[busy.Id].SlotId).Select(p => p.VisitorId).ToHashSet();

        await organiser.PostAsync($"/api/schedules/{draft.Id}/publish", null);
        await ScheduleDeskTests.WaitAsync(organiser, draft.Id, s => s.Booked is { Pending: 0 });
        var outcome = (await host.QueryAsync(db => db.PlannedMeetings.AsNoTracking().ToListAsync())).ToDictionary(m => m.VisitorId, m => m.Outcome);
        Assert.Equal("slot-taken", outcome[busy.Id]);
        if (!sharing.Contains(asks.Id)) Assert.Equal("already-asked", outcome[asks.Id]);
        if (!sharing.Contains(gone.Id)) Assert.Equal("cap-reached", outcome[gone.Id]);
        if (!sharing.Contains(late.Id)) Assert.Equal("visitor-busy", outcome[late.Id]);
        if (!sharing.Contains(fine.Id)) Assert.Equal("booked", outcome[fine.Id]);
    }
}
