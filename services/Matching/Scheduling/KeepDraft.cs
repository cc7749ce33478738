using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Scheduling;

/// <summary>Stores what came of a drawing, as long as nobody has cancelled it.</summary>
internal sealed partial class KeepDraft(IServiceScopeFactory scopes, TimeProvider clock, ILogger<KeepDraft> log)
{
    private const int Tries = 5;

    /// <summary>Stores the draft in one save; an older one that was not published goes with it.</summary>
    public async Task KeepAsync(Guid id, ScheduleTold told, DrawnSchedule made, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
        for (var attempt = 1; ; attempt++)
        {
            db.ChangeTracker.Clear();
            var row = await db.Schedules.SingleOrDefaultAsync(s => s.Id == id, cancel);
            if (row is not { State: ScheduleStates.Drawing }) return;
            // Who was erased meanwhile is not in it.
            var here = (await db.Visitors.Where(v => v.FairId == row.FairId).Select(v => v.Id).ToListAsync(cancel)).ToHashSet();
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
            foreach (var older in await db.Schedules.Where(s => s.FairId == row.FairId && s.State == ScheduleStates.Draft).ToListAsync(cancel))
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
        LogDrawn(log, id, made.Drawn.Meetings.Count, made.Review.Visitors);
    }

    /// <summary>Of drafts that are none any more only the figures stay.</summary>
    public static Task<int> ClearAwayAsync(MatchingDb db, CancellationToken cancel) =>
        db.PlannedMeetings.Where(m => db.Schedules.Any(s => s.Id == m.ScheduleId && s.State == ScheduleStates.Cancelled)).ExecuteDeleteAsync(cancel);

    public async Task FailAsync(Guid id, string fault)
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

    [LoggerMessage(351, LogLevel.Information, "Schedule {Id}: {Meetings} meetings for {Visitors} visitors were drawn up")]
    private static partial void LogDrawn(ILogger log, Guid id, int meetings, int visitors);

    [LoggerMessage(358, LogLevel.Warning, "That a schedule failed could not be stored ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);
}
