using System.Collections.Concurrent;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Scheduling;

/// <summary>
/// Draws schedules up in the background and books those that were published. One thread of low priority computes at a time in a process; nothing is
/// locked meanwhile. What another process was at when it died is told as interrupted, and what it had not booked yet is booked from here.
/// </summary>
internal sealed partial class ScheduleDesk(
    IServiceScopeFactory scopes, PublishedCatalogues catalogues, VisitorLists lists, Champion champion, BookSchedule booking, Backbone backbone, TimeProvider clock, ILogger<ScheduleDesk> log)
    : BackgroundService
{
    /// <summary>Renewed every second, together with the progress that is shown.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Renew = TimeSpan.FromSeconds(1), LookAgain = TimeSpan.FromSeconds(5);
    private const int Tries = 5;

    private readonly ConcurrentDictionary<Guid, (CancellationTokenSource Stop, Task Drawing)> _drawing = [];
    private readonly SemaphoreSlim _bell = new(0);
    private volatile bool _stopping;

    /// <summary>The one that computes; whoever comes second waits for it. Never disposed of: who was cancelled may still be at it.</summary>
    internal SemaphoreSlim Thread { get; } = new(1);

    private sealed class Told
    {
        public volatile ScheduleProgressView Last = new("waiting", 0, null, null);
    }

    /// <summary>A lease of this process, for a row that is about to be stored.</summary>
    public async Task<(Guid By, long Until)> LeaseAsync(MatchingDb db, CancellationToken cancel) =>
        (backbone.InstanceId, await Dialect.NowAsync(db, cancel) + (long)Lease.TotalMilliseconds);

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

    /// <summary>What this process is at itself is never taken for dead, however late its renewals come on a busy machine.</summary>
    /// <returns>How many were found to be drawn up by nobody any more.</returns>
    public async Task<int> TellInterruptedAsync(MatchingDb db, bool all, CancellationToken cancel)
    {
        var dead = $"update schedules set state = '{ScheduleStates.Failed}', fault = '{ScheduleFaults.Interrupted}', held_until = 0, ended_at = {{0}} "
            + $"where state = '{ScheduleStates.Drawing}'{(all ? "" : $" and held_until < {Dialect.Of(db).Now} and held_by <> {{1}}")}";
        return await db.Database.ExecuteSqlRawAsync(dead, [clock.GetUtcNow().UtcDateTime, _drawing.IsEmpty ? Guid.Empty : backbone.InstanceId], cancel);
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Where one process has the database for itself, nobody else can be at it: told before the first request comes.
        if (backbone.Embedded)
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await TellInterruptedAsync(scope.ServiceProvider.GetRequiredService<MatchingDb>(), all: true, cancellationToken) is > 0 and var found) LogInterrupted(log, found);
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
                    if (await TellInterruptedAsync(db, all: false, stopping) is > 0 and var found) LogInterrupted(log, found);
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
        var told = new Told();
        var holding = HoldAsync(schedule.Id, told, stop);
        string? fault = null;
        try
        {
            await KeepAsync(schedule, told, await ComputeAsync(schedule, told, stop.Token), stop.Token);
        }
        catch (OperationCanceledException) { fault = _stopping ? ScheduleFaults.Interrupted : null; }
        catch (Exception e)
        {
            LogBroken(log, schedule.Id, e);
            fault = ScheduleFaults.Broken;
        }
        await stop.CancelAsync();
        await holding;
        if (fault is not null) await FailAsync(schedule.Id, fault);
        _drawing.TryRemove(schedule.Id, out _);
        stop.Dispose();
    }

    private async Task<(FairTask Task, Schedule Drawn, ScheduleReview Review)> ComputeAsync(KeptSchedule schedule, Told told, CancellationToken cancel)
    {
        await Thread.WaitAsync(cancel);
        var began = clock.GetTimestamp();
        FairInput input;
        try
        {
            Tell("reading");
            if (await catalogues.OfFairAsync(schedule.FairId, cancel) is not { } fair) throw new InvalidOperationException("The fair's catalogue is gone.");
            await using var scope = scopes.CreateAsyncScope();
            var now = clock.GetUtcNow();
            input = await FairInput.ReadAsync(scope.ServiceProvider.GetRequiredService<MatchingDb>(), fair, lists, champion, now.AddSeconds(schedule.Seconds), now, cancel);
        }
        catch
        {
            Thread.Release();
            throw;
        }
        var most = new MostMeetings(schedule.MostPerVisitor, schedule.MostPerExhibitor ?? int.MaxValue);
        var options = new ScheduleOptions(TimeSpan.FromSeconds(schedule.Seconds), Threads: Math.Max(1, Environment.ProcessorCount / 2));
        return await DrawSchedule.AsideAsync(() =>
        {
            Tell("wishes");
            var task = FairTask.Of(input, most, cancel);
            Tell("arranging");
            var drawn = DrawSchedule.Draw(task.Task, options, p => Tell(p.Stage == ScheduleStage.Arranging ? "arranging" : "improving", p), cancel);
            return (task, drawn, ReviewSchedule.Of(task.Task, drawn, input.Fair));
        }, () => Thread.Release(), cancel);

        void Tell(string stage, ScheduleProgress? p = null) => told.Last = new(
            stage, clock.GetElapsedTime(began).TotalSeconds, p is { } at ? ReviewSchedule.Told(at.Best) : null, p is { } of ? ReviewSchedule.Told(of.Bound) : null);
    }

    /// <summary>Stores the draft in one save; an older one that was not published goes with it.</summary>
    private async Task KeepAsync(KeptSchedule schedule, Told told, (FairTask Task, Schedule Drawn, ScheduleReview Review) made, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            var row = await db.Schedules.SingleOrDefaultAsync(s => s.Id == schedule.Id, cancel);
            if (row is not { State: ScheduleStates.Drawing }) return;
            // Who was erased meanwhile is not in it.
            var here = (await db.Visitors.Where(v => v.FairId == schedule.FairId).Select(v => v.Id).ToListAsync(cancel)).ToHashSet();
            (row.State, row.EndedAt, row.Review, row.HeldUntil, row.Progress) = (ScheduleStates.Draft, clock.GetUtcNow(), made.Review, 0, told.Last);
            row.Meetings.AddRange(made.Drawn.Meetings.Where(m => here.Contains(m.Visitor)).Select(m => new PlannedRow
            {
                ScheduleId = row.Id,
                VisitorId = m.Visitor,
                ExhibitorId = m.Exhibitor,
                OfferId = made.Task.Offers[(m.Visitor, m.Exhibitor)],
                SlotId = made.Task.Slots[(m.Exhibitor, m.Time.Start)],
                TableNo = m.Table,
                Wish = m.Wish,
            }));
            foreach (var older in await db.Schedules.Where(s => s.FairId == schedule.FairId && s.State == ScheduleStates.Draft).ToListAsync(cancel))
                (older.State, older.Fault) = (ScheduleStates.Cancelled, ScheduleFaults.Replaced);
            try
            {
                await db.SaveChangesAsync(cancel);
                break;
            }
            // Cancelled, published or erased at this very moment: looked at again.
            catch (DbUpdateException) when (attempt < Tries) { }
        }
        await ClearAwayAsync(db, cancel);
        LogDrawn(log, schedule.Id, made.Drawn.Meetings.Count, made.Review.Visitors);
    }

    /// <summary>Of drafts that are none any more only the figures stay.</summary>
    public static Task<int> ClearAwayAsync(MatchingDb db, CancellationToken cancel) =>
        db.PlannedMeetings.Where(m => db.Schedules.Any(s => s.Id == m.ScheduleId && s.State == ScheduleStates.Cancelled)).ExecuteDeleteAsync(cancel);

    private async Task HoldAsync(Guid id, Told told, CancellationTokenSource stop)
    {
        using var timer = new PeriodicTimer(Renew);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                try
                {
                    await using var scope = scopes.CreateAsyncScope();
                    var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
                    var renew = $"update schedules set held_until = {Dialect.Of(db).Now} + {{0}}, progress = {{1}} where id = {{2}} and held_by = {{3}} and state = '{ScheduleStates.Drawing}'";
                    var progress = JsonSerializer.Serialize(told.Last, JsonSerializerOptions.Web);
                    if (await db.Database.ExecuteSqlRawAsync(renew, [(long)Lease.TotalMilliseconds, progress, id, backbone.InstanceId], stop.Token) == 0) await stop.CancelAsync();
                }
                catch (Exception e) when (Refusals.IsOutage(e)) { LogLater(log, e.GetType().Name); }
            }
        }
        catch (OperationCanceledException) { }
        catch (Exception e) { LogFailed(log, e); }
    }

    private async Task FailAsync(Guid id, string fault)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var now = clock.GetUtcNow();
            await scope.ServiceProvider.GetRequiredService<MatchingDb>().Schedules.Where(s => s.Id == id && s.State == ScheduleStates.Drawing)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.State, ScheduleStates.Failed).SetProperty(r => r.Fault, fault).SetProperty(r => r.EndedAt, now).SetProperty(r => r.HeldUntil, 0), CancellationToken.None);
        }
        // Its lease runs out, and then it is told as interrupted.
        catch (Exception e) { LogLater(log, e.GetType().Name); }
    }

    public override void Dispose()
    {
        _bell.Dispose();
        base.Dispose();
    }

    [LoggerMessage(351, LogLevel.Information, "Schedule {Id}: {Meetings} meetings for {Visitors} visitors were drawn up")]
    private static partial void LogDrawn(ILogger log, Guid id, int meetings, int visitors);

    [LoggerMessage(352, LogLevel.Warning, "{Count} schedules were interrupted while they were drawn up")]
    private static partial void LogInterrupted(ILogger log, int count);

    [LoggerMessage(353, LogLevel.Error, "Schedule {Id} could not be drawn up")]
    private static partial void LogBroken(ILogger log, Guid id, Exception e);

    [LoggerMessage(354, LogLevel.Warning, "Schedules are put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);

    [LoggerMessage(355, LogLevel.Error, "Looking after schedules failed; it is tried again")]
    private static partial void LogFailed(ILogger log, Exception e);
}
