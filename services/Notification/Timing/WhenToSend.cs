using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Preferences;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification.Timing;

/// <param name="Result">It ends with this, and no mail goes; "gathered": it waits for the next digest.</param>
/// <param name="Until">Not before then.</param>
/// <param name="WithoutEntry">It goes as words alone: the entry that it would take away was never brought.</param>
internal readonly record struct Sending(string? Result = null, DateTimeOffset? Until = null, bool WithoutEntry = false);

/// <summary>
/// Whether a notice goes now, later, with others or not at all. Asked at the moment of sending, so that wishes count as they are then, also for what
/// waited for a mail server.
/// </summary>
internal sealed class WhenToSend(IOptions<NotificationOptions> options, TimeProvider clock)
{
    /// <summary>What concerns a meeting that begins within this time does not wait.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromHours(2);

    /// <summary>A mail that is being sent is through by then, as a rule.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    /// <summary>What somebody has just asked for and is waiting for; and what gathers others already.</summary>
    private static readonly string[] AtOnce = [NoticeKinds.SignIn, NoticeKinds.ListReady];
    private static readonly string[] NeverGathered = [NoticeKinds.Digest, NoticeKinds.DayAhead, NoticeKinds.MeetingSoon];

    public async Task<Sending> DecideAsync(NotificationDb db, NoticeRow notice, NoticeFacts facts, CancellationToken cancel)
    {
        if (notice.RecipientSide == Sides.Account) return default;
        var now = clock.GetUtcNow();
        if (await IsOutdatedAsync(db, notice, facts, now, cancel)) return new(NoticeResults.Outdated);
        var wishes = await NoticePreference.OfAsync(db, notice.RecipientSide, notice.RecipientId, cancel);
        if (!wishes.Mail) return new(NoticeResults.Stopped);
        var zone = ZoneOf(facts);
        var near = facts.Meeting is { } meeting && meeting.Start - now <= Near && meeting.End > now;
        if (wishes.Pace != Paces.AtOnce && !near && !NeverGathered.Contains(notice.Kind) && !IsTooLate(facts, now, options.Value.NextDigest(wishes.Pace, now, zone))) return new(NoticeResults.Gathered);
        if (!near && !AtOnce.Contains(notice.Kind) && options.Value.Quiet?.Until(now, zone) is { } until) return new(Until: until);
        return facts.Calendar == "cancel" ? await RemoveAsync(db, notice, now, cancel) : default;
    }

    /// <summary>An entry is taken away where a mail has brought it, and once none is on its way any more that could bring it afterwards.</summary>
    private static async Task<Sending> RemoveAsync(NotificationDb db, NoticeRow notice, DateTimeOffset now, CancellationToken cancel) =>
        await EntryMails.StandsAsync(db, notice, notice, cancel) switch
        {
            true => default,
            null => new(Until: now + Moment),
            false => EntryMails.Removes(notice.Kind) ? new(NoticeResults.Outdated) : new(WithoutEntry: true),
        };

    /// <summary>The next digest could not be read before the request has to be answered, or in good time before the meeting.</summary>
    private static bool IsTooLate(NoticeFacts facts, DateTimeOffset now, DateTimeOffset digest) =>
        facts.Meeting is { } meeting && (meeting.ExpiresAt < digest.AddMinutes(30) || meeting.End > now && meeting.Start - digest <= Near);

    /// <summary>
    /// A reminder of what has begun or is no longer so; and what waited (for the morning, for a mail server) while that side was told something later
    /// of the same meeting. What takes an entry away is replaced by an entry alone.
    /// </summary>
    private static async Task<bool> IsOutdatedAsync(NotificationDb db, NoticeRow notice, NoticeFacts facts, DateTimeOffset now, CancellationToken cancel)
    {
        if (facts.Meeting is not { } meeting) return false;
        if (notice.Kind == NoticeKinds.MeetingSoon)
            return meeting.Start <= now || !await db.MeetingsKnown.AnyAsync(m => m.MeetingId == meeting.MeetingId && m.Version == meeting.Version && m.Status == "accepted", cancel);
        if (EntryMails.Removes(notice.Kind)) return await EntryMails.IsReplacedAsync(db, notice, cancel);
        var waited = notice.NextAt > 0 || notice.Attempts > 1;
        return waited && await db.MeetingsTold.AnyAsync(m => m.MeetingId == meeting.MeetingId && m.Side == notice.RecipientSide && m.Version > meeting.Version, cancel);
    }

    private TimeZoneInfo ZoneOf(NoticeFacts facts) => TimeZoneInfo.FindSystemTimeZoneById(facts.Meeting?.Zone ?? facts.Zone ?? options.Value.Zone);
}
