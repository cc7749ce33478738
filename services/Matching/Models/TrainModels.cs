using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Models;

/// <summary>
/// Trains challengers in the background, off the road of requests: when enough has come in, every night, or when a person asks. What is learned waits
/// beside its report for a person; nothing is put in force here.
/// </summary>
internal sealed partial class TrainModels(
    IServiceScopeFactory scopes, TrainingDesk desk, Champion champion, PublishedCatalogues catalogues, RulePacks packs, IOptions<TrainingOptions> options, IOptions<MatchingOptions> matching, TimeProvider clock,
    ILogger<TrainModels> log) : BackgroundService
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            // Another replica may have been asked: all look, one takes it.
            try
            {
                await desk.WaitAsync(LookAgain, stopping);
                await TrainIfDueAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                if (Refusals.IsOutage(e)) LogLater(log, e.GetType().Name);
                else LogFailed(log, e);
            }
        }
    }

    /// <returns>What became of it; null where it is not time, or another replica trains.</returns>
    internal async Task<TrainingResult?> TrainIfDueAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
        if (!await desk.IsDueAsync(db, cancel) || !await desk.TakeAsync(db, cancel)) return null;
        using var held = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var holding = HoldAsync(held);
        try
        {
            // Another replica may have done it between the two questions above.
            return await desk.IsDueAsync(db, held.Token) ? await TrainAsync(db, held.Token) : null;
        }
        finally
        {
            await held.CancelAsync();
            await holding;
            await desk.ReleaseAsync(db, CancellationToken.None);
        }
    }

    private async Task<TrainingResult> TrainAsync(MatchingDb db, CancellationToken cancel)
    {
        var began = clock.GetUtcNow();
        await db.Training.ExecuteUpdateAsync(t => t.SetProperty(r => r.StartedAt, began), cancel);
        var cases = await GatherCases.ReadAsync(db, catalogues, packs.Current, options.Value.MostLists, matching.Value.Caps, cancel);
        var seed = (int)(began.ToUnixTimeSeconds() & int.MaxValue);
        CaseScorer? against = champion.Current is { } model ? (shown, judged, scores) => model.Score(shown.Facts, shown.Catalogue, judged, null, scores) : null;
        var rankers = await RankersAsync(db, [.. cases.Select(c => c.Case.RankedBy).Distinct()], cancel);
        var result = await Aside(() => ModelTraining.Train([.. cases.Select(c => c.Case)], seed, cancel, against, rankers.GetValueOrDefault), cancel);

        var ended = clock.GetUtcNow();
        var version = result is TrainingResult.Trained trained ? await KeepAsync(db, trained, began, ended, cases, cancel) : null;
        // Written last: who sees that a training has ended sees what it left.
        var row = await db.Training.SingleAsync(cancel);
        (row.EndedAt, row.Version, row.Refusal, row.RefusalArgs) = (ended, version, null, []);
        if (result is TrainingResult.Refused refused)
        {
            (row.Refusal, row.RefusalArgs) = (refused.Code, [.. refused.Args]);
            LogRefused(log, refused.Code, cases.Count);
        }
        await db.SaveChangesAsync(cancel);
        return result;
    }

    /// <summary>Who ordered the lists, as far as their models are still kept and can be read.</summary>
    private static async Task<Dictionary<RankedBy, CaseScorer>> RankersAsync(MatchingDb db, RankedBy[] all, CancellationToken cancel)
    {
        var rankers = new Dictionary<RankedBy, CaseScorer>();
        foreach (var by in all.Where(by => by != Baseline.RankedBy))
            if ((await KeptModel.ReadAsync(db, by.Version, cancel)).Model is { } model) rankers[by] = CaseScorers.Learned(model);
        return rankers;
    }

    /// <returns>The version of the new challenger.</returns>
    private async Task<string> KeepAsync(
        MatchingDb db, TrainingResult.Trained trained, DateTimeOffset began, DateTimeOffset ended, IReadOnlyList<(Guid FairId, ShownCase Case)> cases, CancellationToken cancel)
    {
        var version = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{began.UtcDateTime:yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("N")[..4]}");
        var learned = new LearnedModel(version, trained.Usefulness, trained.Acceptance, trained.Score, trained.Facts, trained.Report);
        var fairs = cases.Select(c => c.FairId).Distinct().ToArray();
        db.Models.Add(KeptModel.Of(learned, learned.Write(), fairs is [var only] ? only : null, uploaded: false, ended));
        await db.SaveChangesAsync(cancel);
        LogTrained(log, version, cases.Count);
        await ClearAwayAsync(db, cancel);
        return version;
    }

    /// <summary>Only so many challengers are kept. One that is promoted at this moment is none any more, and stays.</summary>
    private async Task ClearAwayAsync(MatchingDb db, CancellationToken cancel)
    {
        var old = await db.Models.Where(m => m.State == ModelStates.Challenger).OrderByDescending(m => m.CreatedAt).ThenByDescending(m => m.Id)
            .Skip(options.Value.Challengers).Select(m => m.Id).ToListAsync(cancel);
        if (old.Count > 0) await db.Models.Where(m => old.Contains(m.Id) && m.State == ModelStates.Challenger).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Keeps the lease; whoever has lost it stops.</summary>
    private async Task HoldAsync(CancellationTokenSource held)
    {
        using var timer = new PeriodicTimer(TrainingDesk.Lease / 4);
        try
        {
            while (await timer.WaitForNextTickAsync(held.Token))
            {
                await using var scope = scopes.CreateAsyncScope();
                try
                {
                    if (!await desk.TakeAsync(scope.ServiceProvider.GetRequiredService<MatchingDb>(), held.Token)) await held.CancelAsync();
                }
                catch (Exception e) when (Refusals.IsOutage(e)) { LogLater(log, e.GetType().Name); }
            }
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>On a thread of its own with the lowest priority: requests come first.</summary>
    private static Task<T> Aside<T>(Func<T> work, CancellationToken cancel)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try { done.SetResult(work()); }
            catch (OperationCanceledException) { done.TrySetCanceled(cancel); }
            catch (Exception e) { done.SetException(e); }
        })
        { IsBackground = true, Name = "training", Priority = ThreadPriority.Lowest }.Start();
        return done.Task;
    }

    [LoggerMessage(341, LogLevel.Information, "Challenger {Version} was learned from {Lists} lists")]
    private static partial void LogTrained(ILogger log, string version, int lists);

    [LoggerMessage(342, LogLevel.Information, "Nothing was learned ({Code}) from {Lists} lists")]
    private static partial void LogRefused(ILogger log, string code, int lists);

    [LoggerMessage(343, LogLevel.Warning, "Training is put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);

    [LoggerMessage(344, LogLevel.Error, "Training failed; it is tried again")]
    private static partial void LogFailed(ILogger log, Exception e);
}
