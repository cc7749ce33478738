using Matchmaking.Matching.Catalogue;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Eligibility;

/// <summary>A pack that an organiser has published, as it was written. Rows are never changed: a correction is another version.</summary>
internal sealed class KeptPack
{
    /// <summary>UUIDv7: packs hold in the order in which they were published.</summary>
    public Guid Id { get; init; }
    public required string PackId { get; init; }
    public required string Version { get; init; }
    public required string Json { get; init; }
    public DateTimeOffset At { get; init; }

    public PackFile File => new($"{PackId} {Version}", Json);

    public static void Map(ModelBuilder model) => model.Entity<KeptPack>(row =>
    {
        row.ToTable("rule_packs");
        row.Property(p => p.Id).ValueGeneratedNever();
        row.Property(p => p.PackId).HasMaxLength(60);
        row.Property(p => p.Version).HasMaxLength(60);
        row.Ignore(p => p.File);
        row.HasIndex(p => new { p.PackId, p.Version }).IsUnique().HasDatabaseName("ux_rule_packs_version");
    });
}

/// <summary>
/// The rule packs in force in this process: those that come with the program, and over them those that were published while it ran. Every
/// replica looks for new ones every two seconds; a row that it cannot read (written by a newer program, say) is told in the log and left out, and
/// what the others say goes on holding. What the rules see of a catalogue is worked out then, before anybody is judged by it.
/// </summary>
internal sealed partial class RulePacks(IServiceScopeFactory scopes, PublishedCatalogues catalogues, TimeProvider clock, ILogger<RulePacks> log) : BackgroundService
{
    /// <summary>Others follow within five seconds, as the API promises.</summary>
    internal static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);
    private volatile RulePackSet _current = RulePackSet.BuiltIn;
    private volatile Held? _held;
    private Guid[] _seen = [];

    private sealed record Held(RulePackSet Packs, RulesOfDay Rules);

    public RulePackSet Current => _current;

    /// <summary>The rules by which a fair's visitors are judged now: one instance as long as neither the packs nor the day change.</summary>
    public RulesOfDay Today(FairCatalogue fair)
    {
        var (day, current) = (fair.DayOf(clock.GetUtcNow()), _current);
        if (_held is { } known && known.Rules.Day == day && known.Packs == current) return known.Rules;
        var rules = current.At(day);
        _held = new Held(current, rules);
        return rules;
    }

    public override async Task StartAsync(CancellationToken cancel)
    {
        await FollowAsync(cancel);
        await PrepareAsync(cancel);
        await base.StartAsync(cancel);
    }

    /// <summary>Takes in what was published or taken back since the last look.</summary>
    public async Task FollowAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
        var ids = await db.RulePacks.OrderBy(p => p.Id).Select(p => p.Id).ToArrayAsync(cancel);
        if (ids.AsSpan().SequenceEqual(_seen)) return;
        var rows = await db.RulePacks.AsNoTracking().OrderBy(p => p.Id).ToListAsync(cancel);
        var (set, problems) = RulePackSet.BuiltIn.With(rows.Select(r => r.File));
        foreach (var fair in await catalogues.AllAsync(cancel)) set.At(fair.DayOf(clock.GetUtcNow())).Prepare(fair.Snapshot);
        _current = set;
        _seen = ids;
        foreach (var problem in problems) LogLeftOut(log, problem.ToString());
        foreach (var pack in set.Packs)
            foreach (var note in PackNotes.Of(pack, set)) LogNote(log, pack.Id, pack.Version, note.ToString());
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        // Other replicas publish in real time, whatever day the service takes it for.
        using var timer = new PeriodicTimer(LookAgain);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                await FollowAsync(stopping);
                await PrepareAsync(stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException) { LogLater(log, e.GetType().Name); }
        }
    }

    /// <summary>A catalogue came, or a day.</summary>
    private async Task PrepareAsync(CancellationToken cancel)
    {
        foreach (var fair in await catalogues.AllAsync(cancel)) Today(fair).Prepare(fair.Snapshot);
    }

    [LoggerMessage(321, LogLevel.Error, "A published rule pack cannot be read and is left out: {Problem}")]
    private static partial void LogLeftOut(ILogger log, string problem);

    [LoggerMessage(322, LogLevel.Warning, "Looking for new rule packs is put off ({Reason})")]
    private static partial void LogLater(ILogger log, string reason);

    [LoggerMessage(323, LogLevel.Warning, "Rule pack {Pack} {Version}: {Note}")]
    private static partial void LogNote(ILogger log, string pack, string version, string note);
}
