using Matchmaking.Notification.Channels;
using Matchmaking.Notification.Webhooks;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification.Inbox;

/// <summary>
/// At the start and every hour: takes old notices to staff accounts and meetings that are over away, and files of mails whose notice is gone (the process may have
/// died between an erasure and a mail that was just being written).
/// </summary>
internal sealed partial class NoticeSweeper(
    IServiceScopeFactory scopes, MailFolder mails, SmsFolder sms, IOptions<NotificationOptions> options, IOptions<WebhookOptions> webhooks, TimeProvider clock, ILogger<NoticeSweeper> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            try { await SweepAsync(stopping); }
            catch (Exception e) when (Refusals.IsOutage(e) || e is IOException) { LogLater(log, e.GetType().Name); }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    internal async Task SweepAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
        var old = clock.GetUtcNow().AddDays(-options.Value.KeepSignInDays);
        await db.Notices.Where(n => n.RecipientSide == Sides.Account && n.CreatedAt < old).ExecuteDeleteAsync(cancel);
        // Long enough for whatever comes late of a meeting that is over.
        var past = clock.GetUtcNow().AddDays(-2);
        await db.MeetingsKnown.Where(m => m.Start < past).ExecuteDeleteAsync(cancel);
        // A mail server that cannot reach another one gives up after five days as a rule, and then the mail comes back.
        var kept = clock.GetUtcNow().AddDays(-6);
        await db.Notices.Where(n => n.Result == NoticeResults.Sent && n.Facts != null && n.SentAt < kept).ExecuteUpdateAsync(n => n.SetProperty(r => r.Facts, (string?)null), cancel);
        var told = clock.GetUtcNow().AddDays(-webhooks.Value.KeepDays);
        await db.Deliveries.Where(d => d.Result != DeliveryResults.Waiting && d.CreatedAt < told).ExecuteDeleteAsync(cancel);
        foreach (var folder in (NoticeFiles[])[mails, sms])
            foreach (var files in folder.List().Chunk(500))
            {
                var known = await db.Notices.Where(n => files.Contains(n.Id)).Select(n => n.Id).ToListAsync(cancel);
                folder.Delete(files.Except(known));
            }
    }

    [LoggerMessage(301, LogLevel.Warning, "Sweep of notices put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);
}
