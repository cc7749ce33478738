using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Preferences;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification.Timing;

/// <summary>
/// Makes a digest of what a stand's notices have gathered, when its hour has come; at once where the stand has changed its mind; and further ones behind it
/// where they are about more meetings than fit into one mail. A digest and the marks on what it holds are one transaction, and its name, after the oldest of
/// them, is unique.
/// </summary>
internal sealed partial class GatherDigests(
    IServiceScopeFactory scopes, NoticeBell bell, IOptions<NotificationOptions> options, TimeProvider clock, ILogger<GatherDigests> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(RemindOfMeetings.Pause, clock);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try { await LookAsync(clock.GetUtcNow(), stopping); }
            catch (Exception e) when (!stopping.IsCancellationRequested) { LogLater(log, e.GetType().Name); }
        }
    }

    internal async Task LookAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.Value.Zone);
        // One mail in the morning, not one for each hour of the night.
        if (options.Value.Quiet?.Until(now, zone) is not null) return;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
        var stands = await db.Notices.Where(n => n.Result == NoticeResults.Gathered && n.DigestId == null && n.RecipientSide == Sides.Exhibitor)
            .GroupBy(n => n.RecipientId).Select(g => new { Id = g.Key, Oldest = g.Min(n => n.CreatedAt) }).ToListAsync(cancel);
        foreach (var stand in stands)
        {
            var wishes = await NoticePreference.OfAsync(db, Sides.Exhibitor, stand.Id, cancel);
            var due = wishes is { Mail: true, Pace: not Paces.AtOnce } ? options.Value.NextDigest(wishes.Pace, stand.Oldest, zone) : now;
            if (due <= now) while (await GatherAsync(db, stand.Id, now, cancel)) { }
        }
    }

    /// <returns>True where a digest was made and more is left for the next.</returns>
    private async Task<bool> GatherAsync(NotificationDb db, Guid stand, DateTimeOffset now, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var waiting = await db.Notices.Where(n => n.Result == NoticeResults.Gathered && n.DigestId == null && n.RecipientSide == Sides.Exhibitor && n.RecipientId == stand)
            .OrderBy(n => n.CreatedAt).ThenBy(n => n.Id).Select(n => new { n.Id, n.MeetingId }).ToListAsync(cancel);
        if (waiting.Count == 0) return false;
        // All that is told of a meeting goes together: its newest entry, and no older one after it.
        var fitting = waiting.GroupBy(n => n.MeetingId ?? n.Id).Take(MeetingLists.MostEntries).SelectMany(g => g).Select(n => n.Id).ToList();
        var facts = new NoticeFacts(At: now, Zone: options.Value.Zone);
        var digest = NoticeRow.Add(db, bell, NoticeKinds.Digest, Recipient.Exhibitor(stand), "de", facts, now, null, $"digest {waiting[0].Id}");
        try
        {
            await db.SaveChangesAsync(cancel);
            await db.Notices.Where(n => fitting.Contains(n.Id) && n.Result == NoticeResults.Gathered && n.DigestId == null)
                .ExecuteUpdateAsync(n => n.SetProperty(r => r.DigestId, digest.Id), cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateException e) when (Refusals.UniquenessBroken(e) is not null) { return false; } // another replica was faster
        finally { db.ChangeTracker.Clear(); }
        bell.Ring();
        return fitting.Count < waiting.Count;
    }

    [LoggerMessage(303, LogLevel.Warning, "Digests put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);
}
