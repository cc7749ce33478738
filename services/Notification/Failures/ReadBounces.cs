using MailKit.Net.Pop3;
using Matchmaking.Notification.Channels;
using Matchmaking.Notification.Inbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification.Failures;

/// <summary>
/// Looks into the mailbox of the sender's address for mails that came back after the mail server had taken them: their notices failed after all, and stand with
/// the organiser. Reports about our mails are taken out of the mailbox, since addresses stand in them; whatever else is there stays for people to read.
/// </summary>
internal sealed partial class ReadBounces(IServiceScopeFactory scopes, IOptions<BounceOptions> options, TimeProvider clock, ILogger<ReadBounces> log) : BackgroundService
{
    /// <summary>From the making of a mail until it is written down that it was sent, at most.</summary>
    private static readonly TimeSpan SendingTakes = TimeSpan.FromMinutes(2);

    private const int TimeoutMilliseconds = 15_000, AtOnce = 200, MostBytes = 1024 * 1024;

    /// <summary>Mails that are none of ours, by the mailbox's own names: they are not fetched again.</summary>
    private readonly HashSet<string> _others = [];

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        if (!options.Value.IsSet) return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.EverySeconds), clock);
        do
        {
            try { await ReadAsync(stopping); }
            catch (Exception) when (stopping.IsCancellationRequested) { return; }
            // Another replica may be reading: a mailbox is open to one at a time.
            catch (Exception e) { LogLater(log, e.GetType().Name); }
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        var mailbox = options.Value;
        using var client = new Pop3Client { Timeout = TimeoutMilliseconds };
        await client.ConnectAsync(mailbox.Host!, mailbox.Port, MailTls.Of(mailbox.Tls), cancel);
        await client.AuthenticateAsync(mailbox.User!, mailbox.Password!, cancel);
        var (names, sizes) = (await client.GetMessageUidsAsync(cancel), await client.GetMessageSizesAsync(cancel));
        _others.IntersectWith(names);
        foreach (var at in Enumerable.Range(0, names.Count).Where(i => !_others.Contains(names[i])).Take(AtOnce))
        {
            if (sizes[at] > MostBytes || await BounceAsync(client, at, cancel) is not { } bounce) _others.Add(names[at]);
            else if (await MarkAsync(bounce, cancel)) await client.DeleteMessageAsync(at, cancel);
        }
        // Only who says goodbye has deleted anything: else the same reports come again.
        await client.DisconnectAsync(true, cancel);
    }

    /// <returns>null: nothing that is ours, or nothing that can be read.</returns>
    private static async Task<Bounce?> BounceAsync(Pop3Client client, int at, CancellationToken cancel)
    {
        try
        {
            using var mail = await client.GetMessageAsync(at, cancel);
            return Bounce.Of(mail);
        }
        catch (Exception e) when (e is FormatException or Pop3CommandException) { return null; }
    }

    /// <returns>False: the report is to be looked at again.</returns>
    private async Task<bool> MarkAsync(Bounce bounce, CancellationToken cancel)
    {
        if (bounce.Failure is not { } failure) return true;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationDb>();
        // Its mail was sent, and that is not written down yet; or it is being sent again.
        if (await db.Notices.AnyAsync(n => n.Id == bounce.Notice && n.Result == NoticeResults.Waiting, cancel)) return false;
        // What was sent again since, or is gone with its visitor, is not touched.
        var latest = bounce.Written + SendingTakes ?? DateTimeOffset.MaxValue;
        var meant = db.Notices.Where(n => n.Id == bounce.Notice && n.Result == NoticeResults.Sent && n.Channel == "mail" && n.SentAt <= latest);
        if (!await meant.AnyAsync(cancel)) return true;
        // First what a digest told of, which is told by it when it goes again: if this ends between the two, all of it is done next time.
        await db.Notices.Where(n => n.DigestId == bounce.Notice && n.Result == NoticeResults.Sent)
            .ExecuteUpdateAsync(n => n.SetProperty(r => r.Result, NoticeResults.Gathered).SetProperty(r => r.SentAt, (DateTimeOffset?)null), cancel);
        if (await meant.ExecuteUpdateAsync(n => n.SetProperty(r => r.Result, NoticeResults.Failed).SetProperty(r => r.Failure, failure).SetProperty(r => r.SentAt, (DateTimeOffset?)null), cancel) == 1)
            LogBounced(log, bounce.Notice, failure);
        return true;
    }

    [LoggerMessage(316, LogLevel.Warning, "The mail of notice {Id} came back ({Reason}); it stands with those that failed")]
    private static partial void LogBounced(ILogger log, Guid id, string reason);

    [LoggerMessage(317, LogLevel.Warning, "The mailbox of mails that came back could not be read ({Reason}); it is looked at again")]
    private static partial void LogLater(ILogger log, string reason);
}
