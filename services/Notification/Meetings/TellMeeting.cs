using MassTransit;
using Matchmaking.Contracts.Matching;
using Matchmaking.Notification.Inbox;

namespace Matchmaking.Notification.Meetings;

/// <summary>A request goes to the exhibitor, with a tentative calendar entry.</summary>
internal sealed class TellMeetingRequestedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingRequested>
{
    public Task Consume(ConsumeContext<MeetingRequested> context) => MeetingTold.TellAsync(db, bell, NoticeKinds.Requested, Sides.Exhibitor,
        new NoticeFacts(context.Message.Meeting, Calendar: "request", Tentative: true), clock.GetUtcNow(), context.CancellationToken);
}

/// <summary>An accepted meeting goes to the visitor; to the exhibitor too, where the visitor took a proposed time.</summary>
internal sealed class TellMeetingAcceptedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingAccepted>
{
    public async Task Consume(ConsumeContext<MeetingAccepted> context)
    {
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
        await MeetingTold.TellAsync(db, bell, NoticeKinds.Declined, Sides.Visitor,
            new NoticeFacts(declined.Meeting, Reason: declined.Reason ?? "other", Calendar: "cancel"), clock.GetUtcNow(), context.CancellationToken);
        await MeetingTold.ClearAsync(db, bell, Sides.Exhibitor, declined.Meeting, clock.GetUtcNow(), context.CancellationToken);
    }
}

internal sealed class TellMeetingProposedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingProposed>
{
    public Task Consume(ConsumeContext<MeetingProposed> context) => MeetingTold.TellAsync(db, bell, NoticeKinds.Proposed, Sides.Visitor,
        new NoticeFacts(context.Message.Meeting, Starts: context.Message.Starts), clock.GetUtcNow(), context.CancellationToken);
}

/// <summary>A freed seat is held for the visitor who waited for one.</summary>
internal sealed class TellSeatOfferedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<SeatOffered>
{
    public Task Consume(ConsumeContext<SeatOffered> context) => MeetingTold.TellAsync(db, bell, NoticeKinds.Offered, Sides.Visitor,
        new NoticeFacts(context.Message.Meeting), clock.GetUtcNow(), context.CancellationToken);
}

/// <summary>A moved meeting goes to the stand; to the visitor too where it is agreed on, as the entry in their calendar moves along.</summary>
internal sealed class TellMeetingMovedConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MeetingMoved>
{
    public async Task Consume(ConsumeContext<MeetingMoved> context)
    {
        var moved = context.Message;
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
        var facts = new NoticeFacts(context.Message.Meeting, Calendar: "cancel");
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
        var facts = new NoticeFacts(context.Message.Meeting, Calendar: "cancel");
        foreach (var side in (string[])[Sides.Visitor, Sides.Exhibitor])
            await MeetingTold.TellAsync(db, bell, NoticeKinds.Expired, side, facts, clock.GetUtcNow(), context.CancellationToken);
    }
}
