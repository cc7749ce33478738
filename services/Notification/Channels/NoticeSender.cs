using System.Diagnostics;
using Matchmaking.Contracts.Profile;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Templates;
using Matchmaking.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Matchmaking.Notification.Channels;

/// <summary>
/// Sends the waiting notices: leases some, asks Profile for each address, says the text, hands the mail over, marks the result.
/// If the process dies in between, the lease runs out and the notice is sent again: the file is then replaced by the same file, and a mail
/// by SMTP may come twice, with the same Message-ID.
/// </summary>
internal sealed partial class NoticeSender(
    IServiceScopeFactory scopes, NoticeBell bell, AddressBook addresses, IMailChannel channel, Backbone backbone, IHostApplicationLifetime life,
    IOptions<NotificationOptions> options, IOptions<SmtpOptions> smtp, TimeProvider clock, ILogger<NoticeSender> log) : BackgroundService
{
    private const int BatchSize = 32;
    private const int AtOnce = 8;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    /// <summary>SQLite has one writer, and who finds it busy sleeps for long: better to queue here.</summary>
    private readonly SemaphoreSlim _writers = new(backbone.Embedded ? 1 : AtOnce);

    /// <summary>For a whole batch; below the lease, so that nobody else sends what is still being sent here.</summary>
    private static readonly TimeSpan BatchTimeout = TimeSpan.FromMilliseconds(NoticeQueue.LeaseMilliseconds - 10_000);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        await StartedAsync(stopping);
        var freed = false;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
                if (!freed) await NoticeQueue.FreeAllAsync(db, backbone, stopping);
                freed = true;
                var batch = await NoticeQueue.ClaimAsync(db, backbone.InstanceId, BatchSize, stopping);
                if (batch.Count > 0) await SendAsync(batch, stopping);
                else await bell.WaitAsync(Poll + TimeSpan.FromMilliseconds(Random.Shared.Next(100)), stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                LogTrouble(log, e);
                await Task.Delay(500, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Where embedded, Profile is this process: it answers once the server listens.</summary>
    private async Task StartedAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stopping);
    }

    private async Task SendAsync(List<NoticeRow> batch, CancellationToken stopping)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timeout.CancelAfter(BatchTimeout);
        // What is cancelled here keeps its lease and comes back when that has run out.
        try { await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = timeout.Token }, SendAsync); }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested) { }
    }

    private async ValueTask SendAsync(NoticeRow notice, CancellationToken cancel)
    {
        using var span = NotificationTelemetry.Source.StartActivity("notice send", ActivityKind.Producer, notice.Trace ?? default(string));
        span?.SetTag("notice.kind", notice.Kind);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
        try
        {
            if (await DropIfErasedAsync(db, notice, cancel)) return;
            var result = await DeliverAsync(db, notice, cancel);
            NotificationTelemetry.Count(notice.Kind, result);
            span?.SetTag("notice.result", result);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            if (notice.Attempts >= options.Value.Attempts)
            {
                await FinishAsync(db, notice, NoticeResults.Failed, "mail", notice.Subject, null, cancel);
                NotificationTelemetry.Count(notice.Kind, NoticeResults.Failed);
                LogGivenUp(log, notice.Id, notice.Kind, notice.Attempts, e.GetType().Name);
                return;
            }
            await _writers.WaitAsync(cancel);
            try { await NoticeQueue.PostponeAsync(db, notice, WaitAfter(notice.Attempts), cancel); }
            finally { _writers.Release(); }
            NotificationTelemetry.Retried.Add(1);
            LogLater(log, notice.Id, notice.Kind, notice.Attempts, e.GetType().Name);
        }
    }

    private async Task<string> DeliverAsync(NotificationDb db, NoticeRow notice, CancellationToken cancel)
    {
        Address? address;
        try { address = await addresses.FindAsync(notice, cancel); }
        catch (MailLimitedException)
        {
            await FinishAsync(db, notice, NoticeResults.Limited, "none", notice.Subject, null, cancel);
            return NoticeResults.Limited;
        }
        if (string.IsNullOrWhiteSpace(address?.Email))
        {
            await FinishAsync(db, notice, NoticeResults.NoAddress, "none", notice.Subject, null, cancel);
            return NoticeResults.NoAddress;
        }
        var facts = notice.ReadFacts();
        var said = MailTexts.Render(notice.Kind, address.Language, notice.RecipientSide, facts, address.Link);
        try
        {
            if (!MailboxAddress.TryParse(address.Email, out var to)) throw new MailRefusedException("not an address");
            var calendar = CalendarEntry.Of(facts, notice.RecipientSide, said.Language, smtp.Value.From, to.Address, notice.CreatedAt);
            await channel.SendAsync(notice.Id, MailMaker.Make(notice, said, calendar, smtp.Value.From, to, address.Link, clock.GetUtcNow()), cancel);
        }
        catch (MailRefusedException refusal)
        {
            await FinishAsync(db, notice, NoticeResults.Failed, "mail", said.Subject, null, cancel);
            LogGivenUp(log, notice.Id, notice.Kind, notice.Attempts, refusal.Message);
            return NoticeResults.Failed;
        }
        // The visitor may have been erased while the mail was on its way.
        if (!await FinishAsync(db, notice, NoticeResults.Sent, "mail", said.Subject, clock.GetUtcNow(), CancellationToken.None)) channel.Recall(notice.Id);
        return NoticeResults.Sent;
    }

    private async Task<bool> FinishAsync(
        NotificationDb db, NoticeRow notice, string result, string by, string subject, DateTimeOffset? sentAt, CancellationToken cancel)
    {
        await _writers.WaitAsync(cancel);
        try { return await NoticeQueue.FinishAsync(db, notice, result, by, subject, sentAt, cancel); }
        finally { _writers.Release(); }
    }

    /// <summary>A notice that was written at the very moment of its visitor's erasure goes here at the latest.</summary>
    private static async Task<bool> DropIfErasedAsync(NotificationDb db, NoticeRow notice, CancellationToken cancel)
    {
        if (notice.VisitorId is not { } visitor || !await db.Visitors.AnyAsync(v => v.Id == visitor && v.ErasedAt != null, cancel)) return false;
        await db.Notices.Where(n => n.VisitorId == visitor).ExecuteDeleteAsync(cancel);
        await db.MeetingsTold.Where(m => m.VisitorId == visitor).ExecuteDeleteAsync(cancel);
        return true;
    }

    private TimeSpan WaitAfter(int attempts) => TimeSpan.FromMilliseconds(Math.Min(options.Value.LongestWaitMs, options.Value.FirstWaitMs * Math.Pow(2, Math.Min(attempts - 1, 20))));

    [LoggerMessage(311, LogLevel.Error, "Sending of notices: trouble; trying again")]
    private static partial void LogTrouble(ILogger log, Exception e);

    [LoggerMessage(312, LogLevel.Warning, "Notice {Id} ({Kind}) could not be sent in attempt {Attempt} ({Reason}); it will be tried again")]
    private static partial void LogLater(ILogger log, Guid id, string kind, int attempt, string reason);

    [LoggerMessage(313, LogLevel.Error, "Notice {Id} ({Kind}) is given up after attempt {Attempt} ({Reason})")]
    private static partial void LogGivenUp(ILogger log, Guid id, string kind, int attempt, string reason);
}
