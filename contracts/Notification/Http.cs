namespace Matchmaking.Contracts.Notification;

/// <summary>GET /api/notices: what was sent to me, by which channel, with what result.</summary>
/// <param name="Kind">Template, as "meeting-accepted".</param>
/// <param name="Channel">"mail" or "none" (no address was given).</param>
/// <param name="Result">"waiting", "sent", "no-address", "limited" (the address has had its share of such mails), "failed".</param>
public sealed record Notice(Guid Id, string Kind, string Channel, string Result, string Subject, Guid? MeetingId, DateTimeOffset CreatedAt, DateTimeOffset? SentAt);

/// <summary>GET /api/demo/mail, newest first.</summary>
public sealed record DemoMail(string To, string Subject, string Text, IReadOnlyList<DemoAttachment> Attachments, DateTimeOffset At);

public sealed record DemoAttachment(string Name, string ContentType, string Text);

/// <summary>GET /api/visitors/{id}/export/notification: all that this service holds of a visitor.</summary>
/// <param name="LinkHashes">SHA-256 of the visitor's capability links; the links themselves are not stored.</param>
/// <param name="Notices">Notices to the visitor.</param>
/// <param name="NoticesToOthers">Notices to exhibitors about the visitor's meetings.</param>
public sealed record NotificationExport(
    Guid VisitorId, long Version, string Language, bool HasContact, DateTimeOffset? ExpiresAt, IReadOnlyList<string> LinkHashes,
    IReadOnlyList<Notice> Notices, IReadOnlyList<Notice> NoticesToOthers);
