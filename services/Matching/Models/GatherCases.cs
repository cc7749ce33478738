using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Quality;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Models;

/// <summary>
/// What is learned from: lists as they were shown, with what came of them. Only of visitors who agreed that it is checked whether the suggestions helped;
/// only lists of the profile as it is now, as earlier answers are kept nowhere. Who was erased has no rows any more.
/// </summary>
internal static class GatherCases
{
    /// <summary>Visitors read at once.</summary>
    private const int Page = 500;

    /// <param name="most">Lists; those of the newest visitors first.</param>
    /// <param name="caps">As many meetings may a visitor have.</param>
    public static async Task<IReadOnlyList<(Guid FairId, ShownCase Case)>> ReadAsync(
        MatchingDb db, PublishedCatalogues catalogues, RulePackSet packs, int most, MeetingCaps caps, CancellationToken cancel)
    {
        var fairs = (await catalogues.AllAsync(cancel)).ToDictionary(c => c.Fair.Id);
        var days = new Dictionary<DateOnly, RulesOfDay>();
        var cases = new List<(Guid FairId, ShownCase Case)>();
        var everybody = await db.Visitors.OrderByDescending(v => v.Since).ThenBy(v => v.Id).Select(v => v.Id).Take(most).ToArrayAsync(cancel);
        foreach (var ids in everybody.Chunk(Page))
        {
            var visitors = await db.Visitors.AsNoTracking().Where(v => ids.Contains(v.Id)).ToListAsync(cancel);
            var keys = visitors.Select(v => v.RecordKey).ToArray();
            var shown = (await db.ShownLists.AsNoTracking().Where(l => keys.Contains(l.RecordKey)).ToListAsync(cancel)).ToLookup(l => l.RecordKey);
            var opened = (await db.OpenedOffers.AsNoTracking().Where(o => keys.Contains(o.RecordKey)).ToListAsync(cancel)).ToLookup(o => o.RecordKey);
            var bookings = (await db.Bookings.AsNoTracking().Where(b => ids.Contains(b.VisitorId)).ToListAsync(cancel)).ToLookup(b => b.VisitorId);
            foreach (var visitor in visitors.Where(v => v.Needs.Consents?.Contains(QualityFigures.Consent) == true))
            {
                var lists = shown[visitor.RecordKey].Where(l => l.ProfileVersion == visitor.Version && fairs.ContainsKey(l.FairId)).OrderBy(l => l.At).ThenBy(l => l.Id).ToArray();
                var outcomes = ListOutcomes.Of(lists, opened[visitor.RecordKey], bookings[visitor.Id]);
                var (facts, groups) = (VisitorFacts.Of(visitor.Needs), new CaseGroups(visitor.Needs.Language, visitor.Needs.German?.Speaking, visitor.Needs.AgeBand));
                for (var i = 0; i < lists.Length; i++)
                    cases.Add((lists[i].FairId, new ShownCase(
                        visitor.Id, facts, fairs[lists[i].FairId].Snapshot, RulesOf(lists[i].Day), lists[i].Offers, lists[i].Propensities, lists[i].At,
                        new RankedBy(lists[i].RankerKind, lists[i].RankerVersion), groups, outcomes[i],
                        lists[i].Full is { } full ? ShownCase.CannotAsk(fairs[lists[i].FairId].Snapshot, lists[i].Offers, full, outcomes[i], caps) : null)));
            }
            if (cases.Count >= most) break;
        }
        return [.. cases.Take(most).OrderBy(c => c.Case.At).ThenBy(c => c.Case.Visitor)];

        RulesOfDay RulesOf(DateOnly day) => days.TryGetValue(day, out var rules) ? rules : days[day] = packs.At(day);
    }
}
