using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Visitors;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// The list of a visitor, made when it is asked for: ranking a fair takes a fraction of a millisecond, less than fetching a kept list from the
/// shared cache, and can never be stale. The same profile, catalogue and day give the same list on every replica.
/// </summary>
internal sealed class VisitorLists(PublishedCatalogues catalogues, RulePacks packs, TimeProvider clock)
{
    private volatile Held? _held;

    private sealed record Held(RulePackSet Packs, RulesOfDay Rules);

    /// <returns>How many offers the visitor's list has; 0 where the fair's catalogue has not come yet.</returns>
    public async ValueTask<int> CountAsync(Visitor visitor, CancellationToken cancel) =>
        await catalogues.OfFairAsync(visitor.FairId, cancel) is { } fair ? Ranker.Count(VisitorFacts.Of(visitor.Needs), fair.Snapshot, RulesFor(fair)) : 0;

    /// <param name="most">Where the list is cut: only what is shown is explained.</param>
    public RankedList Rank(Visitor visitor, FairCatalogue fair, bool includeNo, int most = int.MaxValue) =>
        Ranker.Rank(VisitorFacts.Of(visitor.Needs), fair.Snapshot, RulesFor(fair), includeNo, most: most);

    private RulesOfDay RulesFor(FairCatalogue fair)
    {
        var (day, current) = (fair.DayOf(clock.GetUtcNow()), packs.Current);
        if (_held is { } known && known.Rules.Day == day && known.Packs == current) return known.Rules;
        var rules = current.At(day);
        _held = new Held(current, rules);
        return rules;
    }
}
