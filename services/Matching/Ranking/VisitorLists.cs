using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Visitors;
using Microsoft.Extensions.Caching.Hybrid;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// The list of a visitor. It is kept in the cache as long as it stands on the present profile, catalogue and rules, and made anew
/// otherwise: making it costs less than caring for a stale one.
/// </summary>
internal sealed class VisitorLists(PublishedCatalogues catalogues, RulePackSet packs, HybridCache cache, TimeProvider clock)
{
    private static readonly HybridCacheEntryOptions Kept = new() { Expiration = TimeSpan.FromMinutes(10), LocalCacheExpiration = TimeSpan.FromSeconds(10) };

    private sealed record KeptList(long ProfileVersion, Guid FairId, long CatalogueVersion, DateOnly Day, RankedList List);

    /// <returns>The list, or null where the fair's catalogue has not come yet.</returns>
    public async ValueTask<RankedList?> RankAsync(Visitor visitor, CancellationToken cancel, bool includeNo = false) =>
        await catalogues.OfFairAsync(visitor.FairId, cancel) is { } fair ? Rank(visitor, fair, includeNo) : null;

    /// <summary>As <see cref="RankAsync"/>, from the cache where that still holds.</summary>
    public async ValueTask<RankedList> GetAsync(Visitor visitor, FairCatalogue fair, CancellationToken cancel)
    {
        var key = Key(visitor.Id);
        var day = fair.DayOf(clock.GetUtcNow());
        var kept = await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(Keep()), Kept, cancellationToken: cancel);
        if (kept.ProfileVersion == visitor.Version && kept.FairId == visitor.FairId && kept.CatalogueVersion == fair.Snapshot.Version && kept.Day == day) return kept.List;
        kept = Keep();
        await cache.SetAsync(key, kept, Kept, cancellationToken: cancel);
        return kept.List;

        KeptList Keep() => new(visitor.Version, visitor.FairId, fair.Snapshot.Version, day, Rank(visitor, fair, includeNo: false));
    }

    public ValueTask ForgetAsync(Guid visitorId, CancellationToken cancel) => cache.RemoveAsync(Key(visitorId), cancel);

    public RankedList Rank(Visitor visitor, FairCatalogue fair, bool includeNo) =>
        Ranker.Rank(VisitorFacts.Of(visitor.Needs), fair.Snapshot, packs.At(fair.DayOf(clock.GetUtcNow())), includeNo);

    private static string Key(Guid visitorId) => $"matching:list:{visitorId}";
}
