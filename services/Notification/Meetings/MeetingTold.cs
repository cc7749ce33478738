using Matchmaking.Contracts.Matching;
using Matchmaking.Notification.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Meetings;

/// <summary>What one side of a meeting was last told: an event that is older than that is not news.</summary>
internal sealed class MeetingTold
{
    public Guid MeetingId { get; init; }
    public required string Side { get; init; }
    public Guid? VisitorId { get; init; }

    /// <summary>Two events of a meeting handled at once do not overwrite each other: the later save is tried again.</summary>
    public long Version { get; set; }

    /// <summary>A notice with a calendar entry was written to this side. Whether a mail brought it there is seen when the notice that takes it away goes (<see cref="Timing.EntryMails"/>).</summary>
    public bool HasEntry { get; set; }

    public static void Map(ModelBuilder model) => model.Entity<MeetingTold>(row =>
    {
        row.ToTable("meetings_told");
        row.HasKey(m => new { m.MeetingId, m.Side });
        row.Property(m => m.Side).HasMaxLength(10);
        row.Property(m => m.Version).IsConcurrencyToken();
        row.HasIndex(m => m.VisitorId).HasDatabaseName("ix_meetings_told_visitor");
    });

    /// <summary>
    /// Adds the notice for one side, unless that side knows a later state of the meeting. Equal versions are not refused here: that one
    /// event makes one notice is the inbox's work.
    /// </summary>
    public static async Task TellAsync(
        NotificationDb db, NoticeBell bell, string kind, string side, NoticeFacts facts, DateTimeOffset now, CancellationToken cancel)
    {
        var meeting = facts.Meeting!;
        if (side == Sides.Exhibitor && !meeting.StandKnows) return;
        var visitor = await db.Visitors.FindAsync([meeting.VisitorId], cancel);
        var erased = visitor?.ErasedAt is not null;
        // An erasure wins over late events. One thing is still owed: the exhibitor learns that nobody comes, without a word of who it was.
        if (erased && !(kind == NoticeKinds.Cancelled && side == Sides.Exhibitor)) return;
        if (erased) meeting = meeting with { VisitorId = Guid.Empty, VisitorLanguages = [], VisitorGerman = null };

        var told = await db.MeetingsTold.FindAsync([meeting.MeetingId, side], cancel);
        if (told is null) db.MeetingsTold.Add(told = new MeetingTold { MeetingId = meeting.MeetingId, Side = side, VisitorId = erased ? null : meeting.VisitorId });
        if (meeting.Version < told.Version) return;
        told.Version = meeting.Version;

        // A cancellation goes to whoever holds an entry. After an erasure nothing is known of entries any more: then it goes along anyway.
        var calendar = facts.Calendar == "cancel" && !told.HasEntry && !erased ? null : facts.Calendar;
        if (calendar is not null) told.HasEntry = calendar == "request";

        var to = side == Sides.Visitor ? Recipient.Visitor(meeting.VisitorId) : Recipient.Exhibitor(meeting.ExhibitorId);
        var language = side == Sides.Visitor ? visitor?.Language ?? "de" : "de";
        NoticeRow.Add(db, bell, kind, to, language, facts with { Meeting = meeting, Calendar = calendar }, now, erased ? null : meeting.VisitorId);
    }

    /// <summary>False where nothing of an agreed meeting was told to that side, or the notice of it has not gone out yet.</summary>
    public static async Task<bool> HasReachedAsync(NotificationDb db, string side, MeetingFacts meeting, CancellationToken cancel) =>
        await db.MeetingsTold.FindAsync([meeting.MeetingId, side], cancel) is { HasEntry: true }
        && !await db.Notices.AnyAsync(n => n.MeetingId == meeting.MeetingId && n.RecipientSide == side && n.Kind == NoticeKinds.Accepted && n.Result == NoticeResults.Waiting, cancel);

    /// <summary>Who ended a meeting themselves needs no news of it; but an entry that stands in their calendar is to go, and only a mail can take it away.</summary>
    /// <param name="kind">Of <see cref="NoticeKinds.ForCalendars"/>: whose words go along.</param>
    public static async Task ClearAsync(
        NotificationDb db, NoticeBell bell, string side, MeetingFacts meeting, DateTimeOffset now, CancellationToken cancel, string kind = NoticeKinds.CalendarCleared)
    {
        if (await db.MeetingsTold.FindAsync([meeting.MeetingId, side], cancel) is not { HasEntry: true }) return;
        await TellAsync(db, bell, kind, side, new NoticeFacts(meeting, Calendar: "cancel"), now, cancel);
    }

    /// <summary>Who agrees needs no news of it either; but the entry in their calendar is no question any more. Where none stands, none is sent.</summary>
    public static async Task ConfirmAsync(NotificationDb db, NoticeBell bell, string side, MeetingFacts meeting, DateTimeOffset now, CancellationToken cancel)
    {
        if (await db.MeetingsTold.FindAsync([meeting.MeetingId, side], cancel) is not { HasEntry: true }) return;
        await TellAsync(db, bell, NoticeKinds.CalendarConfirmed, side, new NoticeFacts(meeting, Calendar: "request"), now, cancel);
    }
}
