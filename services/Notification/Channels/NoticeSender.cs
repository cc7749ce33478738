using System.Diagnostics;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Preferences;
using Matchmaking.Notification.Templates;
using Matchmaking.Notification.Timing;
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
    IServiceScopeFactory scopes, NoticeBell bell, AddressBook addresses, WhenToSend when, TemplateBook book, StopLinks stops, IMailChannel channel, ISmsChannel sms, Backbone backbone, IHostApplicationLifetime life,
    IOptions<NotificationOptions> options, IOptions<SmtpOptions> smtp, IOptions<BounceOptions> bounces, TimeProvider clock, ILogger<NoticeSender> log) : BackgroundService
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
            if (await DeliverAsync(db, notice, cancel) is not { } result) return;
            NotificationTelemetry.Count(notice.Kind, result);
            span?.SetTag("notice.result", result);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            if (notice.Attempts >= options.Value.Attempts)
            {
                await FinishAsync(db, notice, NoticeResults.Failed, "mail", notice.Subject, null, cancel, MailFailures.NoAnswer);
                NotificationTelemetry.Count(notice.Kind, NoticeResults.Failed);
                LogGivenUp(log, notice.Id, notice.Kind, notice.Attempts, e.GetType().Name);
                return;
            }
            await WaitAsync(() => NoticeQueue.PostponeAsync(db, notice, options.Value.WaitAfter(notice.Attempts), MailFailures.NoAnswer, cancel), cancel);
            NotificationTelemetry.Retried.Add(1);
            LogLater(log, notice.Id, notice.Kind, notice.Attempts, e.GetType().Name);
        }
    }

    /// <returns>null: it does not go yet.</returns>
    private async Task<string?> DeliverAsync(NotificationDb db, NoticeRow notice, CancellationToken cancel)
    {
        var facts = notice.ReadFacts();
        var sending = await when.DecideAsync(db, notice, facts, cancel);
        if (sending.Until is { } until) return await WaitAsync(() => NoticeQueue.HoldAsync(db, notice, until - clock.GetUtcNow(), cancel), cancel);
        if (sending.Result == NoticeResults.Gathered) return await WaitAsync(() => NoticeQueue.GatherAsync(db, notice, cancel), cancel);
        if (sending.WithoutEntry) facts = facts with { Calendar = null };
        var lists = await MeetingLists.OfAsync(db, notice, facts, cancel);
        if (sending.Result is null && lists is { TooEarly: true }) return await WaitAsync(() => NoticeQueue.HoldAsync(db, notice, WhenToSend.Moment, cancel), cancel);
        if ((sending.Result ?? (lists is { IsEmpty: true } ? NoticeResults.Outdated : null)) is { } ended)
        {
            await FinishAsync(db, notice, ended, "none", notice.Subject, null, cancel);
            return ended;
        }
        Address? address;
        try { address = await addresses.FindAsync(notice, cancel); }
        catch (MailLimitedException)
        {
            await FinishAsync(db, notice, NoticeResults.Limited, "none", notice.Subject, null, cancel);
            return NoticeResults.Limited;
        }
        if (string.IsNullOrWhiteSpace(address?.Email))
        {
            if (!NoticeKinds.ForCalendars.Contains(notice.Kind) && PhoneNumbers.Of(address?.Phone) is { } number) return await SendShortAsync(db, notice, facts, lists, address!, number, cancel);
            await FinishAsync(db, notice, NoticeResults.NoAddress, "none", notice.Subject, null, cancel);
            return NoticeResults.NoAddress;
        }
        await book.RefreshAsync(cancel);
        var said = Say(notice, address, facts, lists);
        var stop = await stops.LinkAsync(notice.RecipientSide, notice.RecipientId, address.Link, cancel);
        try
        {
            if (!MailboxAddress.TryParse(address.Email, out var to)) throw new MailRefusedException(MailFailures.Address, "not an address");
            var files = MeetingLists.FilesOf(notice, facts, lists, said.Language, smtp.Value.From, to.Address);
            await channel.SendAsync(notice.Id, MailMaker.Make(notice, said, files, smtp.Value.From, to, address.Link, stop, clock.GetUtcNow()), cancel);
        }
        catch (MailRefusedException refusal)
        {
            await FinishAsync(db, notice, NoticeResults.Failed, "mail", said.Subject, null, cancel, refusal.Failure);
            LogGivenUp(log, notice.Id, notice.Kind, notice.Attempts, refusal.Message);
            return NoticeResults.Failed;
        }
        // The visitor may have been erased while the mail was on its way.
        if (!await FinishAsync(db, notice, NoticeResults.Sent, "mail", said.Subject, clock.GetUtcNow(), CancellationToken.None, told: lists?.Told)) channel.Recall(notice.Id);
        return NoticeResults.Sent;
    }

    /// <summary>The subject, which names no topic, and the link to the page that says the rest.</summary>
    private async Task<string> SendShortAsync(NotificationDb db, NoticeRow notice, NoticeFacts facts, MeetingLists? lists, Address address, string number, CancellationToken cancel)
    {
        await book.RefreshAsync(cancel);
        var subject = Say(notice, address, facts, null).Subject;
        await sms.SendAsync(notice.Id, number, $"{subject}\n{address.Link}", cancel);
        if (!await FinishAsync(db, notice, NoticeResults.Sent, "sms", subject, clock.GetUtcNow(), CancellationToken.None, told: lists?.Told)) sms.Recall([notice.Id]);
        return NoticeResults.Sent;
    }

    /// <summary>In an organiser's words where there are any; an edited text that fails in spite of its check does not keep anybody from being told.</summary>
    private MailText Say(NoticeRow notice, Address address, NoticeFacts facts, MeetingLists? lists)
    {
        var edited = book.Edited(notice.Kind, address.Language);
        try { return MailTexts.Render(notice.Kind, address.Language, notice.RecipientSide, facts, address.Link, lists, edited); }
        catch (Exception e) when (edited is not null)
        {
            LogText(log, notice.Kind, e.GetType().Name);
            return MailTexts.Render(notice.Kind, address.Language, notice.RecipientSide, facts, address.Link, lists);
        }
    }

    private async Task<string?> WaitAsync(Func<Task> giveBack, CancellationToken cancel)
    {
        await _writers.WaitAsync(cancel);
        try { await giveBack(); }
        finally { _writers.Release(); }
        return null;
    }

    private async Task<bool> FinishAsync(
        NotificationDb db, NoticeRow notice, string result, string by, string subject, DateTimeOffset? sentAt, CancellationToken cancel, string? failure = null,
        IReadOnlyList<Guid>? told = null)
    {
        await _writers.WaitAsync(cancel);
        try { return await NoticeQueue.FinishAsync(db, notice, result, by, subject, sentAt, cancel, failure, mayComeBack: result == NoticeResults.Sent && by == "mail" && bounces.Value.IsSet, told); }
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

    [LoggerMessage(311, LogLevel.Error, "Sending of notices: trouble; trying again")]
    private static partial void LogTrouble(ILogger log, Exception e);

    [LoggerMessage(312, LogLevel.Warning, "Notice {Id} ({Kind}) could not be sent in attempt {Attempt} ({Reason}); it will be tried again")]
    private static partial void LogLater(ILogger log, Guid id, string kind, int attempt, string reason);

    [LoggerMessage(314, LogLevel.Error, "The edited text of {Kind} could not be said ({Reason}); the built-in one was")]
    private static partial void LogText(ILogger log, string kind, string reason);

    [LoggerMessage(313, LogLevel.Error, "Notice {Id} ({Kind}) is given up after attempt {Attempt} ({Reason})")]
    private static partial void LogGivenUp(ILogger log, Guid id, string kind, int attempt, string reason);
}
