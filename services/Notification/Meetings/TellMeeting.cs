using MassTransit;
using Matchmaking.Contracts.Matching;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Webhooks;

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

/// <summary>An accepted meeting goes to the visitor; to the exhibitor too, where the visitor took a proposed time.</summary>
internal sealed class TellMeetingAcceptedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingAccepted>
{
    public async Task Consume(ConsumeContext<MeetingAccepted> context)
    {
        await KnownMeeting.KeepAsync(db, context.Message.Meeting, "accepted", clock.GetUtcNow(), context.CancellationToken);
        await WebhookEvents.AddAsync(db, "meeting.accepted", "accepted", context.Message.Meeting, clock.GetUtcNow(), context.CancellationToken);
        var facts = new NoticeFacts(context.Message.Meeting, Calendar: "request");
        await MeetingTold.TellAsync(db, bell, NoticeKinds.Accepted, Sides.Visitor, facts, clock.GetUtcNow(), context.CancellationToken);
        if (context.Message.By == Sides.Visitor)
            await MeetingTold.TellAsync(db, bell, NoticeKinds.Accepted, Sides.Exhibitor, facts, clock.GetUtcNow(), context.CancellationToken);
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

internal sealed class TellMeetingProposedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingProposed>
{
    public async Task Consume(ConsumeContext<MeetingProposed> context)
    {
        await KnownMeeting.KeepAsync(db, context.Message.Meeting, "proposed", clock.GetUtcNow(), context.CancellationToken);
        await WebhookEvents.AddAsync(db, "meeting.proposed", "proposed", context.Message.Meeting, clock.GetUtcNow(), context.CancellationToken);
        await MeetingTold.TellAsync(db, bell, NoticeKinds.Proposed, Sides.Visitor,
            new NoticeFacts(context.Message.Meeting, Starts: context.Message.Starts), clock.GetUtcNow(), context.CancellationToken);
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

/// <summary>A moved meeting goes to the stand; to the visitor too where it is agreed on, as the entry in their calendar moves along.</summary>
internal sealed class TellMeetingMovedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingMoved>
{
    public async Task Consume(ConsumeContext<MeetingMoved> context)
    {
        var moved = context.Message;
        await KnownMeeting.KeepAsync(db, moved.Meeting, moved.Agreed ? "accepted" : "requested", clock.GetUtcNow(), context.CancellationToken);
        await WebhookEvents.AddAsync(db, "meeting.moved", moved.Agreed ? "accepted" : "requested", moved.Meeting, clock.GetUtcNow(), context.CancellationToken);
        var facts = new NoticeFacts(moved.Meeting, Starts: [moved.Before], Calendar: "request", Tentative: !moved.Agreed);
        await MeetingTold.TellAsync(db, bell, NoticeKinds.Moved, Sides.Exhibitor, facts, clock.GetUtcNow(), context.CancellationToken);
        if (moved.Agreed) await MeetingTold.TellAsync(db, bell, NoticeKinds.Moved, Sides.Visitor, facts, clock.GetUtcNow(), context.CancellationToken);
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

/// <summary>A request that nobody answered in time: the visitor asks elsewhere, and the exhibitor's calendar is cleared.</summary>
internal sealed class TellMeetingExpiredConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingExpired>
{
    public async Task Consume(ConsumeContext<MeetingExpired> context)
    {
        await KnownMeeting.KeepAsync(db, context.Message.Meeting, "expired", clock.GetUtcNow(), context.CancellationToken);
        await WebhookEvents.AddAsync(db, "meeting.expired", "expired", context.Message.Meeting, clock.GetUtcNow(), context.CancellationToken);
        var facts = new NoticeFacts(context.Message.Meeting, Calendar: "cancel");
        foreach (var side in (string[])[Sides.Visitor, Sides.Exhibitor])
            await MeetingTold.TellAsync(db, bell, NoticeKinds.Expired, side, facts, clock.GetUtcNow(), context.CancellationToken);
    }
}
