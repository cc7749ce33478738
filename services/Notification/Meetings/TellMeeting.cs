using MassTransit;
using Matchmaking.Contracts.Matching;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Meetings;

/// <summary>A request goes to the exhibitor, with a tentative calendar entry.</summary>
internal sealed class TellMeetingRequestedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingRequested>
{
    public async Task Consume(ConsumeContext<MeetingRequested> context)
    {
        await KnownMeeting.KeepAsync(db, context.Message.Meeting, "requested", clock.GetUtcNow(), context.CancellationToken);
        await WebhookEvents.AddAsync(db, "meeting.requested", "requested", context.Message.Meeting, clock.GetUtcNow(), context.CancellationToken);
        await MeetingTold.TellAsync(db, bell, NoticeKinds.Requested, Sides.Exhibitor,
            new NoticeFacts(context.Message.Meeting, Calendar: "request", Tentative: true), clock.GetUtcNow(), context.CancellationToken);
    }
}

/// <summary>An accepted meeting goes to the visitor; to the exhibitor too, where the visitor took a proposed time, and where an entry in their calendar becomes firm.</summary>
internal sealed class TellMeetingAcceptedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingAccepted>
{
    public async Task Consume(ConsumeContext<MeetingAccepted> context)
    {
        await KnownMeeting.KeepAsync(db, context.Message.Meeting, "accepted", clock.GetUtcNow(), context.CancellationToken);
        await WebhookEvents.AddAsync(db, "meeting.accepted", "accepted", context.Message.Meeting, clock.GetUtcNow(), context.CancellationToken);
        var facts = new NoticeFacts(context.Message.Meeting, Calendar: "request", Agreed: true);
        await MeetingTold.TellAsync(db, bell, NoticeKinds.Accepted, Sides.Visitor, facts, clock.GetUtcNow(), context.CancellationToken);
        if (context.Message.By == Sides.Visitor)
            await MeetingTold.TellAsync(db, bell, NoticeKinds.Accepted, Sides.Exhibitor, facts, clock.GetUtcNow(), context.CancellationToken);
        else if (context.Message.By == Sides.Exhibitor)
            await MeetingTold.ConfirmAsync(db, bell, Sides.Exhibitor, context.Message.Meeting, clock.GetUtcNow(), context.CancellationToken);
    }
}

/// <summary>A published schedule: visitors hear of their own meeting, a stand of all of its meetings in one notice.</summary>
internal sealed class TellMeetingsPlannedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingsPlanned>
{
    public async Task Consume(ConsumeContext<MeetingsPlanned> context)
    {
        var planned = context.Message;
        var once = $"planned {planned.ExhibitorId} {planned.ScheduleId}";
        if (await db.Notices.AnyAsync(n => n.Once == once, context.CancellationToken)) return;
        NoticeRow.Add(db, bell, NoticeKinds.Planned, Recipient.Exhibitor(planned.ExhibitorId), "de",
            new NoticeFacts(At: planned.First, Zone: planned.Zone, Count: planned.Count), clock.GetUtcNow(), visitor: null, once);
    }
}

/// <summary>A declined request goes to the visitor; the stand's tentative entry is withdrawn.</summary>
internal sealed class TellMeetingDeclinedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingDeclined>
{
    public async Task Consume(ConsumeContext<MeetingDeclined> context)
    {
        var declined = context.Message;
        await KnownMeeting.KeepAsync(db, declined.Meeting, "declined", clock.GetUtcNow(), context.CancellationToken);
        await WebhookEvents.AddAsync(db, "meeting.declined", "declined", declined.Meeting, clock.GetUtcNow(), context.CancellationToken);
        await MeetingTold.TellAsync(db, bell, NoticeKinds.Declined, Sides.Visitor,
            new NoticeFacts(declined.Meeting, Reason: declined.Reason ?? "other", Calendar: "cancel"), clock.GetUtcNow(), context.CancellationToken);
        await MeetingTold.ClearAsync(db, bell, Sides.Exhibitor, declined.Meeting, clock.GetUtcNow(), context.CancellationToken);
    }
}

/// <summary>Other times go to the visitor; the one that was asked for is free again, so the stand's tentative entry goes.</summary>
internal sealed class TellMeetingProposedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingProposed>
{
    public async Task Consume(ConsumeContext<MeetingProposed> context)
    {
        await KnownMeeting.KeepAsync(db, context.Message.Meeting, "proposed", clock.GetUtcNow(), context.CancellationToken);
        await WebhookEvents.AddAsync(db, "meeting.proposed", "proposed", context.Message.Meeting, clock.GetUtcNow(), context.CancellationToken);
        await MeetingTold.TellAsync(db, bell, NoticeKinds.Proposed, Sides.Visitor,
            new NoticeFacts(context.Message.Meeting, Starts: context.Message.Starts), clock.GetUtcNow(), context.CancellationToken);
        await MeetingTold.ClearAsync(db, bell, Sides.Exhibitor, context.Message.Meeting, clock.GetUtcNow(), context.CancellationToken, NoticeKinds.CalendarFreed);
    }
}

/// <summary>A freed seat is held for the visitor who waited for one.</summary>
internal sealed class TellSeatOfferedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<SeatOffered>
{
    public async Task Consume(ConsumeContext<SeatOffered> context)
    {
        await KnownMeeting.KeepAsync(db, context.Message.Meeting, "offered", clock.GetUtcNow(), context.CancellationToken);
        await MeetingTold.TellAsync(db, bell, NoticeKinds.Offered, Sides.Visitor,
            new NoticeFacts(context.Message.Meeting), clock.GetUtcNow(), context.CancellationToken);
    }
}

/// <summary>Who waited in vain is told so, and why.</summary>
internal sealed class TellWaitingEndedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<WaitingEnded>
{
    public async Task Consume(ConsumeContext<WaitingEnded> context)
    {
        var ended = context.Message;
        var (once, visitor) = ($"waiting {ended.WaitingId}", await db.Visitors.FindAsync([ended.VisitorId], context.CancellationToken));
        if (visitor?.ErasedAt is not null || await db.Notices.AnyAsync(n => n.Once == once, context.CancellationToken)) return;
        NoticeRow.Add(db, bell, NoticeKinds.WaitingEnded, Recipient.Visitor(ended.VisitorId), visitor?.Language ?? "de",
            new NoticeFacts(Reason: ended.Reason, Offer: new OfferNamed(ended.Title, ended.Titles, ended.Exhibitor, ended.Confidential)), clock.GetUtcNow(), ended.VisitorId, once);
    }
}

/// <summary>A moved meeting goes to the stand; to the visitor too where it is agreed on, as the entry in their calendar moves along.</summary>
internal sealed class TellMeetingMovedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingMoved>
{
    public async Task Consume(ConsumeContext<MeetingMoved> context)
    {
        var moved = context.Message;
        await KnownMeeting.KeepAsync(db, moved.Meeting, moved.Agreed ? "accepted" : "requested", clock.GetUtcNow(), context.CancellationToken);
        await WebhookEvents.AddAsync(db, "meeting.moved", moved.Agreed ? "accepted" : "requested", moved.Meeting, clock.GetUtcNow(), context.CancellationToken);
        var facts = new NoticeFacts(moved.Meeting, Starts: [moved.Before], Calendar: "request", Tentative: !moved.Agreed, Agreed: moved.Agreed);
        await MeetingTold.TellAsync(db, bell, NoticeKinds.Moved, Sides.Exhibitor, facts, clock.GetUtcNow(), context.CancellationToken);
        if (moved.Agreed) await MeetingTold.TellAsync(db, bell, NoticeKinds.Moved, Sides.Visitor, facts, clock.GetUtcNow(), context.CancellationToken);
    }
}

/// <summary>
/// Another table at the same time, or another link: what is said of the meeting from now on says it. Where it is agreed on, the visitor and the entry in
/// their calendar were told otherwise before; the stand has changed it itself.
/// </summary>
internal sealed class TellMeetingRelocatedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingRelocated>
{
    public async Task Consume(ConsumeContext<MeetingRelocated> context)
    {
        await KnownMeeting.KeepAsync(db, context.Message.Meeting, context.Message.Status, clock.GetUtcNow(), context.CancellationToken);
        await WebhookEvents.AddAsync(db, "meeting.relocated", context.Message.Status, context.Message.Meeting, clock.GetUtcNow(), context.CancellationToken);
        if (context.Message.Status != "accepted") return;
        // Whom the word that it is agreed on has not reached yet hears just that, with what holds now: this notice takes its place.
        var reached = await MeetingTold.HasReachedAsync(db, Sides.Visitor, context.Message.Meeting, context.CancellationToken);
        await MeetingTold.TellAsync(db, bell, reached ? NoticeKinds.Relocated : NoticeKinds.Accepted, Sides.Visitor, new NoticeFacts(context.Message.Meeting, Calendar: "request", Agreed: true), clock.GetUtcNow(), context.CancellationToken);
    }
}

/// <summary>A cancelled meeting goes to the other side; to both, where neither of them cancelled it. Who cancelled loses the entry in their calendar.</summary>
internal sealed class TellMeetingCancelledConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingCancelled>
{
    public async Task Consume(ConsumeContext<MeetingCancelled> context)
    {
        await KnownMeeting.KeepAsync(db, context.Message.Meeting, "cancelled", clock.GetUtcNow(), context.CancellationToken);
        await WebhookEvents.AddAsync(db, "meeting.cancelled", "cancelled", context.Message.Meeting, clock.GetUtcNow(), context.CancellationToken);
        var facts = new NoticeFacts(context.Message.Meeting, context.Message.Reason, context.Message.FairOpens is { } opens ? [opens] : null, Calendar: "cancel");
        foreach (var side in (string[])[Sides.Visitor, Sides.Exhibitor])
            if (side != context.Message.By)
                await MeetingTold.TellAsync(db, bell, NoticeKinds.Cancelled, side, facts, clock.GetUtcNow(), context.CancellationToken);
            else
                await MeetingTold.ClearAsync(db, bell, side, context.Message.Meeting, clock.GetUtcNow(), context.CancellationToken);
    }
}

/// <summary>
/// What nobody acted on in time: a request that the stand did not answer, times of which the visitor chose none, or a freed seat that they did not take.
/// The stand's calendar is cleared where its entry still stands.
/// </summary>
internal sealed class TellMeetingExpiredConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingExpired>
{
    public async Task Consume(ConsumeContext<MeetingExpired> context)
    {
        // Where an earlier version of Matching did not say what it was until now, what was heard last tells: read before it is kept as expired.
        var was = context.Message.Was ?? (await db.MeetingsKnown.FindAsync([context.Message.Meeting.MeetingId], context.CancellationToken))?.Status;
        var reason = !context.Message.Meeting.StandKnows ? ExpiryReasons.NotTaken : was == "proposed" ? ExpiryReasons.NoChoice : null;
        await KnownMeeting.KeepAsync(db, context.Message.Meeting, "expired", clock.GetUtcNow(), context.CancellationToken);
        await WebhookEvents.AddAsync(db, "meeting.expired", "expired", context.Message.Meeting, clock.GetUtcNow(), context.CancellationToken);
        var facts = new NoticeFacts(context.Message.Meeting, reason, Calendar: "cancel");
        foreach (var side in (string[])[Sides.Visitor, Sides.Exhibitor])
            await MeetingTold.TellAsync(db, bell, NoticeKinds.Expired, side, facts, clock.GetUtcNow(), context.CancellationToken);
    }
}
