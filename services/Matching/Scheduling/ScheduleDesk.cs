using System.Collections.Concurrent;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Database;

namespace Matchmaking.Matching.Scheduling;

/// <summary>
/// Where schedules are drawn up in the background (<see cref="ComputeSchedule"/>), held meanwhile (<see cref="ScheduleLease"/>), stored
/// (<see cref="KeepDraft"/>), and booked once they are published (<see cref="BookSchedule"/>). What another process was at when it died is told as
/// interrupted, and what it had not booked yet is booked from here.
/// </summary>
internal sealed partial class ScheduleDesk(
    IServiceScopeFactory scopes, ComputeSchedule compute, ScheduleLease lease, KeepDraft drafts, BookSchedule booking, Backbone backbone, ILogger<ScheduleDesk> log) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Guid, (CancellationTokenSource Stop, Task Drawing)> _drawing = [];
    private readonly SemaphoreSlim _bell = new(0);
    private volatile bool _stopping;

    /// <summary>Begins to draw up what was stored; returns at once.</summary>
    public void Begin(KeptSchedule schedule)
    {
        var stop = new CancellationTokenSource();
        var begin = new TaskCompletionSource();
        _drawing[schedule.Id] = (stop, Task.Run(async () =>
        {
            await begin.Task;
            await DrawAsync(schedule, stop);
        }));
        begin.SetResult();
    }

    /// <summary>Stops what is drawn up here; elsewhere the row's state says it within a second.</summary>
    public void Stop(Guid id)
    {
        if (_drawing.TryGetValue(id, out var mine)) mine.Stop.Cancel();
    }

    /// <summary>Something was published.</summary>
    public void Ring() => _bell.Release();

    public Task TellInterruptedAsync(MatchingDb db, CancellationToken cancel) => lease.TellInterruptedAsync(db, !_drawing.IsEmpty, all: false, cancel);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Where one process has the database for itself, it is told before the first request comes.
        if (backbone.Embedded)
        {
            await using var scope = scopes.CreateAsyncScope();
            await lease.TellInterruptedAsync(scope.ServiceProvider.GetRequiredService<MatchingDb>(), drawing: false, all: true, cancellationToken);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using (var scope = scopes.CreateAsyncScope())
                {
                    var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
                    await TellInterruptedAsync(db, stopping);
                    await booking.PublishedAsync(db, stopping);
                }
                await _bell.WaitAsync(LookAgain, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                if (Refusals.IsOutage(e)) LogLater(log, e.GetType().Name);
                else LogFailed(log, e);
                try { await Task.Delay(LookAgain, stopping); } catch (OperationCanceledException) { return; }
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        foreach (var (stop, _) in _drawing.Values) await stop.CancelAsync();
        await Task.WhenAll(_drawing.Values.Select(d => d.Drawing));
        await base.StopAsync(cancellationToken);
    }

    private async Task DrawAsync(KeptSchedule schedule, CancellationTokenSource stop)
    {
        var told = new ScheduleTold();
        var holding = lease.HoldAsync(schedule.Id, told, stop);
        string? fault = null;
        try
        {
            await drafts.KeepAsync(schedule.Id, told, await compute.DrawAsync(schedule, told, stop.Token), stop.Token);
        }
        catch (OperationCanceledException) { fault = _stopping ? ScheduleFaults.Interrupted : null; }
        catch (Exception e)
        {
            LogBroken(log, schedule.Id, e);
            fault = ScheduleFaults.Broken;
        }
        await stop.CancelAsync();
        await holding;
        if (fault is not null) await drafts.FailAsync(schedule.Id, fault);
        _drawing.TryRemove(schedule.Id, out _);
        stop.Dispose();
    }

    public override void Dispose()
    {
        _bell.Dispose();
        base.Dispose();
    }

    [LoggerMessage(353, LogLevel.Error, "Schedule {Id} could not be drawn up")]
    private static partial void LogBroken(ILogger log, Guid id, Exception e);

    [LoggerMessage(354, LogLevel.Warning, "Schedules are put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);

    [LoggerMessage(355, LogLevel.Error, "Looking after schedules failed; it is tried again")]
    private static partial void LogFailed(ILogger log, Exception e);
}
