using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using MassTransit;
using Matchmaking.ServiceDefaults.Bus;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Matchmaking.ServiceDefaults.Outbox;

/// <summary>
/// Publishes the outbox of one service: fresh rows as they are handed over, others as they are claimed; each goes out (mandatory, with the
/// broker's confirm) without waiting for the ones before it. What became of them is written down behind that, for many rows in one statement.
/// At least once: a crash between confirm and mark sends again, and the inboxes of the receivers know the message by its id.
/// </summary>
internal sealed partial class OutboxDispatcher<TDb>(
    IServiceScopeFactory scopes, IBus bus, OutboxHandover handover, BusStarted started, MessageTypes types, Backbone backbone, Faults faults, TimeProvider clock,
    ILogger<OutboxDispatcher<TDb>> log) : BackgroundService where TDb : ServiceDb
{
    internal static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(10);
    private const int BatchSize = 256, MostInFlight = 256;
    private const int MaxBackoffSeconds = 30;

    /// <summary>Nobody waits for a mark, and its lease holds far longer: so it waits for company.</summary>
    private static readonly TimeSpan Company = TimeSpan.FromMilliseconds(100);
    private readonly SemaphoreSlim _inFlight = new(MostInFlight);
    private readonly Channel<Settled> _settled = Channel.CreateUnbounded<Settled>(new UnboundedChannelOptions { SingleReader = true });

    private enum Outcome { Sent, Again, Dead }

    private readonly record struct Settled(OutboxMessage Row, Outcome Outcome);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        await started.WaitAsync(stopping);
        var marking = WriteDownAsync();
        await PublishAllAsync(stopping);
        for (var i = 0; i < MostInFlight; i++) await _inFlight.WaitAsync(CancellationToken.None);
        _settled.Writer.Complete();
        await marking;
    }

    private async Task PublishAllAsync(CancellationToken stopping)
    {
        var fresh = handover.Reader(typeof(TDb));
        var nextPoll = 0L;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                while (fresh.TryRead(out var row)) await SendAsync(row, stopping);
                if (Environment.TickCount64 >= nextPoll)
                {
                    foreach (var row in await ClaimAsync(stopping)) await SendAsync(row, stopping);
                    nextPoll = Environment.TickCount64 + Random.Shared.Next(100, 200);
                }
                await WaitForWorkAsync(fresh, nextPoll, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                // What was claimed comes back when its lease has run out.
                LogTrouble(log, typeof(TDb).Name, e);
                await Task.Delay(500, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task WaitForWorkAsync(ChannelReader<OutboxMessage> fresh, long nextPoll, CancellationToken stopping)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        timer.CancelAfter(TimeSpan.FromMilliseconds(Math.Max(1, nextPoll - Environment.TickCount64)));
        try { await fresh.WaitToReadAsync(timer.Token); }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested) { }
    }

    private async Task<List<OutboxMessage>> ClaimAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var d = Dialect.Of(db);
        // A plain look first: on SQLite an update takes the one writer's lock even if it finds nothing.
        var due = $"select id from outbox where sent_at is null and dead_at is null and next_at <= {d.Now} and claimed_until < {d.Now} order by id limit {BatchSize}";
        var anyDue = $"select count(*) as \"Value\" from ({due}) due";
        if (await db.Database.SqlQueryRaw<int>(anyDue).SingleAsync(cancel) == 0) return [];
        var claim = $$"""
            update outbox set claimed_by = {0}, claimed_until = {{d.Now}} + {{OutboxMessage.LeaseMilliseconds}}, attempts = attempts + 1
            where id in ({{due}} {{d.SkipLocked}}) returning *
            """;
        return await db.Outbox.FromSqlRaw(claim, backbone.InstanceId).AsNoTracking().ToListAsync(cancel);
    }

    /// <summary>Starts a publish; waits only where too many are on their way already.</summary>
    private async Task SendAsync(OutboxMessage row, CancellationToken stopping)
    {
        if (faults.MarkSentBeforePublish) await MarkAsync([row], sent: true, stopping);
        await _inFlight.WaitAsync(stopping);
        _ = PublishAndSettleAsync();

        async Task PublishAndSettleAsync()
        {
            var outcome = Outcome.Again;
            try
            {
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping);
                timeout.CancelAfter(PublishTimeout);
                outcome = await PublishAsync(row, timeout.Token);
            }
            catch (Exception e) { LogNotSent(log, row.Id, row.Type, row.Attempts, e.GetType().Name); }
            finally
            {
                _settled.Writer.TryWrite(new Settled(row, outcome));
                _inFlight.Release();
            }
        }
    }

    private async Task WriteDownAsync()
    {
        while (await _settled.Reader.WaitToReadAsync())
        {
            await Task.Delay(Company);
            var some = new List<Settled>();
            while (some.Count < BatchSize && _settled.Reader.TryRead(out var one)) some.Add(one);
            try { await WriteDownAsync(some.ToLookup(s => s.Outcome, s => s.Row)); }
            catch (Exception e) { LogTrouble(log, typeof(TDb).Name, e); } // The leases run out, and they are sent again.
        }
    }

    private async Task WriteDownAsync(ILookup<Outcome, OutboxMessage> rows)
    {
        if (rows.Contains(Outcome.Sent))
        {
            if (!faults.MarkSentBeforePublish) await MarkAsync([.. rows[Outcome.Sent]], sent: true, CancellationToken.None);
            Metrics.OutboxSent.Add(rows[Outcome.Sent].Count(), new KeyValuePair<string, object?>("service", typeof(TDb).Name));
        }
        if (rows.Contains(Outcome.Dead)) await MarkAsync([.. rows[Outcome.Dead]], sent: false, CancellationToken.None);
        if (rows.Contains(Outcome.Again)) await PostponeAsync([.. rows[Outcome.Again]], CancellationToken.None);
    }

    private async Task<Outcome> PublishAsync(OutboxMessage row, CancellationToken cancel)
    {
        var message = row.Message;
        if (message is null && row.Body is not null && types.Find(row.Type) is { } type)
        {
            try { message = JsonSerializer.Deserialize(row.Body, type, JsonSerializerOptions.Web); }
            catch (JsonException e) { LogBroken(log, row.Id, row.Type, e.GetType().Name); }
        }
        if (message is null) return Outcome.Dead;
        using var span = Traces.Outbox.StartActivity("outbox publish", ActivityKind.Producer, row.Trace ?? default);
        try
        {
            await bus.Publish(message, message.GetType(), Pipe.Execute<PublishContext>(context =>
            {
                context.MessageId = row.Id;
                context.Headers.Set(EventHeaders.Subject, row.Subject.ToString());
                // Without this an exchange that no queue is bound to confirms and drops.
                if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit)) rabbit.Mandatory = true;
            }), cancel);
            return Outcome.Sent;
        }
        catch (Exception e) when (!backbone.Embedded || e is not ObjectDisposedException)
        {
            LogNotSent(log, row.Id, row.Type, row.Attempts, e.GetType().Name);
            return Outcome.Again;
        }
    }

    private async Task MarkAsync(List<OutboxMessage> rows, bool sent, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var ids = rows.Select(r => r.Id).ToArray();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var chosen = db.Outbox.Where(o => ids.Contains(o.Id));
        await (sent
            ? chosen.ExecuteUpdateAsync(o => o.SetProperty(m => m.SentAt, now), cancel)
            : chosen.ExecuteUpdateAsync(o => o.SetProperty(m => m.DeadAt, now), cancel));
    }

    /// <summary>Gives rows back, to be tried again after a delay that doubles up to half a minute.</summary>
    private async Task PostponeAsync(List<OutboxMessage> rows, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var ids = rows.Select(r => r.Id).ToArray();
        var attempts = rows.Max(r => r.Attempts);
        var delay = Math.Min(MaxBackoffSeconds * 1000, 250 << Math.Min(attempts, 7));
        var now = await Dialect.NowAsync(db, cancel);
        await db.Outbox.Where(o => ids.Contains(o.Id)).ExecuteUpdateAsync(o => o
            .SetProperty(m => m.ClaimedUntil, 0)
            .SetProperty(m => m.ClaimedBy, (Guid?)null)
            .SetProperty(m => m.Attempts, m => m.Attempts + 1)
            .SetProperty(m => m.NextAt, now + delay), cancel);
    }

    [LoggerMessage(111, LogLevel.Error, "Outbox of {Database}: trouble; trying again")]
    private static partial void LogTrouble(ILogger log, string database, Exception e);

    [LoggerMessage(112, LogLevel.Error, "Outbox row {Id} of type {Type} cannot be read ({Reason}) and is laid aside as dead")]
    private static partial void LogBroken(ILogger log, Guid id, string type, string reason);

    [LoggerMessage(113, LogLevel.Warning, "Outbox row {Id} of type {Type} was not confirmed in attempt {Attempt} ({Reason}); it will be tried again")]
    private static partial void LogNotSent(ILogger log, Guid id, string type, int attempt, string reason);
}
