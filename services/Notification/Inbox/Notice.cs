using System.Diagnostics;
using System.Security.Claims;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Notification;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Inbox;

/// <summary>The kinds of notices; each has its templates under Templates/, one for each language.</summary>
internal static class NoticeKinds
{
    public const string ListReady = "list-ready", SignIn = "sign-in",
        Requested = "meeting-requested", Accepted = "meeting-accepted", Declined = "meeting-declined",
        Proposed = "meeting-proposed", Moved = "meeting-moved", Relocated = "meeting-relocated", Offered = "seat-offered", Cancelled = "meeting-cancelled", Expired = "meeting-expired",
        CalendarCleared = "calendar-cleared", MeetingSoon = "meeting-soon", DayAhead = "day-ahead", Digest = "digest",
        WebhookDisabled = "webhook-disabled", Planned = "meetings-planned", CalendarConfirmed = "calendar-confirmed", CalendarFreed = "calendar-freed",
        WaitingEnded = "waiting-ended";

    /// <summary>They say nothing new to their reader: only a mail can change an entry in a calendar. So they go by mail alone, and are not among anybody's news.</summary>
    public static readonly IReadOnlyList<string> ForCalendars = [CalendarCleared, CalendarConfirmed, CalendarFreed];

    public static readonly IReadOnlyList<string> All = [ListReady, SignIn, Requested, Accepted, Declined, Proposed, Moved, Relocated, Offered, Cancelled, Expired, CalendarCleared, MeetingSoon, DayAhead, Digest, WebhookDisabled, Planned, CalendarConfirmed, CalendarFreed, WaitingEnded];

    /// <summary>Never read by a visitor: there in the languages of the staff alone.</summary>
    public static readonly IReadOnlyList<string> ForStaff = [SignIn, Requested, Digest, WebhookDisabled, Planned, CalendarConfirmed, CalendarFreed];
}

internal static class Sides
{
    public const string Visitor = "visitor", Exhibitor = "exhibitor", Account = "account";
}

internal static class NoticeResults
{
    public const string Waiting = "waiting", Sent = "sent", NoAddress = "no-address", Failed = "failed", Limited = "limited",
        Gathered = "gathered", Stopped = "stopped", Outdated = "outdated";
}

/// <summary>Why a meeting expired, where it was not the stand that did not answer a request.</summary>
internal static class ExpiryReasons
{
    /// <summary>The visitor chose none of the times that the stand had proposed.</summary>
    public const string NoChoice = "no-choice";

    /// <summary>The visitor did not take the freed seat that was held for them.</summary>
    public const string NotTaken = "not-taken";
}

/// <param name="Link">For an account: which sign-in link is meant.</param>
internal sealed record Recipient(string Side, Guid Id, Guid? Link = null)
{
    public static Recipient Visitor(Guid id) => new(Sides.Visitor, id);

    public static Recipient Exhibitor(Guid id) => new(Sides.Exhibitor, id);

    public static Recipient Account(Guid id, Guid link) => new(Sides.Account, id, link);

    /// <summary>The visitor or the stand that calls; null: neither.</summary>
    public static Recipient? Of(ClaimsPrincipal user) =>
        user.VisitorId() is { } visitor ? Visitor(visitor) : user.ExhibitorId() is { } exhibitor && exhibitor != Guid.Empty ? Exhibitor(exhibitor) : null;
}

/// <summary>What the text of a notice says, beside the address and the link that are asked for at sending.</summary>
/// <param name="Reason">Why a meeting was declined, called off or expired, of <see cref="DeclineReasons"/>, <see cref="CancelReasons"/> or <see cref="ExpiryReasons"/>.</param>
/// <param name="Starts">Other times that were proposed; of a moved meeting its former one, of a moved fair when it opens now.</param>
/// <param name="Calendar">"request" or "cancel": the method of the calendar entry; null: none goes along.</param>
/// <param name="Tentative">The entry is a request that was not answered yet.</param>
/// <param name="Count">Of a notice about several meetings: how many.</param>
/// <param name="Offer">Of a notice about an offer without a meeting.</param>
/// <param name="Agreed">Both sides have agreed to the meeting, so its reader waits for nothing but the day.</param>
/// <param name="At">Of a notice about no single meeting: the beginning of the day, or the time, that it tells of; in <paramref name="Zone"/>.</param>
internal sealed record NoticeFacts(
    MeetingFacts? Meeting = null, string? Reason = null, IReadOnlyList<DateTimeOffset>? Starts = null, string? Calendar = null, bool Tentative = false,
    DateTimeOffset? At = null, string? Zone = null, int Count = 0, OfferNamed? Offer = null, bool Agreed = false);

/// <param name="Title">In German, with translations; empty where it is confidential, and so is <paramref name="Exhibitor"/>.</param>
internal sealed record OfferNamed(string Title, IReadOnlyDictionary<string, string> Titles, string Exhibitor, bool Confidential);

/// <summary>
/// One notice to one recipient; waiting until the sender has an end result. Lease times are Unix milliseconds of the database's clock,
/// as in the outbox.
/// </summary>
internal sealed class NoticeRow
{
    /// <summary>UUIDv7; becomes the Message-ID and the name of the file.</summary>
    public Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string RecipientSide { get; init; }
    public Guid RecipientId { get; init; }
    public Guid? LinkId { get; init; }

    /// <summary>Whom it is about: the visitor's erasure reaches notices to exhibitors too.</summary>
    public Guid? VisitorId { get; init; }
    public Guid? MeetingId { get; init; }
    public required string Language { get; init; }

    /// <summary><see cref="NoticeFacts"/> as JSON; null once the notice has gone out, or some days later where its mail may come back.</summary>
    public string? Facts { get; init; }
    public required string Channel { get; init; }
    public required string Result { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>W3C traceparent of the event's handling: the mail belongs to the trace of the person's click.</summary>
    public string? Trace { get; init; }
    public Guid? ClaimedBy { get; init; }
    public long ClaimedUntil { get; init; }
    public int Attempts { get; init; }
    public long NextAt { get; init; }

    /// <summary>Subject line as sent or, while it waits, as it will be.</summary>
    public required string Subject { get; init; }

    /// <summary>Name of a notice that no event asks for (a reminder, a digest): whoever comes second to write it finds the name taken.</summary>
    public string? Once { get; init; }

    /// <summary>Why the last try failed, of <see cref="MailFailures"/>; null: none did.</summary>
    public string? Failure { get; init; }

    /// <summary>The digest that told of it.</summary>
    public Guid? DigestId { get; init; }

    public static NoticeRow Add(
        NotificationDb db, NoticeBell bell, string kind, Recipient to, string language, NoticeFacts facts, DateTimeOffset now, Guid? visitor, string? once = null)
    {
        var notice = new NoticeRow
        {
            Id = Guid.CreateVersion7(),
            Kind = kind,
            RecipientSide = to.Side,
            RecipientId = to.Id,
            LinkId = to.Link,
            VisitorId = visitor,
            MeetingId = facts.Meeting?.MeetingId,
            Language = language,
            Facts = JsonSerializer.Serialize(facts, JsonSerializerOptions.Web),
            Subject = Templates.MailTexts.SubjectOf(kind, language, to.Side, facts),
            Channel = "mail",
            Result = NoticeResults.Waiting,
            CreatedAt = now,
            Trace = Activity.Current?.Id,
            Once = once,
        };
        db.Notices.Add(notice);
        db.WhenSaved(bell.Ring);
        return notice;
    }

    public NoticeFacts ReadFacts() => JsonSerializer.Deserialize<NoticeFacts>(Facts ?? "{}", JsonSerializerOptions.Web)!;

    public Notice View() => new(Id, Kind, Channel, Result, Subject, MeetingId, CreatedAt, SentAt);

    public static void Map(ModelBuilder model, Dialect dialect) => model.Entity<NoticeRow>(row =>
    {
        row.ToTable("notices");
        row.Property(n => n.Id).ValueGeneratedNever();
        row.Property(n => n.Kind).HasMaxLength(40);
        row.Property(n => n.RecipientSide).HasMaxLength(10);
        row.Property(n => n.Language).HasMaxLength(20);
        row.Property(n => n.Channel).HasMaxLength(10);
        row.Property(n => n.Result).HasMaxLength(20);
        row.Property(n => n.Trace).HasMaxLength(64);
        row.Property(n => n.Subject).HasMaxLength(200);
        row.HasIndex(n => new { n.NextAt, n.ClaimedUntil }).HasDatabaseName("ix_notices_due").HasFilter("result = 'waiting'");
        row.HasIndex(n => new { n.RecipientSide, n.RecipientId }).HasDatabaseName("ix_notices_recipient");
        row.HasIndex(n => n.VisitorId).HasDatabaseName("ix_notices_visitor");
        row.Property(n => n.Failure).HasMaxLength(20);
        row.Property(n => n.Once).HasMaxLength(100);
        row.HasIndex(n => n.Once).IsUnique().HasDatabaseName("ux_notices_once");
        row.HasIndex(n => n.DigestId).HasDatabaseName("ix_notices_digest");
        row.HasIndex(n => n.CreatedAt).HasDatabaseName("ix_notices_created");
    });
}
