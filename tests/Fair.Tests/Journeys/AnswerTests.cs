using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.Fair.Tests.Fairs;

namespace Matchmaking.Fair.Tests.Journeys;

/// <summary>What else may become of a request than a yes.</summary>
public abstract class AnswerTests(RunningFair fair)
{
    [Fact]
    public async Task A_no_comes_with_its_reason_in_the_language_of_the_visitor()
    {
        var visitor = await Newcomer.ArriveAsync(fair, "ar");
        var meeting = await visitor.BookAsync();
        var exhibitor = await fair.SignInAsync("exhibitor", meeting.ExhibitorId);
        Assert.Equal("declined", (await AnswerAsync(meeting, new MeetingAnswer("decline", "topic"), exhibitor)).Status);

        var declined = await visitor.MeetingAsync(meeting.Id);
        Assert.Equal(("declined", "topic"), (declined.Status, declined.Reason));
        var mail = await RunningFair.UntilAsync("the visitor's mail", async () => (await fair.MailsAsync()).FirstOrDefault(m => m.To == visitor.Email && m.Text.Contains("السبب: العرض لا يناسب سؤالكم", StringComparison.Ordinal)));
        Assert.Contains(meeting.Code, mail.Subject);
        Assert.True((await visitor.SlotsAsync(meeting.OfferId)).Single(s => s.Id == meeting.Slot.Id).Free > 0, "the seat was not given back");
    }

    [Fact]
    public async Task Of_proposed_times_the_visitor_chooses_one_and_the_exhibitor_is_told()
    {
        var visitor = await Newcomer.ArriveAsync(fair);
        var meeting = await visitor.BookAsync();
        var exhibitor = await fair.SignInAsync("exhibitor", meeting.ExhibitorId);
        var asked = await visitor.MailAboutAsync(meeting, null, "REQUEST");
        var other = (await visitor.SlotsAsync(meeting.OfferId)).Where(s => s.Free > 0 && s.Start != meeting.Slot.Start && s.Format == meeting.Format).Take(2).ToArray();

        Assert.Equal("proposed", (await AnswerAsync(meeting, new MeetingAnswer("propose", SlotIds: [.. other.Select(s => s.Id)]), exhibitor)).Status);
        Assert.Equal(other.Select(s => s.Id).Order(), (await visitor.MeetingAsync(meeting.Id)).Proposals.Select(p => p.Id).Order());
        await NoticeAsync(visitor.Token, meeting, "meeting-proposed");

        (await fair.PostAsync($"/api/meetings/{meeting.Id}/choose", new MeetingChoice(Guid.NewGuid()), visitor.Token)).Refused(400, "invalid");
        var chosen = (await fair.PostAsync($"/api/meetings/{meeting.Id}/choose", new MeetingChoice(other[1].Id), visitor.Token)).Read<Meeting>();
        Assert.Equal(("accepted", other[1].Id), (chosen.Status, chosen.Slot.Id));
        var agreed = await visitor.MailAboutAsync(meeting, asked.To, "REQUEST", Entry.Of(asked)!.Sequence);
        Assert.Equal("CONFIRMED", Entry.Of(agreed)!.Status);
        await visitor.MailAboutAsync(meeting, visitor.Email, "REQUEST");
    }

    [Fact]
    public async Task A_meeting_that_is_called_off_leaves_both_calendars()
    {
        var visitor = await Newcomer.ArriveAsync(fair);
        var meeting = await visitor.BookAsync();
        var exhibitor = await fair.SignInAsync("exhibitor", meeting.ExhibitorId);
        await AnswerAsync(meeting, new MeetingAnswer("accept"), exhibitor);
        var stands = await visitor.MailAboutAsync(meeting, null, "REQUEST");
        await visitor.MailAboutAsync(meeting, visitor.Email, "REQUEST");

        Assert.Equal("cancelled", (await fair.PostAsync($"/api/meetings/{meeting.Id}/cancel", null, visitor.Token)).Read<Meeting>().Status);
        var gone = await visitor.MailAboutAsync(meeting, stands.To, "CANCEL");
        Assert.Equal((Entry.Of(stands)!.Uid, "CANCELLED"), (Entry.Of(gone)!.Uid, Entry.Of(gone)!.Status));
        Assert.True(Entry.Of(gone)!.Sequence > Entry.Of(stands)!.Sequence, "a calendar ignores what is not newer");
        (await fair.PostAsync($"/api/meetings/{meeting.Id}/cancel", null, exhibitor)).Refused(409, "meeting-over");

        // The other way round: the exhibitor calls it off, the visitor's calendar follows.
        var second = await visitor.BookAsync(m => m.ExhibitorId != meeting.ExhibitorId);
        var its = await fair.SignInAsync("exhibitor", second.ExhibitorId);
        await AnswerAsync(second, new MeetingAnswer("accept"), its);
        var mine = await visitor.MailAboutAsync(second, visitor.Email, "REQUEST");
        await fair.PostAsync($"/api/meetings/{second.Id}/cancel", null, its);
        await visitor.MailAboutAsync(second, visitor.Email, "CANCEL", Entry.Of(mine)!.Sequence);
    }

    [Fact]
    public async Task Two_presses_at_once_are_one_meeting()
    {
        var visitor = await Newcomer.ArriveAsync(fair);
        var item = (await visitor.MatchesAsync()).Items.First(i => i.NextSlots.Count > 0);
        var slot = (await visitor.SlotsAsync(item.OfferId)).First(s => s.Free > 0);
        var key = Guid.NewGuid().ToString();
        var presses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => visitor.RequestAsync(item.OfferId, slot, key)));
        Assert.Single(presses.Select(p => p.Read<Meeting>(System.Net.HttpStatusCode.Created).Id).Distinct());
        Assert.Single((await fair.GetAsync(visitor.Path + "/meetings", visitor.Token)).Read<List<Meeting>>());

        var otherSlot = (await visitor.SlotsAsync(item.OfferId)).Last(s => s.Free > 0);
        (await visitor.RequestAsync(item.OfferId, otherSlot, key)).Refused(422, "idempotency-key-reused");
        (await fair.PostAsync("/api/meetings", new MeetingRequest(visitor.Id, item.OfferId, slot.Id, slot.Format), visitor.Token)).Refused(400, "idempotency-key-missing");
        // With another key it is another wish, and nobody is in two places.
        (await visitor.RequestAsync(item.OfferId, slot, Guid.NewGuid().ToString())).Refused(409);
    }

    private async Task<Meeting> AnswerAsync(Meeting meeting, MeetingAnswer answer, string token) => (await fair.PostAsync($"/api/meetings/{meeting.Id}/answer", answer, token)).Read<Meeting>();

    private Task<Notice> NoticeAsync(string token, Meeting meeting, string kind) => RunningFair.UntilAsync($"notice {kind}", async () =>
        (await fair.GetAsync("/api/notices", token)).Read<List<Notice>>().FirstOrDefault(n => n.MeetingId == meeting.Id && n.Kind == kind && n.Result == "sent"));
}
