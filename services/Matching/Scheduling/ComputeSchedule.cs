using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Scheduling;

/// <summary>What was drawn up, with what leads back to offers and slots.</summary>
internal sealed record DrawnSchedule(FairTask Task, Schedule Drawn, ScheduleReview Review);

/// <summary>Reads a fair and draws its schedule up: one at a time in a process, on a thread of low priority. Nothing is locked meanwhile.</summary>
internal sealed class ComputeSchedule(IServiceScopeFactory scopes, PublishedCatalogues catalogues, VisitorLists lists, Champion champion, TimeProvider clock)
{
    /// <summary>The one that computes; whoever comes second waits for it. Never disposed of: who was cancelled may still be at it.</summary>
    internal SemaphoreSlim Thread { get; } = new(1);

    /// <exception cref="OperationCanceledException">At once; the thread comes to its end a little later.</exception>
    public async Task<DrawnSchedule> DrawAsync(KeptSchedule schedule, ScheduleTold told, CancellationToken cancel)
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
            return new DrawnSchedule(task, drawn, ReviewSchedule.Of(task.Task, drawn, input.Fair));
        }, () => Thread.Release(), cancel);

        void Tell(string stage, ScheduleProgress? p = null) => told.Last = new(
            stage, clock.GetElapsedTime(began).TotalSeconds, p is { } at ? ReviewSchedule.Told(at.Best) : null, p is { } of ? ReviewSchedule.Told(of.Bound) : null);
    }
}
