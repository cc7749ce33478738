using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Webhooks;

/// <summary>The waiting deliveries as a queue with leases, the same on both databases; several replicas take different rows.</summary>
internal static class DeliveryQueue
{
    /// <summary>Longer than the longest that an answer may be waited for, with what is to be written before and after.</summary>
    internal const long LeaseMilliseconds = 120_000;

    /// <summary>Leases what is due, oldest first, but only so many of each webhook.</summary>
    /// <param name="busy">Webhooks that have enough under way.</param>
    public static async Task<List<WebhookDelivery>> ClaimAsync(NotificationDb db, Guid instance, int most, IReadOnlyCollection<Guid> busy, CancellationToken cancel)
    {
        var d = Dialect.Of(db);
        var taken = string.Join(", ", busy.Select((_, n) => "{" + (n + 1) + "}"));
        var isDue = $"result = 'waiting' and next_at <= {d.Now} and claimed_until < {d.Now}" + (busy.Count > 0 ? $" and webhook_id not in ({taken})" : "");
        object[] arguments = [instance, .. busy.Cast<object>()];
        // A plain look first: on SQLite an update takes the one writer's lock even if it finds nothing.
        var anyDue = $"select count(*) as \"Value\" from (select id from webhook_deliveries where {isDue} limit 1) due";
        if (await db.Database.SqlQueryRaw<int>(anyDue, arguments).SingleAsync(cancel) == 0) return [];
        // Windows and locks do not go together in one query.
        var first = $"select id from (select id, row_number() over (partition by webhook_id order by id) as place from webhook_deliveries where {isDue}) due where place <= {WebhookOptions.AtOnceEach}";
        var claim = $$"""
            update webhook_deliveries set claimed_by = {0}, claimed_until = {{d.Now}} + {{LeaseMilliseconds}}, attempts = attempts + 1
            where id in (select id from webhook_deliveries where id in ({{first}}) and {{isDue}} order by id limit {{most}} {{d.SkipLocked}}) returning *
            """;
        return await db.Deliveries.FromSqlRaw(claim, arguments).AsNoTracking().ToListAsync(cancel);
    }

    public static Task<int> EndAsync(NotificationDb db, WebhookDelivery delivery, string result, int? status, string? failure, DateTimeOffset now, CancellationToken cancel) =>
        db.Deliveries.Where(d => d.Id == delivery.Id).ExecuteUpdateAsync(d => d
            .SetProperty(r => r.Result, result)
            // What was given up may be sent again by hand; what was delivered needs no body any more.
            .SetProperty(r => r.Body, result == DeliveryResults.Delivered ? null : delivery.Body)
            .SetProperty(r => r.Status, status)
            .SetProperty(r => r.Failure, failure)
            .SetProperty(r => r.TriedAt, now)
            .SetProperty(r => r.ClaimedBy, (Guid?)null), cancel);

    public static async Task PostponeAsync(NotificationDb db, WebhookDelivery delivery, TimeSpan wait, int? status, string? failure, DateTimeOffset now, CancellationToken cancel)
    {
        var next = await Dialect.NowAsync(db, cancel) + (long)wait.TotalMilliseconds;
        await db.Deliveries.Where(d => d.Id == delivery.Id).ExecuteUpdateAsync(d => d
            .SetProperty(r => r.NextAt, next)
            .SetProperty(r => r.ClaimedUntil, 0L)
            .SetProperty(r => r.ClaimedBy, (Guid?)null)
            .SetProperty(r => r.Status, status)
            .SetProperty(r => r.Failure, failure)
            .SetProperty(r => r.TriedAt, now), cancel);
    }
}
