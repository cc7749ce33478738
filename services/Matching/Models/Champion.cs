using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Ranking;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Models;

/// <summary>
/// The model that ranks in this process: the one that a person has put in force, or the baseline. Every replica looks for changes every two seconds and
/// takes the new one when it is ready; requests that have begun keep theirs. A row that cannot be read is told in the log by its id and a code, and
/// what stood below it ranks: while the process runs that is what ranked before, after a restart the last champion that can be read, else the baseline.
/// </summary>
internal sealed partial class Champion(IServiceScopeFactory scopes, PublishedCatalogues catalogues, ILogger<Champion> log) : BackgroundService
{
    /// <summary>Others follow within five seconds, as the API promises.</summary>
    internal static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _gate = new(1);
    private volatile Standing _standing = new(null, null);
    private int _seen = -1;

    /// <param name="Fault">Why the champion does not rank, a code of <see cref="ModelFaults"/>; null: it does.</param>
    internal sealed record Standing(ServedModel? Model, string? Fault);

    /// <summary>null: the baseline. Take it once for each request.</summary>
    public ServedModel? Current => _standing.Model;

    /// <summary>What ranks, and whether it is what should.</summary>
    public Standing Now => _standing;

    public override async Task StartAsync(CancellationToken cancel)
    {
        await FollowAsync(cancel);
        await base.StartAsync(cancel);
    }

    /// <summary>Takes in what was promoted or taken back since the last look.</summary>
    public async Task FollowAsync(CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
            var last = await db.ModelChanges.MaxAsync(c => (int?)c.Number, cancel) ?? 0;
            // A champion that could not be read may have been mended.
            if (last == _seen && _standing.Fault is null) return;
            var next = await FindAsync(db, ModelChange.Standing(await db.ModelChanges.AsNoTracking().OrderBy(c => c.Number).ToListAsync(cancel)), cancel);
            if (next.Model is { } model && model != _standing.Model)
                foreach (var fair in await catalogues.AllAsync(cancel)) model.Prepare(fair.Snapshot);
            if (next.Model != _standing.Model) LogRanks(log, next.Model?.RankedBy.Version ?? Baseline.RankedBy.Kind);
            _standing = next;
            _seen = last;
        }
        finally { _gate.Release(); }
    }

    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        // Other replicas promote in real time, whatever day the service takes it for.
        using var timer = new PeriodicTimer(LookAgain);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await FollowAsync(stopping);
                // A catalogue came since: its part is done before anybody asks.
                foreach (var fair in await catalogues.AllAsync(stopping)) Current?.Prepare(fair.Snapshot);
            }
            catch (Exception e) when (e is not OperationCanceledException) { LogLater(log, e.GetType().Name); }
        }
    }

    private async Task<Standing> FindAsync(MatchingDb db, List<string> standing, CancellationToken cancel)
    {
        string? fault = null;
        for (var i = standing.Count - 1; i >= 0; i--)
        {
            var version = standing[i];
            if (_standing.Model?.RankedBy.Version == version) return new Standing(_standing.Model, fault);
            var row = await db.Models.AsNoTracking().Where(m => m.Version == version).Select(m => new { m.Id, m.Body }).SingleOrDefaultAsync(cancel);
            var (model, why) = row is null ? (null, ModelFaults.Missing) : LearnedModel.Read(row.Body);
            // The row says which model it is, not the file alone.
            if (model is not null && model.Version != version) (model, why) = (null, ModelFaults.Damaged);
            if (model is not null) return new Standing(new ServedModel(model), fault);
            if (_standing.Fault != why) LogUnreadable(log, row?.Id ?? Guid.Empty, version, why!);
            fault ??= why;
        }
        return new Standing(null, fault);
    }

    [LoggerMessage(331, LogLevel.Information, "Lists are ranked by {Version} from now on")]
    private static partial void LogRanks(ILogger log, string version);

    [LoggerMessage(332, LogLevel.Error, "The model {Id} ({Version}) cannot be read ({Code}); what stood below it ranks")]
    private static partial void LogUnreadable(ILogger log, Guid id, string version, string code);

    [LoggerMessage(333, LogLevel.Warning, "Looking for another model is put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);
}
