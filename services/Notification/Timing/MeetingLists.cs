using Matchmaking.Contracts.Matching;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Templates;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Calendars;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Timing;

/// <summary>What a digest or the evening's notice lists, as it is when the mail goes and not when it was decided on.</summary>
/// <param name="Open">Requests that wait for an answer, those with the nearest end first.</param>
/// <param name="News">What else was gathered, in its own subject's words.</param>
/// <param name="Day">Meetings of the day, in order.</param>
/// <param name="Entries">Calendar entries of what was gathered: of each meeting the latest.</param>
/// <param name="Told">The notices that a digest tells of; the others it has gathered were overtaken.</param>
/// <param name="TooEarly">A mail is on its way of which it is not known yet whether it brings an entry that is to be taken away here.</param>
internal sealed record MeetingLists(
    IReadOnlyList<MeetingFacts> Open, IReadOnlyList<string> News, IReadOnlyList<MeetingFacts> Day, IReadOnlyList<NoticeFacts> Entries, IReadOnlyList<Guid>? Told = null, bool TooEarly = false)
{
    public static readonly MeetingLists None = new([], [], [], []);

    /// <summary>A mail with more files than that is one that nobody opens: what is told of further meetings goes into a digest of its own.</summary>
    public const int MostEntries = 20;

    /// <summary>Entries alone make a mail: without one they stay in the calendar as they were.</summary>
    public bool IsEmpty => Open.Count + News.Count + Day.Count + Entries.Count == 0;

    /// <returns>null: the notice lists nothing.</returns>
    public static async Task<MeetingLists?> OfAsync(NotificationDb db, NoticeRow notice, NoticeFacts facts, CancellationToken cancel) => notice.Kind switch
    {
        NoticeKinds.Digest => await OfDigestAsync(db, notice, cancel),
        NoticeKinds.DayAhead => await OfDayAsync(db, notice, facts, cancel),
        _ => null,
    };

    private static async Task<MeetingLists> OfDigestAsync(NotificationDb db, NoticeRow notice, CancellationToken cancel)
    {
        var open = await db.MeetingsKnown.AsNoTracking().Where(m => m.ExhibitorId == notice.RecipientId && m.Status == "requested").ToListAsync(cancel);
        // What was left out of a digest that came back stays out.
        var gathered = await db.Notices.AsNoTracking().Where(n => n.DigestId == notice.Id && n.Result == NoticeResults.Gathered).OrderBy(n => n.CreatedAt).ToListAsync(cancel);
        // The last that speaks to calendars: what was told after it may say nothing to them.
        var latest = gathered.Where(n => n.MeetingId is not null).Select(n => (Notice: n, Facts: n.ReadFacts())).Where(n => n.Facts.Calendar is not null)
            .GroupBy(n => n.Notice.MeetingId).Select(g => g.MaxBy(n => n.Facts.Meeting!.Version));
        var (entries, tooEarly) = (new List<(NoticeRow Notice, NoticeFacts Facts)>(), false);
        foreach (var last in latest.OrderBy(n => n.Facts.Meeting!.Start))
        {
            var owed = await IsOwedAsync(db, notice, last.Notice, last.Facts, cancel);
            if (owed == true) entries.Add(last);
            tooEarly |= owed is null;
        }
        var asked = open.Select(m => m.MeetingId).ToHashSet();
        var told = gathered.Where(n => IsTold(n, asked, entries)).ToList();
        return new MeetingLists(
            [.. open.Select(m => m.ReadFacts()).OrderBy(m => m.ExpiresAt ?? DateTimeOffset.MaxValue).ThenBy(m => m.Start)],
            // What is open still stands above already; a request that is open no longer is told by what ended it.
            [.. told.Where(n => n.Kind != NoticeKinds.Requested && !NoticeKinds.ForCalendars.Contains(n.Kind) && !(n.MeetingId is { } id && asked.Contains(id))).Select(n => n.Subject)],
            [], [.. entries.Select(e => e.Facts)], [.. told.Select(n => n.Id)], tooEarly);
    }

    /// <summary>
    /// What brings an entry is told where this mail brings that of its meeting, and a request where it also stands among those that are open; what only takes one
    /// away, where this mail does. What else is told are ends of meetings, and what is about none: nothing overtakes them.
    /// </summary>
    private static bool IsTold(NoticeRow gathered, HashSet<Guid> asked, List<(NoticeRow Notice, NoticeFacts Facts)> entries)
    {
        if (!EntryMails.Brings(gathered.Kind) && !EntryMails.Removes(gathered.Kind)) return true;
        var (entry, facts) = entries.Find(e => e.Notice.MeetingId == gathered.MeetingId);
        if (entry is null || entry.Id == gathered.Id) return entry is not null;
        return EntryMails.Brings(gathered.Kind) && facts.Calendar == "request" && (gathered.Kind != NoticeKinds.Requested || asked.Contains(entry.MeetingId!.Value));
    }

    /// <summary>Not where a later notice came by itself, nor where it takes away what no mail has brought or what was brought anew since; null: seen in a moment.</summary>
    private static async Task<bool?> IsOwedAsync(NotificationDb db, NoticeRow digest, NoticeRow gathered, NoticeFacts facts, CancellationToken cancel)
    {
        var overtaken = EntryMails.Removes(gathered.Kind)
            ? await EntryMails.IsReplacedAsync(db, gathered, cancel)
            : await db.MeetingsTold.AnyAsync(t => t.MeetingId == gathered.MeetingId && t.Side == digest.RecipientSide && t.Version > facts.Meeting!.Version, cancel);
        return overtaken ? false : facts.Calendar == "cancel" ? await EntryMails.StandsAsync(db, digest, gathered, cancel) : true;
    }

    private static async Task<MeetingLists> OfDayAsync(NotificationDb db, NoticeRow notice, NoticeFacts facts, CancellationToken cancel)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(facts.Zone!);
        var from = facts.At!.Value;
        var to = DayTimes.At(DayTimes.DayOf(from, zone).AddDays(1), TimeOnly.MinValue, zone);
        var meetings = await db.MeetingsKnown.AsNoTracking()
            .Where(m => m.Status == "accepted" && m.Start >= from && m.Start < to && (notice.RecipientSide == Sides.Visitor ? m.VisitorId : m.ExhibitorId) == notice.RecipientId)
            .OrderBy(m => m.Start).ToListAsync(cancel);
        return new MeetingLists([], [], [.. meetings.Select(m => m.ReadFacts())], []);
    }

    /// <summary>The files that go along: of the notice itself, or of what it gathers.</summary>
    public static IReadOnlyList<(string Name, CalendarFile File)> FilesOf(NoticeRow notice, NoticeFacts facts, MeetingLists? lists, string language, string from, string to)
    {
        var files = new List<(string, CalendarFile)>();
        if (CalendarEntry.Of(facts, notice.RecipientSide, language, from, to, notice.CreatedAt) is { } own) files.Add((CalendarEntry.FileName, own));
        foreach (var entry in lists?.Entries ?? [])
            if (CalendarEntry.Of(entry, notice.RecipientSide, language, from, to, notice.CreatedAt) is { } file) files.Add(($"termin-{entry.Meeting!.Code.ToLowerInvariant()}.ics", file));
        return files;
    }
}
