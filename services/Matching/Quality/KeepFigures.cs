using System.Collections.Concurrent;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Quality;

/// <summary>
/// Answers from what is kept, and keeps it up to date in the background: the summary of the current fair and the question without a filter, and what was asked
/// within the last half hour. Counting costs seconds where a record is large, and one replica does it for all. A small record is counted when somebody asks.
/// <para>Who was erased goes from kept figures when they are counted next, as from those on somebody's screen.</para>
/// </summary>
internal sealed partial class KeepFigures(
    IServiceScopeFactory scopes, PublishedCatalogues catalogues, AnswerFigures answer, IHostApplicationLifetime life, TimeProvider clock, ILogger<KeepFigures> log) : BackgroundService
{
    /// <summary>Lists in a record that is counted in less time than anybody waits for.</summary>
    internal const int Small = 500;

    /// <summary>Questions that are kept up to date; those asked last.</summary>
    internal const int Most = 20;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15), Asked = TimeSpan.FromMinutes(30), AskedAgain = TimeSpan.FromMinutes(1), Lease = TimeSpan.FromMinutes(2);

    /// <summary>Nobody has looked after it for so long that it is counted while they wait who ask.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromMinutes(10);

    /// <summary>Counting takes a tenth of one processor at most.</summary>
    private const int Rest = 9;

    private readonly ConcurrentDictionary<Guid, Lazy<Task<FigureAnswer>>> _answers = new();
    private readonly ConcurrentDictionary<Guid, Lazy<Task<QualitySummary>>> _summaries = new();

    /// <summary>From what is kept; else counted now, once for all who ask the same meanwhile. Whoever goes away does not stop it.</summary>
    public async Task<FigureAnswer> AnswerAsync(FairCatalogue fair, FigureQuestion question, CancellationToken cancel)
    {
        var text = KeptFigures.TextOf(question, fair);
        if (await KeptAsync(fair, text, cancel) is { } kept) return new FigureAnswer(kept.Figures, []);
        return await OnceAsync(_answers, fair, text, async (db, now, stopping) =>
            await answer.OfAsync(db, await FairRecord.ReadAsync(db, fair, now, stopping), KeptFigures.QuestionOf(text), stopping), answered => answered.Figures, cancel);
    }

    /// <summary>The same for the summary of a whole fair.</summary>
    public async Task<QualitySummary> SummaryAsync(FairCatalogue fair, CancellationToken cancel)
    {
        var text = KeptFigures.SummaryOf(fair);
        if (await KeptAsync(fair, text, cancel) is { } kept) return kept.Summary;
        return await OnceAsync(_summaries, fair, text, async (db, now, stopping) => SummariseQuality.Of(await FairRecord.ReadAsync(db, fair, now, stopping)), summary => summary, cancel);
    }

    /// <summary>Counts and keeps it, once for all who ask the same meanwhile.</summary>
    /// <param name="told">What of it is kept; null: nothing.</param>
    private Task<T> OnceAsync<T>(
        ConcurrentDictionary<Guid, Lazy<Task<T>>> underWay, FairCatalogue fair, string text, Func<MatchingDb, DateTimeOffset, CancellationToken, Task<T>> count, Func<T, object?> told, CancellationToken cancel)
    {
        var id = KeptFigures.IdOf(text);
        return underWay.GetOrAdd(id, _ => new Lazy<Task<T>>(() => Task.Run(CountAsync))).Value.WaitAsync(cancel);

        async Task<T> CountAsync()
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var (db, stopping) = (scope.ServiceProvider.GetRequiredService<MatchingDb>(), life.ApplicationStopping);
                var state = await StateAsync(db, fair, stopping);
                var now = clock.GetUtcNow();
                var counted = await count(db, now, stopping);
                if (told(counted) is { } kept) await KeptFigures.StoreAsync(db, text, fair.Fair.Id, state, kept, now, now, stopping);
                return counted;
            }
            finally { underWay.TryRemove(id, out _); }
        }
    }

    /// <returns>null: not kept, or so old that it is counted while they wait who ask.</returns>
    private async Task<KeptFigures?> KeptAsync(FairCatalogue fair, string text, CancellationToken cancel)
    {
        var (id, now) = (KeptFigures.IdOf(text), clock.GetUtcNow());
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
        var kept = await db.KeptFigures.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, cancel);
        if (kept is null || kept.At <= now - Old || (kept.Lists <= Small && kept.State != (await StateAsync(db, fair, cancel)).Text)) return null;
        if (kept.AskedAt < now - AskedAgain) await db.KeptFigures.Where(k => k.Id == id).ExecuteUpdateAsync(k => k.SetProperty(r => r.AskedAt, now), cancel);
        return kept;
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var from = clock.GetTimestamp();
            try
            {
                await RefreshAsync(stopping);
            }
            // However a pass ends that is stopped in the middle: it is no failure, which would stop the whole host.
            catch (Exception) when (stopping.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                if (Refusals.IsOutage(e)) LogLater(log, e.GetType().Name);
                else LogFailed(log, e);
            }
            var took = clock.GetElapsedTime(from) * Rest;
            try { await Task.Delay(took > Every ? took : Every, clock, stopping); }
            catch (OperationCanceledException) { return; }
        }
    }

    /// <returns>How many answers were counted anew.</returns>
    internal async Task<int> RefreshAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
        var (now, current) = (clock.GetUtcNow(), await catalogues.CurrentAsync(cancel));
        var since = now - Asked;
        string[] unasked = current is null ? [] : [KeptFigures.SummaryOf(current), KeptFigures.TextOf(new FigureQuestion(), current)];
        Guid[] always = [.. unasked.Select(KeptFigures.IdOf)];
        await db.KeptFigures.Where(k => k.AskedAt < since && !always.Contains(k.Id)).ExecuteDeleteAsync(cancel);
        var rows = (await db.KeptFigures.OrderByDescending(k => k.AskedAt).Select(k => new { k.Id, k.FairId, k.Question, k.State }).ToListAsync(cancel))
            .Where(k => k.Id == KeptFigures.IdOf(k.Question)).OrderByDescending(k => always.Contains(k.Id)).Take(Most).ToList();
        foreach (var text in unasked)
            if (!rows.Exists(k => k.Question == text)) rows.Insert(0, new { Id = KeptFigures.IdOf(text), FairId = current!.Fair.Id, Question = text, State = "" });

        var counted = 0;
        foreach (var ofFair in rows.GroupBy(k => k.FairId))
        {
            // Read before the record: what comes in between is a change that is seen next time.
            var fair = await catalogues.OfFairAsync(ofFair.Key, cancel);
            var state = fair is null ? null : await StateAsync(db, fair, cancel);
            FairRecord? record = null;
            foreach (var row in ofFair)
            {
                if (state is not null && row.State == state.Text)
                {
                    await db.KeptFigures.Where(k => k.Id == row.Id && k.State == state.Text && k.At < now).ExecuteUpdateAsync(k => k.SetProperty(r => r.At, now), cancel);
                    continue;
                }
                if (row.State.Length > 0 && !await TakeAsync(db, row.Id, row.State, cancel)) continue;
                object? told = null;
                if (fair is not null)
                {
                    record ??= await FairRecord.ReadAsync(db, fair, now, cancel);
                    told = row.Question == KeptFigures.SummaryOf(fair) ? SummariseQuality.Of(record) : (await answer.OfAsync(db, record, KeptFigures.QuestionOf(row.Question), cancel)).Figures;
                }
                if (told is not null)
                {
                    await KeptFigures.StoreAsync(db, row.Question, ofFair.Key, state!, told, now, null, cancel);
                    counted++;
                }
                // A fair, a model or a group has gone since.
                else await db.KeptFigures.Where(k => k.Id == row.Id).ExecuteDeleteAsync(cancel);
            }
        }
        return counted;
    }

    private Task<RecordState> StateAsync(MatchingDb db, FairCatalogue fair, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return RecordState.ReadAsync(db, fair, answer.Surroundings(fair, now), now, cancel);
    }

    /// <param name="state">As it was seen.</param>
    /// <returns>False where another replica counts it, or has just done so.</returns>
    private static async Task<bool> TakeAsync(MatchingDb db, Guid id, string state, CancellationToken cancel)
    {
        var take = $"update kept_figures set held_until = {Dialect.Of(db).Now} + {{0}} where id = {{1}} and state = {{2}} and held_until < {Dialect.Of(db).Now}";
        return await db.Database.ExecuteSqlRawAsync(take, [(long)Lease.TotalMilliseconds, id, state], cancel) == 1;
    }

    [LoggerMessage(361, LogLevel.Warning, "Keeping figures up to date is put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);

    [LoggerMessage(362, LogLevel.Error, "Keeping figures up to date failed; it is tried again")]
    private static partial void LogFailed(ILogger log, Exception e);
}
