using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Models;

/// <summary>How training stands, for all replicas: one row, which also is the lease of the one that trains.</summary>
internal sealed class TrainingRow
{
    public const int Only = 1;

    public int Id { get; init; } = Only;
    public Guid? HeldBy { get; set; }

    /// <summary>Unix milliseconds by the database's clock; 0: nobody trains.</summary>
    public long HeldUntil { get; set; }

    /// <summary>When a person last asked for a training.</summary>
    public DateTimeOffset? WantedAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What the last training made, or why it made nothing.</summary>
    public string? Version { get; set; }
    public string? Refusal { get; set; }
    public IReadOnlyList<double> RefusalArgs { get; set; } = [];

    public static void Map(ModelBuilder model) => model.Entity<TrainingRow>(row =>
    {
        row.ToTable("model_training");
        row.Property(t => t.Id).ValueGeneratedNever();
        row.Property(t => t.Version).HasMaxLength(LearnedModel.LongestVersion);
        row.Property(t => t.Refusal).HasMaxLength(40);
        row.Property(t => t.RefusalArgs).HasConversion<JsonConverter<IReadOnlyList<double>>, JsonComparer<IReadOnlyList<double>>>();
        row.HasData(new TrainingRow());
    });
}

/// <summary>Who may train now, and whether it is time to. One replica at a time holds the lease; should it die, the lease runs out by the database's clock.</summary>
internal sealed class TrainingDesk(Backbone backbone, IOptions<TrainingOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>Renewed every quarter of it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _bell = new(0);

    /// <summary>Somebody asks for a training; while one runs, that is the one.</summary>
    public async Task AskAsync(MatchingDb db, CancellationToken cancel)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var ask = $"update model_training set wanted_at = {{0}} where id = {TrainingRow.Only} and (held_until < {Dialect.Of(db).Now} or ended_at >= started_at)";
        await db.Database.ExecuteSqlRawAsync(ask, [now], cancel);
        _bell.Release();
    }

    /// <summary>Returns when somebody asked here, or after a while.</summary>
    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _bell.WaitAsync(atMost, cancel);

    public async Task<bool> IsDueAsync(MatchingDb db, CancellationToken cancel)
    {
        var (row, now, o) = (await RowAsync(db, cancel), clock.GetUtcNow(), options.Value);
        if (row.WantedAt is { } wanted && (row.StartedAt is null || wanted > row.StartedAt)) return true;
        if (!o.Automatic || row.StartedAt > now - TimeSpan.FromMinutes(o.NotWithinMinutes)) return false;
        return row.StartedAt < now - TimeSpan.FromHours(o.AtLeastEveryHours) || await OutcomesSinceAsync(db, row.StartedAt, cancel) >= o.NewOutcomes;
    }

    /// <returns>False where another replica trains.</returns>
    public async Task<bool> TakeAsync(MatchingDb db, CancellationToken cancel)
    {
        var now = Dialect.Of(db).Now;
        var take = $"update model_training set held_by = {{0}}, held_until = {now} + {{1}} where id = {TrainingRow.Only} and (held_until < {now} or held_by = {{0}})";
        return await db.Database.ExecuteSqlRawAsync(take, [backbone.InstanceId, (long)Lease.TotalMilliseconds], cancel) == 1;
    }

    public Task ReleaseAsync(MatchingDb db, CancellationToken cancel) =>
        db.Training.Where(t => t.HeldBy == backbone.InstanceId).ExecuteUpdateAsync(t => t.SetProperty(r => r.HeldUntil, 0), cancel);

    public async Task<TrainingView> ViewAsync(MatchingDb db, CancellationToken cancel)
    {
        var row = await RowAsync(db, cancel);
        var running = row.HeldUntil > 0 && row.StartedAt is not null && (row.EndedAt is null || row.EndedAt < row.StartedAt);
        return new TrainingView(
            running, row.StartedAt, row.EndedAt, row.Version, row.Refusal is { } code ? new TrainingRefusal(code, row.RefusalArgs) : null,
            await OutcomesSinceAsync(db, row.StartedAt, cancel), options.Value.NewOutcomes);
    }

    public void Dispose() => _bell.Dispose();

    private static Task<TrainingRow> RowAsync(MatchingDb db, CancellationToken cancel) => db.Training.AsNoTracking().SingleAsync(cancel);

    private static async Task<int> OutcomesSinceAsync(MatchingDb db, DateTimeOffset? at, CancellationToken cancel)
    {
        var since = at ?? DateTimeOffset.UnixEpoch;
        return await db.OpenedOffers.CountAsync(o => o.At > since, cancel) + await db.Bookings.CountAsync(b => b.RequestedAt > since, cancel)
            + await db.Bookings.CountAsync(b => b.AcceptedAt > since, cancel);
    }
}
