using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Timing;

/// <summary>What mails have done to the entry of a meeting in a calendar: who was told by SMS, on the page alone or not at all has none.</summary>
internal static class EntryMails
{
    private static readonly string[] Bringing = [NoticeKinds.Requested, NoticeKinds.Accepted, NoticeKinds.Moved, NoticeKinds.Relocated, NoticeKinds.CalendarConfirmed];

    /// <summary>Ends of a notice that no mail was sent for, though it was not overtaken.</summary>
    private static readonly string[] Unsent = [NoticeResults.NoAddress, NoticeResults.Failed, NoticeResults.Limited, NoticeResults.Stopped];

    /// <summary>Their mail brings the entry, or makes it new.</summary>
    public static bool Brings(string kind) => Bringing.Contains(kind);

    /// <summary>They only take an entry away. One that becomes firm brings itself along.</summary>
    public static bool Removes(string kind) => kind is NoticeKinds.CalendarCleared or NoticeKinds.CalendarFreed;

    /// <summary>
    /// Whether there is an entry to be taken away by this notice, or by what this digest tells: false where no mail has brought it, or one has taken it away since;
    /// null: seen in a moment, for what may bring it is just being sent. What waits for its hour or its next try will not: what takes away is told later.
    /// </summary>
    /// <param name="told">What takes the entry away: the notice itself, or one of the digest.</param>
    public static async Task<bool?> StandsAsync(NotificationDb db, NoticeRow notice, NoticeRow told, CancellationToken cancel)
    {
        // After an erasure nothing is known of entries any more.
        if (told.VisitorId is null) return true;
        var now = await Dialect.NowAsync(db, cancel);
        var last = await db.Notices.AsNoTracking()
            .Where(n => n.MeetingId == told.MeetingId && n.RecipientSide == notice.RecipientSide && n.Id != notice.Id && (n.DigestId == null || n.DigestId != notice.Id))
            .Where(n => n.Result == NoticeResults.Sent && (n.Channel == "mail" || n.Channel == "digest") && (Bringing.Contains(n.Kind) || n.Kind == NoticeKinds.CalendarFreed)
                || Bringing.Contains(n.Kind) && (n.Result == NoticeResults.Waiting && n.NextAt <= now
                    || n.Result == NoticeResults.Gathered && db.Notices.Any(d => d.Id == n.DigestId && d.Result == NoticeResults.Waiting && d.NextAt <= now)))
            .OrderByDescending(n => n.CreatedAt).Select(n => new { n.Kind, n.Result }).FirstOrDefaultAsync(cancel);
        return last is null or { Kind: NoticeKinds.CalendarFreed } ? false : last.Result == NoticeResults.Sent ? true : null;
    }

    /// <summary>
    /// A later notice to that side brings an entry, so this one has nothing to take away any more. One that says nothing to calendars (the request has
    /// expired since, or was called off) replaces no removal, nor one that no mail was sent for: the entry would stay for ever.
    /// </summary>
    public static Task<bool> IsReplacedAsync(NotificationDb db, NoticeRow removal, CancellationToken cancel) =>
        db.Notices.AnyAsync(n => n.MeetingId == removal.MeetingId && n.RecipientSide == removal.RecipientSide && n.CreatedAt > removal.CreatedAt && Bringing.Contains(n.Kind) && !Unsent.Contains(n.Result), cancel);
}
