namespace Matchmaking.Contracts.Notification;

/// <summary>GET /api/notices: what was sent to me, by which channel, with what result.</summary>
/// <param name="Kind">Template, as "meeting-accepted".</param>
/// <param name="Channel">"mail", "sms" (to who has left a number and no mail address), "digest" (told with others in one mail) or "none" (read on the page alone).</param>
/// <param name="Result">
/// "waiting", "sent", "no-address", "limited" (the address has had its share of such mails), "failed", "gathered" (waits for the next digest), "stopped"
/// (no mails are wished), "outdated" (it was no longer so when its time came).
/// </param>
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
    IReadOnlyList<Notice> Notices, IReadOnlyList<Notice> NoticesToOthers, NoticePreferences Preferences);

/// <summary>GET /api/notices/preferences.</summary>
/// <param name="Mail">False: notices are read on the page alone. Links to sign in are sent all the same.</param>
/// <param name="Pace">Of <see cref="Paces"/>; for visitors always "at-once".</param>
/// <param name="BeforeMeeting">A reminder shortly before each meeting.</param>
/// <param name="EveningBefore">The next day's meetings on the evening before.</param>
public sealed record NoticePreferences(bool Mail, string Pace, bool BeforeMeeting, bool EveningBefore);

/// <summary>PUT /api/notices/preferences: what is left out stays as it is.</summary>
public sealed record NoticeWishes(bool? Mail = null, string? Pace = null, bool? BeforeMeeting = null, bool? EveningBefore = null);

/// <summary>GET /api/notices/failed, for an organiser.</summary>
/// <param name="Retried">Notices of which a try failed and which are tried again; the oldest of them since <paramref name="Since"/>.</param>
public sealed record NoticeFailures(int Retried, DateTimeOffset? Since, IReadOnlyList<FailedNotice> Failed);

/// <param name="Side">"visitor", "exhibitor" or "account" (a link to sign in).</param>
/// <param name="ExhibitorId">The stand that was not told; who a visitor is, is not said.</param>
/// <param name="Failure">Of <see cref="MailFailures"/>.</param>
/// <param name="Repeatable">It can be sent again; false of a mail that came back so late that what it said is kept no more.</param>
public sealed record FailedNotice(Guid Id, string Kind, string Side, Guid? ExhibitorId, string Subject, string Failure, int Attempts, DateTimeOffset CreatedAt, bool Repeatable = true);

public sealed record NoticesSentAgain(int Notices);

/// <summary>Why a mail did not go.</summary>
public static class MailFailures
{
    /// <summary>The mail server knows no such reader, or what is written there is no address.</summary>
    public const string Address = "address";

    /// <summary>The mail server takes this mail from nobody: its words or size.</summary>
    public const string Refused = "refused";

    /// <summary>Tried until the end: the mail server, or the service that knows the address, did not answer or was not ready.</summary>
    public const string NoAnswer = "no-answer";

    public static readonly IReadOnlyList<string> All = [Address, Refused, NoAnswer];
}

/// <summary>POST /api/notices/webhooks.</summary>
/// <param name="Url">https, of the public internet, at most 500 characters.</param>
public sealed record WebhookWish(string? Url);

/// <summary>GET /api/notices/webhooks.</summary>
/// <param name="State">"active", "failing" (since <paramref name="FailingSince"/> nothing went through) or "disabled".</param>
/// <param name="DisabledWhy">"failing" for days, or "gone": the system answered 410; null: it is not disabled.</param>
public sealed record WebhookView(Guid Id, string Url, string State, DateTimeOffset CreatedAt, DateTimeOffset? FailingSince, DateTimeOffset? DisabledAt, string? DisabledWhy);

/// <summary>A webhook with its secret, which is told only when it is made.</summary>
/// <param name="Secret">"whsec_" and base64, for libraries of Standard Webhooks.</param>
public sealed record WebhookSecret(Guid Id, string Url, string Secret);

/// <summary>GET /api/notices/webhooks/{id}/deliveries. What is sent has the header webhook-id "msg_" and <paramref name="Id"/> without dashes.</summary>
/// <param name="Result">"waiting", "delivered" or "failed".</param>
/// <param name="Status">What the system answered last, as 204 or 500.</param>
/// <param name="Failure">Of <see cref="WebhookFailures"/>.</param>
public sealed record WebhookDeliveryView(
    Guid Id, string Type, Guid? MeetingId, string Result, int Attempts, int? Status, string? Failure, DateTimeOffset CreatedAt, DateTimeOffset? TriedAt, DateTimeOffset? NextAt);

/// <summary>Why a delivery to a webhook failed.</summary>
public static class WebhookFailures
{
    /// <summary>It answered with another status than 200 to 299.</summary>
    public const string Status = "status";

    /// <summary>It did not answer in time.</summary>
    public const string Timeout = "timeout";
    public const string Unreachable = "unreachable";

    /// <summary>No encrypted connection: its certificate is out of date, or is that of another name.</summary>
    public const string Certificate = "certificate";

    /// <summary>Its name leads to an address that is none of the public internet.</summary>
    public const string Address = "address";

    /// <summary>Its secret can no longer be read: it needs a new one.</summary>
    public const string Secret = "secret";
    public const string Disabled = "disabled";

    public static readonly IReadOnlyList<string> All = [Status, Timeout, Unreachable, Certificate, Address, Secret, Disabled];
}

/// <summary>What a webhook is sent: "meeting.requested", ".accepted", ".declined", ".proposed", ".moved", ".relocated", ".cancelled", ".expired", and "webhook.test" without data.</summary>
public sealed record WebhookBody<T>(string Type, DateTimeOffset Timestamp, T Data);

/// <param name="Version">Grows with each change of the meeting: what comes later with a smaller one is older.</param>
/// <param name="Visitor">null: nothing is shared.</param>
public sealed record WebhookMeeting(
    Guid MeetingId, long Version, string Status, Guid OfferId, string Title, string Code, DateTimeOffset Start, DateTimeOffset End, string Format, int? Table,
    DateTimeOffset? ExpiresAt, WebhookVisitor? Visitor);

public sealed record WebhookVisitor(IReadOnlyList<string> Languages, string? German);

/// <summary>GET /api/notices/templates: a text of a notice.</summary>
/// <param name="Version">Grows with each change; 0: never changed.</param>
/// <param name="Edited">False: it is as it comes with the product.</param>
public sealed record TemplateEntry(string Kind, string Language, int Version, bool Edited, DateTimeOffset? ChangedAt);

/// <summary>GET /api/notices/templates/{kind}/{language}.</summary>
/// <param name="Text">First line: the subject; an empty line; what the mail says. With <c>?version=</c> that of another version, 0 being the product's own.</param>
/// <param name="Words">Names that it may use, as {{ code }}.</param>
/// <param name="Lists">Names that it may go through, as {% for line in open %}.</param>
/// <param name="History">Newest first.</param>
public sealed record TemplateView(
    string Kind, string Language, int Version, string Text, bool Edited, IReadOnlyList<string> Words, IReadOnlyList<string> Lists, IReadOnlyList<TemplateChange> History);

/// <param name="Reset">It went back to the product's own text.</param>
public sealed record TemplateChange(int Version, DateTimeOffset At, bool Reset);

/// <param name="Text">At most 4000 characters. Faults are told as fields "text:3", by line.</param>
/// <param name="Version">The version that was seen when it was written; null: whatever holds.</param>
public sealed record TemplateDraft(string? Text, int? Version = null);

/// <summary>POST /api/notices/templates/{kind}/{language}/preview: what invented readers would get.</summary>
public sealed record TemplatePreview(IReadOnlyList<TemplateSaid> Said);

/// <param name="Side">"visitor" or "exhibitor".</param>
public sealed record TemplateSaid(string Side, string Subject, string Text);

/// <summary>How often an exhibitor wants mails.</summary>
public static class Paces
{
    public const string AtOnce = "at-once", Hourly = "hourly", Daily = "daily";

    public static readonly IReadOnlyList<string> All = [AtOnce, Hourly, Daily];
}

/// <summary>GET, POST and DELETE /api/notices/stop/{token}: whether mails still go to whom the link was sent.</summary>
/// <param name="Side">"visitor" or "exhibitor".</param>
public sealed record NoticeStop(string Side, bool Stopped);
