using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Meetings;
using Matchmaking.Notification.Preferences;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification.Timing;

/// <summary>
/// Reminds of meetings that are agreed on: shortly before each, and on the evening before of all of the next day in one notice. Every replica looks;
/// a notice's name, unique in the database, lets one of them tell.
/// </summary>
internal sealed partial class RemindOfMeetings(
    IServiceScopeFactory scopes, NoticeBell bell, IOptions<NotificationOptions> options, TimeProvider clock, ILogger<RemindOfMeetings> log) : BackgroundService
{
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    /// <summary>The evening before the longest of days is not further away.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(36);
    private const int Most = 500;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try { while (await LookAsync(clock.GetUtcNow(), stopping) == Most) { } }
            catch (Exception e) when (!stopping.IsCancellationRequested) { LogLater(log, e.GetType().Name); }
        }
    }

    /// <returns>How many meetings were looked at and marked.</returns>
    internal async Task<int> LookAsync(DateTimeOffset now, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
        var (soonest, latest) = (now + options.Value.RemindBefore, now + Ahead);
        var coming = await db.MeetingsKnown.AsNoTracking()
            .Where(m => m.Status == "accepted" && m.Start > now && m.Start <= latest && (m.EveningFor != m.Start || m.EveningFor == null || (m.Start <= soonest && (m.SoonFor != m.Start || m.SoonFor == null))))
            .OrderBy(m => m.Start).Take(Most).ToListAsync(cancel);
        var marked = 0;
        foreach (var meeting in coming)
            if (await RemindAsync(db, meeting, now, cancel)) marked++;
        return marked;
    }

    private async Task<bool> RemindAsync(NotificationDb db, KnownMeeting meeting, DateTimeOffset now, CancellationToken cancel)
    {
        var facts = meeting.ReadFacts();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(facts.Zone);
        var day = DayTimes.DayOf(meeting.Start, zone);
        var (soon, evening) = (meeting.Start - options.Value.RemindBefore, DayTimes.At(day.AddDays(-1), options.Value.Evening, zone));
        var isSoon = options.Value.RemindBefore > TimeSpan.Zero && now >= soon && meeting.SoonFor != meeting.Start;
        var isEvening = now >= evening && meeting.EveningFor != meeting.Start;
        if (!isSoon && !isEvening) return false;

        // Who has been told of the meeting since has it in mind.
        if (isSoon && meeting.ChangedAt < soon)
            foreach (var to in (Recipient[])[Recipient.Visitor(meeting.VisitorId), Recipient.Exhibitor(meeting.ExhibitorId)])
                if ((await NoticePreference.OfAsync(db, to.Side, to.Id, cancel)).BeforeMeeting)
                    await TellAsync(db, NoticeKinds.MeetingSoon, to, new NoticeFacts(facts, Agreed: true), $"soon {to.Side} {meeting.MeetingId} {meeting.Start.ToUnixTimeSeconds()}", now, cancel);
        if (isEvening && meeting.ChangedAt < evening && now < soon)
            foreach (var to in (Recipient[])[Recipient.Visitor(meeting.VisitorId), Recipient.Exhibitor(meeting.ExhibitorId)])
                if ((await NoticePreference.OfAsync(db, to.Side, to.Id, cancel)).EveningBefore)
                    await TellAsync(db, NoticeKinds.DayAhead, to, new NoticeFacts(At: DayTimes.At(day, TimeOnly.MinValue, zone), Zone: facts.Zone), $"day {to.Side} {to.Id} {day:yyyyMMdd}", now, cancel);

        // Marked after it was told: a process that dies in between tells under the same names, which are taken.
        var (soonFor, eveningFor) = (isSoon ? meeting.Start : meeting.SoonFor, isEvening ? meeting.Start : meeting.EveningFor);
        await db.MeetingsKnown.Where(m => m.MeetingId == meeting.MeetingId && m.Version == meeting.Version)
            .ExecuteUpdateAsync(m => m.SetProperty(k => k.SoonFor, soonFor).SetProperty(k => k.EveningFor, eveningFor), cancel);
        return true;
    }

    private async Task TellAsync(NotificationDb db, string kind, Recipient to, NoticeFacts facts, string once, DateTimeOffset now, CancellationToken cancel)
    {
        if (await db.Notices.AnyAsync(n => n.Once == once, cancel)) return;
        var visitor = to.Side == Sides.Visitor ? await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == to.Id, cancel) : null;
        if (visitor?.ErasedAt is not null) return;
        NoticeRow.Add(db, bell, kind, to, visitor?.Language ?? "de", facts, now, facts.Meeting?.VisitorId ?? (to.Side == Sides.Visitor ? to.Id : null), once);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (Refusals.UniquenessBroken(e) is not null) { } // another replica was faster
        finally { db.ChangeTracker.Clear(); }
    }

    [LoggerMessage(302, LogLevel.Warning, "Reminders put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);
}
