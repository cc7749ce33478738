using System.Diagnostics;
using System.Threading.Channels;
using MassTransit;
using Matchmaking.ServiceDefaults.Bus;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.ServiceDefaults.Inbox;

/// <summary>
/// A consumer that loads into its DbContext, in one question, what the messages at hand will need; each is consumed by itself afterwards.
/// </summary>
public interface IPreparedConsumer<in TMessage>
{
    Task PrepareAsync(IReadOnlyList<TMessage> messages, CancellationToken cancel);
}

/// <summary>
/// Stands before a consumer: skips what it has handled already, runs it, and saves its effects, its announcements and the inbox rows in one
/// transaction. Messages that wait at the same time share that transaction: alone a message never waits for company, under load the
/// commit is paid once for many. If a shared run fails, each message is tried on its own, so that one bad message harms no other.
/// A message is rarely delivered twice, so the inbox is asked beforehand only where the broker says so; otherwise its key is the judge: if it
/// refuses the save, nothing was stored, and the same messages run again without those that were handled before.
/// </summary>
internal sealed partial class InboxRunner<TDb, TConsumer, TMessage>(
    IServiceScopeFactory scopes, Faults faults, TimeProvider clock, ILogger<InboxRunner<TDb, TConsumer, TMessage>> log)
    where TDb : ServiceDb where TConsumer : class, IConsumer<TMessage> where TMessage : class
{
    private const int MaxTogether = 64;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private readonly Channel<Waiting> _waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private int _running;

    private sealed record Waiting(ConsumeContext<TMessage> Context, Activity? Span, TaskCompletionSource Done);

    /// <summary>Completes when the message's effects are committed; throws what the consumer threw.</summary>
    public Task RunAsync(ConsumeContext<TMessage> context)
    {
        var item = new Waiting(context, Activity.Current, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiting.Writer.TryWrite(item);
        if (Interlocked.CompareExchange(ref _running, 1, 0) == 0) _ = DrainAsync();
        return item.Done.Task;
    }

    private async Task DrainAsync()
    {
        do
        {
            while (_waiting.Reader.TryRead(out var first))
            {
                var together = new List<Waiting> { first };
                while (together.Count < MaxTogether && _waiting.Reader.TryRead(out var next)) together.Add(next);
                await SettleAsync(together);
            }
            Volatile.Write(ref _running, 0);
        }
        while (_waiting.Reader.TryPeek(out _) && Interlocked.CompareExchange(ref _running, 1, 0) == 0);
    }

    private async Task SettleAsync(List<Waiting> together)
    {
        try
        {
            await UntilDatabaseAnswersAsync(together);
            foreach (var item in together) item.Done.TrySetResult();
        }
        catch (Exception) when (together.Count > 1)
        {
            foreach (var item in together) await SettleAsync([item]);
        }
        catch (Exception e)
        {
            together[0].Done.TrySetException(e);
        }
    }

    /// <summary>An outage is not the message's fault: it stays unacknowledged here until the database is back or the process ends.</summary>
    private async Task UntilDatabaseAnswersAsync(List<Waiting> together)
    {
        var cancel = together[0].Context.CancellationToken;
        for (var wait = TimeSpan.FromMilliseconds(200); ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                var doubted = together.Exists(w => w.Context.ReceiveContext.Redelivered);
                try { await HandleAsync(together, doubted, cancel); }
                catch (DbUpdateException e) when (!doubted && IsInbox(Refusals.UniquenessBroken(e))) { await HandleAsync(together, doubted: true, cancel); }
                return;
            }
            catch (Exception e) when (Refusals.IsOutage(e) && !cancel.IsCancellationRequested)
            {
                LogOutage(log, typeof(TConsumer).Name, e.GetType().Name);
                await Task.Delay(wait, cancel);
            }
        }
    }

    private static bool IsInbox(string? broken) => broken is not null && broken.Contains("inbox", StringComparison.Ordinal);

    /// <param name="doubted">Some may have been handled before.</param>
    private async Task HandleAsync(List<Waiting> together, bool doubted, CancellationToken cancel)
    {
        var name = typeof(TConsumer).Name;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        if (!faults.InboxOff)
        {
            var ids = together.Select(w => w.Context.MessageId!.Value).Distinct().ToArray();
            var handled = doubted ? await db.Inbox.Where(i => i.Consumer == name && ids.Contains(i.MessageId)).Select(i => i.MessageId).ToHashSetAsync(cancel) : [];
            together = [.. together.Where(w => handled.Add(w.Context.MessageId!.Value))];
        }
        var consumer = scope.ServiceProvider.GetRequiredService<TConsumer>();
        if (consumer is IPreparedConsumer<TMessage> prepared && together.Count > 0) await prepared.PrepareAsync([.. together.Select(w => w.Context.Message)], cancel);
        foreach (var (context, span, _) in together)
        {
            if (!faults.InboxOff)
                db.Inbox.Add(new InboxEntry { Consumer = name, MessageId = context.MessageId!.Value, Subject = context.Headers.Get<Guid>(EventHeaders.Subject), At = clock.GetUtcNow() });
            Activity.Current = span;
            await consumer.Consume(context);
        }
        await db.SaveChangesAsync(cancel);
        Metrics.InboxHandled.Add(together.Count, new KeyValuePair<string, object?>("consumer", name));
    }

    [LoggerMessage(131, LogLevel.Warning, "{Consumer}: the database does not answer ({Reason}); the message waits")]
    private static partial void LogOutage(ILogger log, string consumer, string reason);
}
