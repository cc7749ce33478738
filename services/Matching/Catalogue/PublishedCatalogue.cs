using System.Collections.Frozen;
using System.Text.Json;
using Matchmaking.Contracts.Profile;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Catalogue;

/// <summary>The published catalogue of one fair as it came, one row for each fair.</summary>
internal sealed class KeptCatalogue
{
    public Guid FairId { get; init; }
    public long Version { get; set; }

    /// <summary>The whole <see cref="CataloguePublished"/> as JSON.</summary>
    public required string Body { get; set; }
    public DateTimeOffset At { get; set; }

    public static void Map(ModelBuilder model) => model.Entity<KeptCatalogue>(row =>
    {
        row.ToTable("catalogues");
        row.HasKey(c => c.FairId);
        row.Property(c => c.FairId).ValueGeneratedNever();
        row.Property(c => c.Version).IsConcurrencyToken();
    });
}

/// <summary>A fair's catalogue, to look things up in.</summary>
internal sealed class FairCatalogue(CataloguePublished published)
{
    private readonly FrozenDictionary<Guid, OfferFacts> _offers = published.Offers.ToFrozenDictionary(o => o.Id);
    private readonly FrozenDictionary<Guid, ExhibitorFacts> _exhibitors = published.Exhibitors.ToFrozenDictionary(e => e.Id);

    public CataloguePublished Published => published;

    /// <summary>The same in columns, for judging and ranking.</summary>
    public CatalogueSnapshot Snapshot { get; } = CatalogueSnapshot.Build(published.Fair, published.Version, published.Exhibitors, published.Offers);

    /// <summary>The day in the fair's zone: rules hold by days, not by hours in UTC.</summary>
    public DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(Local(time));

    /// <summary>By the clocks of the fair's zone.</summary>
    public DateTime Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, TimeZoneInfo.FindSystemTimeZoneById(Fair.Zone)).DateTime;

    public FairFacts Fair => published.Fair;

    public OfferFacts? Offer(Guid id) => _offers.GetValueOrDefault(id);

    public ExhibitorFacts? Exhibitor(Guid id) => _exhibitors.GetValueOrDefault(id);
}

/// <summary>An offer with whose it is and at which fair.</summary>
internal sealed record OfferAt(FairCatalogue Catalogue, OfferFacts Offer, ExhibitorFacts Exhibitor)
{
    public FairFacts Fair => Catalogue.Fair;
}

/// <summary>The catalogues in memory. Another replica may have taken a new one in: versions are looked at again after a second.</summary>
internal sealed class PublishedCatalogues(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>null until the first look is over: who asks meanwhile waits for it, instead of finding nothing.</summary>
    private volatile IReadOnlyList<FairCatalogue>? _known;
    private long _lookedAt = -1;

    /// <summary>How often something came that a look begun before it may have missed.</summary>
    private int _changes;
    private readonly Lock _sync = new();

    /// <summary>The next reader looks at the database.</summary>
    public void Stale()
    {
        lock (_sync)
        {
            _changes++;
            _lookedAt = -1;
        }
    }

    /// <summary>The fair that is meant where a call names none; null until a catalogue came.</summary>
    public async ValueTask<FairCatalogue?> CurrentAsync(CancellationToken cancel) =>
        (await AllAsync(cancel)).OrderByDescending(c => c.Fair.Current).ThenByDescending(c => c.Published.At).FirstOrDefault();

    /// <summary>The fair that a call names, or the one that is meant.</summary>
    public ValueTask<FairCatalogue?> OfAsync(Guid? fairId, CancellationToken cancel) => fairId is { } id ? OfFairAsync(id, cancel) : CurrentAsync(cancel);

    public async ValueTask<FairCatalogue?> OfFairAsync(Guid fairId, CancellationToken cancel) => (await AllAsync(cancel)).FirstOrDefault(c => c.Fair.Id == fairId);

    public async ValueTask<OfferAt?> OfferAsync(Guid offerId, CancellationToken cancel)
    {
        foreach (var catalogue in await AllAsync(cancel))
            if (catalogue.Offer(offerId) is { } offer && catalogue.Exhibitor(offer.ExhibitorId) is { } exhibitor) return new OfferAt(catalogue, offer, exhibitor);
        return null;
    }

    /// <returns>The exhibitor with its fair; of several fairs the current one first.</returns>
    public async ValueTask<(FairCatalogue Catalogue, ExhibitorFacts Exhibitor)?> ExhibitorAsync(Guid exhibitorId, CancellationToken cancel)
    {
        foreach (var catalogue in (await AllAsync(cancel)).OrderByDescending(c => c.Fair.Current))
            if (catalogue.Exhibitor(exhibitorId) is { } exhibitor) return (catalogue, exhibitor);
        return null;
    }

    public async ValueTask<IReadOnlyList<FairCatalogue>> AllAsync(CancellationToken cancel)
    {
        if (IsFresh() && _known is { } fresh) return fresh;
        await _gate.WaitAsync(cancel);
        try
        {
            if (IsFresh() && _known is { } meanwhile) return meanwhile;
            var (looked, changes) = (clock.GetTimestamp(), Volatile.Read(ref _changes));
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<MatchingDb>();
            var versions = await db.Catalogues.Select(c => new { c.FairId, c.Version }).ToListAsync(cancel);
            var next = new List<FairCatalogue>();
            foreach (var row in versions)
            {
                var known = _known?.FirstOrDefault(c => c.Fair.Id == row.FairId && c.Published.Version == row.Version);
                if (known is null)
                {
                    var body = await db.Catalogues.Where(c => c.FairId == row.FairId).Select(c => c.Body).SingleAsync(cancel);
                    known = new FairCatalogue(JsonSerializer.Deserialize<CataloguePublished>(body, JsonSerializerOptions.Web)!);
                }
                next.Add(known);
            }
            _known = next;
            // Only now is it fresh: while it was looked for, nobody was to be given what was known before.
            lock (_sync)
                if (_changes == changes) _lookedAt = looked;
            return next;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private bool IsFresh() => Volatile.Read(ref _lookedAt) is var at and not -1 && clock.GetElapsedTime(at) < LookAgain;
}
