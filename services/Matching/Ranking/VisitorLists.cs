using System.Collections.Frozen;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Visitors;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// The list of a visitor, made when it is asked for: ranking a fair takes a fraction of a millisecond, less than fetching a kept list from the
/// shared cache, and can never be stale. What moves with the fair (scarce seats, who was seen little) counts when a list is first shown; then
/// its head stays, on every replica, as the database has it.
/// </summary>
internal sealed class VisitorLists(PublishedCatalogues catalogues, RulePacks packs, Champion champion, FairBalances balances, IOptions<MatchingOptions> options)
{
    /// <returns>How many offers the visitor's list has; 0 where the fair's catalogue has not come yet.</returns>
    public async ValueTask<int> CountAsync(Visitor visitor, CancellationToken cancel) =>
        await catalogues.OfFairAsync(visitor.FairId, cancel) is { } fair ? Ranker.Count(VisitorFacts.Of(visitor.Needs), fair.Snapshot, packs.Today(fair)) : 0;

    /// <param name="most">Where the list is cut: only what is shown is explained.</param>
    /// <param name="last">The list that was shown last: it stays as it is while profile, catalogue, day, ranker and rules do.</param>
    /// <param name="without">Offers that the visitor took out.</param>
    public async ValueTask<RankedList> RankAsync(Visitor visitor, FairCatalogue fair, ShownList? last, bool includeNo, int most, IReadOnlySet<Guid> without, CancellationToken cancel)
    {
        var (rules, catalogue) = (packs.Today(fair), fair.Snapshot);
        var model = champion.Current;
        var kept = last?.IsOf(visitor.Version, catalogue.Version, rules, model?.RankedBy ?? Baseline.RankedBy) == true ? last.Offers : null;
        var chance = Exploration.Of(options.Value.Exploration, visitor.Id, visitor.Version, catalogue.Version, rules.Day);
        var shaping = new Shaping(await balances.OfFairAsync(fair, cancel), chance, kept, without);
        return Ranker.Rank(VisitorFacts.Of(visitor.Needs), catalogue, rules, includeNo, most: most, shaping: shaping, model: model);
    }

    /// <summary>Verdict and reasons of one offer, in the list or not.</summary>
    public async ValueTask<RankedOffer> ExplainAsync(Visitor visitor, FairCatalogue fair, int offer, CancellationToken cancel) =>
        Ranker.Explain(VisitorFacts.Of(visitor.Needs), fair.Snapshot, packs.Today(fair), offer, await balances.OfFairAsync(fair, cancel));

    /// <summary>Ranks many of a fair alike, as <see cref="RankAsync"/> does one, without chance: for plans and not for eyes. May be called on any thread.</summary>
    /// <param name="without">What each visitor took out of the list: nobody is sent there.</param>
    public async ValueTask<Func<Visitor, ShownList?, RankedList>> OfManyAsync(FairCatalogue fair, int most, IReadOnlyDictionary<Guid, IReadOnlySet<Guid>> without, CancellationToken cancel)
    {
        var (rules, catalogue, model, balance) = (packs.Today(fair), fair.Snapshot, champion.Current, await balances.OfFairAsync(fair, cancel));
        return (visitor, last) =>
        {
            var kept = last?.IsOf(visitor.Version, catalogue.Version, rules, model?.RankedBy ?? Baseline.RankedBy) == true ? last.Offers : null;
            return Ranker.Rank(VisitorFacts.Of(visitor.Needs), catalogue, rules, most: most, shaping: new Shaping(balance, Kept: kept, Without: without.GetValueOrDefault(visitor.Id)), model: model);
        };
    }

    /// <summary>What a list that stays as it was shown follows from now, beside the visitor.</summary>
    public async ValueTask<ListBasis> BasisAsync(FairCatalogue fair, FrozenDictionary<Guid, FreeSlot[]> free, CancellationToken cancel) =>
        new(fair, packs.Today(fair), RankedBy, (await balances.OfFairAsync(fair, cancel)).Full, free);

    private RankedBy RankedBy => champion.Current?.RankedBy ?? Baseline.RankedBy;
}
