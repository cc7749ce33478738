using System.Net;
using System.Net.Http.Json;
using Matchmaking.Contracts.Matching;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Tests.Meetings;

public sealed class MovingTests
{
    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task An_agreed_meeting_moves_to_a_free_time_and_gives_the_old_one_back_in_the_same_commit(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (visitor, stand) = (await host.VisitorAsync(), host.Exhibitor(DemoFair.School));
        var video = await VideoAsync(host);
        var meeting = await visitor.MeetAsync(DemoFair.Course, video[0]);
        await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();

        var moved = await MoveAsync(visitor, meeting, video[4]).ReadAsync<Meeting>();

        Assert.Equal(("accepted", video[4].Id, meeting.Code, null), (moved.Status, moved.Slot.Id, moved.Code, moved.ExpiresAt));
        Assert.Equal(["requested", "accepted", "moved"], moved.History.Select(h => h.What));
        var told = Assert.Single(await host.AnnouncedAsync<MeetingMoved>());
        Assert.Equal((true, video[0].Start, 3), (told.Agreed, told.Before, told.Meeting.Version));
        Assert.Equal([1, 0], (await VideoAsync(host)).Where(s => s.Id == video[0].Id || s.Id == video[4].Id).Select(s => s.Free));

        // Pressed twice: nothing more happens, and nobody is told again.
        Assert.Equal(moved.History.Count, (await MoveAsync(visitor, meeting, video[4]).ReadAsync<Meeting>()).History.Count);
        Assert.Single(await host.AnnouncedAsync<MeetingMoved>());
        // The old time is the next visitor's.
        Assert.Equal(HttpStatusCode.Created, (await (await host.VisitorAsync()).AskAsync(DemoFair.Course, video[0])).StatusCode);
    }

    [Fact]
    public async Task A_request_moves_as_a_request_with_a_new_time_to_answer_and_so_does_one_to_which_other_times_were_proposed()
    {
        await using var host = await MatchingHost.StartAsync();
        var (visitor, stand) = (await host.VisitorAsync(), host.Exhibitor(DemoFair.School));
        var video = await VideoAsync(host);
        var meeting = await visitor.MeetAsync(DemoFair.Course, video[0]);
        var moved = await MoveAsync(visitor, meeting, video[1]).ReadAsync<Meeting>();
        Assert.Equal(("requested", AnswerTime.By(host.Clock.GetUtcNow(), video[1].Start)), (moved.Status, moved.ExpiresAt));

        await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("propose", null, [video[2].Id])).ReadAsync<Meeting>();
        var other = await MoveAsync(visitor, meeting, video[3]).ReadAsync<Meeting>();
        Assert.Equal(("requested", video[3].Id, 0), (other.Status, other.Slot.Id, other.Proposals.Count));
        Assert.All(await host.AnnouncedAsync<MeetingMoved>(), m => Assert.False(m.Agreed));
        Assert.Equal("accepted", (await stand.PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>()).Status);
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Of_two_who_move_to_the_last_seat_at_once_one_gets_it_and_the_other_keeps_theirs(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var video = await VideoAsync(host);
        var (one, other) = (await host.VisitorAsync(), await host.VisitorAsync());
        var asked = new[] { await one.MeetAsync(DemoFair.Course, video[0]), await other.MeetAsync(DemoFair.Course, video[1]) };

        var answers = await Task.WhenAll(MoveAsync(one, asked[0], video[5]), MoveAsync(other, asked[1], video[5]));

        var loser = answers[0].StatusCode == HttpStatusCode.OK ? 1 : 0;
        Assert.Equal(HttpStatusCode.OK, answers[1 - loser].StatusCode);
        Assert.Equal((HttpStatusCode.Conflict, "slot-taken"), (answers[loser].StatusCode, await answers[loser].ProblemAsync()));
        var kept = await host.QueryAsync(db => db.Bookings.AsNoTracking().Include(b => b.Cells).SingleAsync(b => b.Id == asked[loser].Id));
        Assert.Equal((asked[loser].Slot.Id, 1, 4), (kept.SlotId, kept.TableNo, kept.Cells.Count));
    }

    [Theory, InlineData(Engine.Sqlite), InlineData(Engine.Postgres)]
    public async Task Nobody_moves_to_where_they_meet_somebody_else_to_another_stand_into_the_past_or_after_it_has_begun(Engine engine)
    {
        await using var host = await MatchingHost.StartAsync(engine);
        var (visitor, stranger) = (await host.VisitorAsync(), await host.VisitorAsync());
        var video = await VideoAsync(host);
        var there = (await host.SlotsAsync(DemoFair.Meeting)).First(s => s.Free > 0 && s.Start > video[0].Start);
        var meeting = await visitor.MeetAsync(DemoFair.Course, video[0]);
        await visitor.MeetAsync(DemoFair.Meeting, there);

        Assert.Equal("visitor-busy", await (await MoveAsync(visitor, meeting, video.First(s => s.Start == there.Start))).ProblemAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await MoveAsync(visitor, meeting, there)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.Http.PostAsJsonAsync($"/api/meetings/{meeting.Id}/move", new MeetingChoice(null))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await MoveAsync(stranger, meeting, video[6])).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.Exhibitor(DemoFair.School).PostAsJsonAsync($"/api/meetings/{meeting.Id}/move", new MeetingChoice(video[6].Id))).StatusCode);
        await host.Exhibitor(DemoFair.School).PostAsJsonAsync($"/api/meetings/{meeting.Id}/answer", new MeetingAnswer("accept")).ReadAsync<Meeting>();
        host.Clock.SetUtcNow(video[0].Start);
        Assert.Equal("meeting-begun", await (await MoveAsync(visitor, meeting, video[6])).ProblemAsync());
        Assert.Equal(video[0].Id, (await visitor.Http.GetFromJsonAsync<Meeting>($"/api/meetings/{meeting.Id}"))!.Slot.Id);
    }

    private static Task<HttpResponseMessage> MoveAsync(TestVisitor visitor, Meeting meeting, SlotView to) =>
        visitor.Http.PostAsJsonAsync($"/api/meetings/{meeting.Id}/move", new MeetingChoice(to.Id));

    /// <summary>Video has one seat a time.</summary>
    private static async Task<SlotView[]> VideoAsync(MatchingHost host)
    {
        await host.OneTableAsync();
        return await ByVideoAsync(host);
    }

    private static async Task<SlotView[]> ByVideoAsync(MatchingHost host) => [.. (await host.SlotsAsync(DemoFair.Course)).Where(s => s.Format == "video")];
}
