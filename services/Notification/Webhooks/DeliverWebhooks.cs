using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification.Webhooks;

/// <summary>
/// Sends what waits for webhooks: at least once, signed, with growing waits between tries. Deliveries are under way side by side, and of one webhook only
/// a few, so that one that hangs holds up nobody else. A webhook that does nothing but fail for days is turned off, and its stand is told.
/// </summary>
internal sealed partial class DeliverWebhooks(
    IServiceScopeFactory scopes, NoticeBell bell, WebhookDoor door, WebhookSecrets secrets, Backbone backbone, IOptions<WebhookOptions> options, TimeProvider clock,
    ILogger<DeliverWebhooks> log) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<Guid, int> _underWay = new();
    private readonly SemaphoreSlim _writers = new(1);
    private int _open;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        var freed = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
                // Where embedded nobody else sends: what a dead process had claimed is free at once.
                if (!freed && backbone.Embedded) await db.Deliveries.Where(d => d.Result == DeliveryResults.Waiting).ExecuteUpdateAsync(d => d.SetProperty(r => r.ClaimedUntil, 0L), stopping);
                freed = true;
                var room = options.Value.AtOnce - Volatile.Read(ref _open);
                var busy = _underWay.Where(u => u.Value >= WebhookOptions.AtOnceEach).Select(u => u.Key).ToArray();
                var due = room > 0 ? await DeliveryQueue.ClaimAsync(db, backbone.InstanceId, room, busy, stopping) : [];
                foreach (var delivery in due) Begin(delivery, stopping);
                if (due.Count == 0) await Task.Delay(Poll, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                LogLater(log, e.GetType().Name);
                await Task.Delay(Poll, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Begin(WebhookDelivery delivery, CancellationToken stopping)
    {
        Interlocked.Increment(ref _open);
        _underWay.AddOrUpdate(delivery.WebhookId, 1, (_, n) => n + 1);
        _ = Task.Run(async () =>
        {
            try { await DeliverAsync(delivery, stopping); }
            catch (Exception e) when (!stopping.IsCancellationRequested) { LogLater(log, e.GetType().Name); } // the lease runs out, and it comes again
            catch (OperationCanceledException) { }
            finally
            {
                _underWay.AddOrUpdate(delivery.WebhookId, 0, (_, n) => n - 1);
                Interlocked.Decrement(ref _open);
            }
        }, CancellationToken.None);
    }

    private async Task DeliverAsync(WebhookDelivery delivery, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
        if (await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(w => w.Id == delivery.WebhookId, stopping) is not { } webhook) return;
        var (status, failure) = webhook.DisabledAt is null ? await TryAsync(webhook, delivery, stopping) : (null, WebhookFailures.Disabled);
        await _writers.WaitAsync(stopping);
        try { await NoteAsync(db, webhook, delivery, status, failure, stopping); }
        finally { _writers.Release(); }
    }

    /// <returns>The other end's status, and why it counts as a failure; null: it went through.</returns>
    private async Task<(int? Status, string? Failure)> TryAsync(Webhook webhook, WebhookDelivery delivery, CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        var id = $"msg_{delivery.Id:N}";
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new StringContent(delivery.Body!, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
            request.Headers.UserAgent.ParseAdd("Matchmaking-Webhooks/1");
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("webhook-signature", secrets.Sign(webhook, id, now, delivery.Body!));
            var answer = await door.SendAsync(request, stopping);
            return ((int)answer, (int)answer is >= 200 and < 300 ? null : WebhookFailures.Status);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested) { return (null, WebhookFailures.Timeout); }
        catch (HttpRequestException e) when (e.InnerException is AddressForbiddenException) { return (null, WebhookFailures.Address); }
        catch (HttpRequestException e) { return (null, e.HttpRequestError == HttpRequestError.SecureConnectionError ? WebhookFailures.Certificate : WebhookFailures.Unreachable); }
        catch (CryptographicException) { return (null, WebhookFailures.Secret); }
    }

    private async Task NoteAsync(NotificationDb db, Webhook webhook, WebhookDelivery delivery, int? status, string? failure, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (failure is null)
        {
            await DeliveryQueue.EndAsync(db, delivery, DeliveryResults.Delivered, status, null, now, cancel);
            await db.Webhooks.Where(w => w.Id == webhook.Id && w.FailingSince != null).ExecuteUpdateAsync(w => w.SetProperty(r => r.FailingSince, (DateTimeOffset?)null), cancel);
            return;
        }
        var gone = status == (int)HttpStatusCode.Gone;
        if (gone || failure == WebhookFailures.Disabled || delivery.Attempts >= options.Value.Attempts) await DeliveryQueue.EndAsync(db, delivery, DeliveryResults.Failed, status, failure, now, cancel);
        else await DeliveryQueue.PostponeAsync(db, delivery, options.Value.WaitAfter(delivery.Attempts), status, failure, now, cancel);
        if (failure == WebhookFailures.Disabled) return;
        await db.Webhooks.Where(w => w.Id == webhook.Id && w.FailingSince == null).ExecuteUpdateAsync(w => w.SetProperty(r => r.FailingSince, now), cancel);
        if (gone || now - (webhook.FailingSince ?? now) > TimeSpan.FromDays(options.Value.DisableAfterDays)) await DisableAsync(db, webhook, gone ? "gone" : "failing", now, cancel);
    }

    private async Task DisableAsync(NotificationDb db, Webhook webhook, string why, DateTimeOffset now, CancellationToken cancel)
    {
        var off = await db.Webhooks.Where(w => w.Id == webhook.Id && w.DisabledAt == null)
            .ExecuteUpdateAsync(w => w.SetProperty(r => r.DisabledAt, now).SetProperty(r => r.DisabledWhy, why), cancel);
        if (off == 0) return;
        LogDisabled(log, webhook.Id, why);
        NoticeRow.Add(db, bell, NoticeKinds.WebhookDisabled, Recipient.Exhibitor(webhook.ExhibitorId), "de", new NoticeFacts(), now, null, $"webhook {webhook.Id} {now.UtcTicks}");
        await db.SaveChangesAsync(cancel);
    }

    [LoggerMessage(321, LogLevel.Warning, "Deliveries to webhooks put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);

    [LoggerMessage(322, LogLevel.Warning, "Webhook {Id} is turned off ({Why})")]
    private static partial void LogDisabled(ILogger log, Guid id, string why);
}
