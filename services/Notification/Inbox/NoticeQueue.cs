using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Inbox;

/// <summary>The waiting notices as a queue with leases, the same on both databases; several replicas take different rows.</summary>
internal static class NoticeQueue
{
    /// <summary>How long a claim holds: longer than <see cref="Channels.NoticeSender"/> works on a batch.</summary>
    internal const long LeaseMilliseconds = 30_000;

    /// <summary>Leases the notices that are due, oldest first.</summary>
    public static async Task<List<NoticeRow>> ClaimAsync(NotificationDb db, Guid instance, int most, CancellationToken cancel)
    {
        var d = Dialect.Of(db);
        // A plain look first: on SQLite an update takes the one writer's lock even if it finds nothing.
        var due = $"select id from notices where result = 'waiting' and next_at <= {d.Now} and claimed_until < {d.Now} order by id limit {most}";
        var anyDue = $"select count(*) as \"Value\" from ({due}) due";
        if (await db.Database.SqlQueryRaw<int>(anyDue).SingleAsync(cancel) == 0) return [];
        var claim = $$"""
            update notices set claimed_by = {0}, claimed_until = {{d.Now}} + {{LeaseMilliseconds}}, attempts = attempts + 1
            where id in ({{due}} {{d.SkipLocked}}) returning *
            """;
        var rows = await db.Notices.FromSqlRaw(claim, instance).AsNoTracking().ToListAsync(cancel);
        return [.. rows.OrderBy(r => r.Id)];
    }

    /// <summary>Ends a notice. False: it is not ours any more, since its visitor was erased.</summary>
    /// <param name="mayComeBack">It may yet fail: then it must be possible to say it again.</param>
    /// <param name="told">Of a digest that was sent: the notices that were in it. What else it had gathered was overtaken.</param>
    public static async Task<bool> FinishAsync(
        NotificationDb db, NoticeRow notice, string result, string channel, string subject, DateTimeOffset? sentAt, CancellationToken cancel, string? failure = null,
        bool mayComeBack = false, IReadOnlyList<Guid>? told = null)
    {
        // What has gone out needs no facts any more; those of a failed notice stay for whoever looks into it.
        var keep = result == NoticeResults.Failed || mayComeBack;
        var facts = keep ? notice.Facts : null;
        // All or nothing: a digest that goes once more reads what it has gathered.
        await using var transaction = notice.Kind == NoticeKinds.Digest ? await db.Database.BeginTransactionAsync(cancel) : null;
        if (transaction is not null && result != NoticeResults.Failed)
        {
            var gathered = db.Notices.Where(n => n.DigestId == notice.Id && n.Result == NoticeResults.Gathered);
            if (result == NoticeResults.Sent)
                await gathered.Where(n => (told ?? Array.Empty<Guid>()).Contains(n.Id)).ExecuteUpdateAsync(n => n
                    .SetProperty(r => r.Result, result).SetProperty(r => r.Channel, channel == "mail" ? "digest" : channel).SetProperty(r => r.SentAt, sentAt)
                    .SetProperty(r => r.Facts, r => keep ? r.Facts : null), cancel);
            await gathered.ExecuteUpdateAsync(n => n
                .SetProperty(r => r.Result, result == NoticeResults.Sent ? NoticeResults.Outdated : result).SetProperty(r => r.Channel, "none").SetProperty(r => r.Facts, (string?)null), cancel);
        }
        var ours = await db.Notices.Where(n => n.Id == notice.Id).ExecuteUpdateAsync(n => n
            .SetProperty(r => r.Result, result)
            .SetProperty(r => r.Channel, channel)
            .SetProperty(r => r.Subject, subject)
            .SetProperty(r => r.SentAt, sentAt)
            .SetProperty(r => r.Facts, facts)
            .SetProperty(r => r.Failure, failure)
            .SetProperty(r => r.ClaimedBy, (Guid?)null), cancel) == 1;
        if (transaction is not null) await transaction.CommitAsync(cancel);
        return ours;
    }

    /// <summary>Leaves a notice to the next digest; its facts stay until then.</summary>
    public static Task GatherAsync(NotificationDb db, NoticeRow notice, CancellationToken cancel) =>
        db.Notices.Where(n => n.Id == notice.Id).ExecuteUpdateAsync(n => n.SetProperty(r => r.Result, NoticeResults.Gathered).SetProperty(r => r.ClaimedBy, (Guid?)null), cancel);

    /// <summary>Gives a notice back, to be tried again after the wait.</summary>
    /// <param name="failure">Why this try failed.</param>
    public static Task PostponeAsync(NotificationDb db, NoticeRow notice, TimeSpan wait, string failure, CancellationToken cancel) =>
        GiveBackAsync(db, notice, wait, notice.Attempts, failure, cancel);

    /// <summary>Gives a notice back that was not tried at all, only looked at too early.</summary>
    public static Task HoldAsync(NotificationDb db, NoticeRow notice, TimeSpan wait, CancellationToken cancel) =>
        GiveBackAsync(db, notice, wait, notice.Attempts - 1, notice.Failure, cancel);

    private static async Task GiveBackAsync(NotificationDb db, NoticeRow notice, TimeSpan wait, int attempts, string? failure, CancellationToken cancel)
    {
        var next = await Dialect.NowAsync(db, cancel) + (long)wait.TotalMilliseconds;
        await db.Notices.Where(n => n.Id == notice.Id).ExecuteUpdateAsync(n => n
            .SetProperty(r => r.NextAt, next)
            .SetProperty(r => r.Attempts, attempts)
            .SetProperty(r => r.Failure, failure)
            .SetProperty(r => r.ClaimedUntil, 0)
            .SetProperty(r => r.ClaimedBy, (Guid?)null), cancel);
    }

    /// <summary>Where embedded nobody else sends: what a dead process had claimed is free at once.</summary>
    public static Task FreeAllAsync(NotificationDb db, Backbone backbone, CancellationToken cancel) => backbone.Embedded
        ? db.Notices.Where(n => n.Result == NoticeResults.Waiting).ExecuteUpdateAsync(n => n.SetProperty(r => r.ClaimedUntil, 0), cancel)
        : Task.CompletedTask;
}
