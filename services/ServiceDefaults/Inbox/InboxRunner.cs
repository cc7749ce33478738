using System.Diagnostics;
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
/// A consumer that knows a short way for the messages it gets most: one statement that has their effects and their inbox rows.
/// </summary>
public interface IShortConsumer<TMessage>
{
    /// <returns>The ids of those that are done and committed. The others, and those that were handled before, are consumed as ever.</returns>
    Task<IReadOnlyCollection<Guid>> ConsumeAsync(IReadOnlyList<Arrived<TMessage>> messages, CancellationToken cancel);
}

public readonly record struct Arrived<TMessage>(Guid MessageId, TMessage Message);

/// <summary>
/// Stands before a consumer: skips what it has handled already, runs it, and saves its effects, its announcements and the inbox rows in one
/// transaction, which messages that wait at the same time share.
/// A message is rarely delivered twice, so the inbox is asked beforehand only where the broker says so; otherwise its key is the judge: if it
/// refuses the save, nothing was stored, and the same messages run again without those that were handled before.
/// </summary>
internal sealed partial class InboxRunner<TDb, TConsumer, TMessage> where TDb : ServiceDb where TConsumer : class, IConsumer<TMessage> where TMessage : class
{
    private const int MostTogether = 64;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);
    private readonly IServiceScopeFactory _scopes;
    private readonly Faults _faults;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Together<Waiting> _together;

    private sealed record Waiting(ConsumeContext<TMessage> Context, Activity? Span);

    public InboxRunner(IServiceScopeFactory scopes, Faults faults, TimeProvider clock, ILogger<InboxRunner<TDb, TConsumer, TMessage>> log)
    {
        (_scopes, _faults, _clock, _log) = (scopes, faults, clock, log);
        _together = new Together<Waiting>(MostTogether, UntilDatabaseAnswersAsync);
    }

    /// <summary>Completes when the message's effects are committed; throws what the consumer threw.</summary>
    public Task RunAsync(ConsumeContext<TMessage> context) => _together.RunAsync(new Waiting(context, Activity.Current));

    /// <summary>An outage is not the message's fault: it stays unacknowledged here until the database is back or the process ends.</summary>
    private async Task UntilDatabaseAnswersAsync(IReadOnlyList<Waiting> together)
    {
        var cancel = together[0].Context.CancellationToken;
        for (var wait = TimeSpan.FromMilliseconds(200); ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                var doubted = together.Any(w => w.Context.ReceiveContext.Redelivered);
                try { await HandleAsync(together, doubted, cancel); }
                catch (DbUpdateException e) when (!doubted && IsInbox(Refusals.UniquenessBroken(e))) { await HandleAsync(together, doubted: true, cancel); }
                return;
            }
            catch (Exception e) when (Refusals.IsOutage(e) && !cancel.IsCancellationRequested)
            {
                LogOutage(_log, typeof(TConsumer).Name, e.GetType().Name);
                await Task.Delay(wait, cancel);
            }
        }
    }

    private static bool IsInbox(string? broken) => broken is not null && broken.Contains("inbox", StringComparison.Ordinal);

    /// <param name="doubted">Some may have been handled before.</param>
    private async Task HandleAsync(IReadOnlyList<Waiting> together, bool doubted, CancellationToken cancel)
    {
        var name = typeof(TConsumer).Name;
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        if (!_faults.InboxOff)
        {
            var ids = together.Select(w => w.Context.MessageId!.Value).Distinct().ToArray();
            var handled = doubted ? await db.Inbox.Where(i => i.Consumer == name && ids.Contains(i.MessageId)).Select(i => i.MessageId).ToHashSetAsync(cancel) : [];
            together = [.. together.Where(w => handled.Add(w.Context.MessageId!.Value))];
        }
        var consumer = scope.ServiceProvider.GetRequiredService<TConsumer>();
        if (consumer is IShortConsumer<TMessage> quick && !doubted && !_faults.InboxOff)
        {
            var done = await quick.ConsumeAsync([.. together.Select(w => new Arrived<TMessage>(w.Context.MessageId!.Value, w.Context.Message))], cancel);
            Metrics.InboxHandled.Add(done.Count, new KeyValuePair<string, object?>("consumer", name));
            if (done.Count > 0) together = [.. together.Where(w => !done.Contains(w.Context.MessageId!.Value))];
            if (together.Count == 0) return;
        }
        if (consumer is IPreparedConsumer<TMessage> prepared && together.Count > 0) await prepared.PrepareAsync([.. together.Select(w => w.Context.Message)], cancel);
        foreach (var (context, span) in together)
        {
            if (!_faults.InboxOff)
                db.Inbox.Add(new InboxEntry { Consumer = name, MessageId = context.MessageId!.Value, Subject = context.Headers.Get<Guid>(EventHeaders.Subject), At = _clock.GetUtcNow() });
            Activity.Current = span;
            await consumer.Consume(context);
        }
        await db.SaveChangesAsync(cancel);
        Metrics.InboxHandled.Add(together.Count, new KeyValuePair<string, object?>("consumer", name));
    }

    [LoggerMessage(131, LogLevel.Warning, "{Consumer}: the database does not answer ({Reason}); the message waits")]
    private static partial void LogOutage(ILogger log, string consumer, string reason);
}
