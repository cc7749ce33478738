using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Scheduling;

/// <summary>How far a drawing has come; the thread that computes writes it, whoever holds the lease tells it.</summary>
internal sealed class ScheduleTold
{
    public volatile ScheduleProgressView Last = new("waiting", 0, null, null);
}

/// <summary>A schedule that is drawn up is held by the process that does it; one that nobody holds any more is told as interrupted.</summary>
internal sealed partial class ScheduleLease(IServiceScopeFactory scopes, Backbone backbone, TimeProvider clock, ILogger<ScheduleLease> log)
{
    /// <summary>Renewed every second, together with the progress that is shown.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Renew = TimeSpan.FromSeconds(1);

    /// <summary>A lease of this process, for a row that is about to be stored.</summary>
    public async Task<(Guid By, long Until)> TakeAsync(MatchingDb db, CancellationToken cancel) =>
        (backbone.InstanceId, await Dialect.NowAsync(db, cancel) + (long)Length.TotalMilliseconds);

    /// <summary>Renews until <paramref name="stop"/>, and stops the drawing where the row is no longer this process's to draw up.</summary>
    public async Task HoldAsync(Guid id, ScheduleTold told, CancellationTokenSource stop)
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
                    if (await db.Database.ExecuteSqlRawAsync(renew, [(long)Length.TotalMilliseconds, progress, id, backbone.InstanceId], stop.Token) == 0) await stop.CancelAsync();
                }
                catch (Exception e) when (Refusals.IsOutage(e)) { LogLater(log, e.GetType().Name); }
            }
        }
        catch (OperationCanceledException) { }
        catch (Exception e) { LogFailed(log, e); }
    }

    /// <param name="drawing">Whether this process draws: what it is at itself is never taken for dead, however late its renewals come on a busy machine.</param>
    /// <param name="all">Where one process has the database for itself and draws nothing yet, nobody else can be at it.</param>
    public async Task TellInterruptedAsync(MatchingDb db, bool drawing, bool all, CancellationToken cancel)
    {
        var dead = $"update schedules set state = '{ScheduleStates.Failed}', fault = '{ScheduleFaults.Interrupted}', held_until = 0, ended_at = {{0}} "
            + $"where state = '{ScheduleStates.Drawing}'{(all ? "" : $" and held_until < {Dialect.Of(db).Now} and held_by <> {{1}}")}";
        if (await db.Database.ExecuteSqlRawAsync(dead, [clock.GetUtcNow().UtcDateTime, drawing ? backbone.InstanceId : Guid.Empty], cancel) is > 0 and var found) LogInterrupted(log, found);
    }

    [LoggerMessage(352, LogLevel.Warning, "{Count} schedules were interrupted while they were drawn up")]
    private static partial void LogInterrupted(ILogger log, int count);

    [LoggerMessage(356, LogLevel.Warning, "The lease of a schedule could not be renewed ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);

    [LoggerMessage(357, LogLevel.Error, "Renewing the lease of a schedule failed")]
    private static partial void LogFailed(ILogger log, Exception e);
}
