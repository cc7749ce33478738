using Matchmaking.Notification.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Timing;

/// <summary>What mails have done to the entry of a meeting in a calendar: who was told by SMS, on the page alone or not at all has none.</summary>
internal static class EntryMails
{
    private static readonly string[] Bringing = [NoticeKinds.Requested, NoticeKinds.Accepted, NoticeKinds.Moved, NoticeKinds.Relocated, NoticeKinds.CalendarConfirmed];

    /// <summary>They only take an entry away. One that becomes firm brings itself along.</summary>
    public static bool Removes(string kind) => kind is NoticeKinds.CalendarCleared or NoticeKinds.CalendarFreed;

    /// <summary>The last notice beside this one, or beside this digest's, whose mail has brought the entry or may yet; null: none has, or it was taken away since.</summary>
    public static async Task<NoticeRow?> LastAsync(NotificationDb db, NoticeRow beside, Guid meeting, CancellationToken cancel)
    {
        var last = await db.Notices.AsNoTracking()
            .Where(n => n.MeetingId == meeting && n.RecipientSide == beside.RecipientSide && n.Id != beside.Id && (n.DigestId == null || n.DigestId != beside.Id))
            .Where(n => n.Result == NoticeResults.Sent && (n.Channel == "mail" || n.Channel == "digest") && (Bringing.Contains(n.Kind) || n.Kind == NoticeKinds.CalendarFreed)
                || Bringing.Contains(n.Kind) && (n.Result == NoticeResults.Waiting || n.Result == NoticeResults.Gathered && db.Notices.Any(d => d.Id == n.DigestId && d.Result == NoticeResults.Waiting)))
            .OrderByDescending(n => n.CreatedAt).FirstOrDefaultAsync(cancel);
        return last is { Kind: NoticeKinds.CalendarFreed } ? null : last;
    }

    /// <summary>
    /// A later notice to that side brings an entry, so this one has nothing to take away any more. One that says nothing to calendars (the request has
    /// expired since, or was called off) replaces no removal: the entry would stay for ever.
    /// </summary>
    public static Task<bool> IsReplacedAsync(NotificationDb db, NoticeRow removal, CancellationToken cancel) =>
        db.Notices.AnyAsync(n => n.MeetingId == removal.MeetingId && n.RecipientSide == removal.RecipientSide && n.CreatedAt > removal.CreatedAt && Bringing.Contains(n.Kind), cancel);
}
