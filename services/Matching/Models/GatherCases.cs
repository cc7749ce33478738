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
    /// <param name="meetingsAtOnce">As many may a visitor have.</param>
    public static async Task<IReadOnlyList<(Guid FairId, ShownCase Case)>> ReadAsync(
        MatchingDb db, PublishedCatalogues catalogues, RulePackSet packs, int most, int meetingsAtOnce, CancellationToken cancel)
    {
        var fairs = (await catalogues.AllAsync(cancel)).ToDictionary(c => c.Fair.Id);
        var days = new Dictionary<DateOnly, RulesOfDay>();
        var cases = new List<(Guid FairId, ShownCase Case)>();
        var everybody = await db.Visitors.OrderByDescending(v => v.Since).ThenBy(v => v.Id).Select(v => v.Id).Take(most).ToArrayAsync(cancel);
        foreach (var ids in everybody.Chunk(Page))
        {
            var visitors = await db.Visitors.AsNoTracking().Where(v => ids.Contains(v.Id)).ToListAsync(cancel);
            var shown = (await db.ShownLists.AsNoTracking().Where(l => ids.Contains(l.VisitorId)).ToListAsync(cancel)).ToLookup(l => l.VisitorId);
            var opened = (await db.OpenedOffers.AsNoTracking().Where(o => ids.Contains(o.VisitorId)).ToListAsync(cancel)).ToLookup(o => o.VisitorId);
            var bookings = (await db.Bookings.AsNoTracking().Where(b => ids.Contains(b.VisitorId)).ToListAsync(cancel)).ToLookup(b => b.VisitorId);
            foreach (var visitor in visitors.Where(v => v.Needs.Consents?.Contains(QualityFigures.Consent) == true))
            {
                var lists = shown[visitor.Id].Where(l => l.ProfileVersion == visitor.Version && fairs.ContainsKey(l.FairId)).OrderBy(l => l.At).ThenBy(l => l.Id).ToArray();
                var outcomes = Outcomes(lists, opened[visitor.Id], bookings[visitor.Id]);
                var (facts, groups) = (VisitorFacts.Of(visitor.Needs), new CaseGroups(visitor.Needs.Language, visitor.Needs.German?.Speaking, visitor.Needs.AgeBand));
                for (var i = 0; i < lists.Length; i++)
                    cases.Add((lists[i].FairId, new ShownCase(
                        visitor.Id, facts, fairs[lists[i].FairId].Snapshot, RulesOf(lists[i].Day), lists[i].Offers, lists[i].Propensities, lists[i].At,
                        new RankedBy(lists[i].RankerKind, lists[i].RankerVersion), groups, outcomes[i],
                        lists[i].Full is { } full ? ShownCase.CannotAsk(full, outcomes[i], meetingsAtOnce) : null)));
            }
            if (cases.Count >= most) break;
        }
        return [.. cases.Take(most).OrderBy(c => c.Case.At).ThenBy(c => c.Case.Visitor)];

        RulesOfDay RulesOf(DateOnly day) => days.TryGetValue(day, out var rules) ? rules : days[day] = packs.At(day);
    }

    /// <summary>What came of each place of each list: it counts with the last list that showed the offer before.</summary>
    /// <param name="lists">Of one visitor, by time.</param>
    private static OfferOutcome[][] Outcomes(ShownList[] lists, IEnumerable<OpenedOffer> opened, IEnumerable<Booking> bookings)
    {
        var outcomes = lists.Select(l => new OfferOutcome[l.Offers.Count]).ToArray();
        foreach (var look in opened)
            if (PlaceOf(look.OfferId, look.At) is { } at) outcomes[at.List][at.Place] = outcomes[at.List][at.Place] with { Opened = true };
        foreach (var booking in bookings.Where(b => !b.IsPlanned))
        {
            if (PlaceOf(booking.OfferId, booking.RequestedAt) is not { } at) continue;
            var before = outcomes[at.List][at.Place];
            outcomes[at.List][at.Place] = before with
            {
                Requested = true,
                Accepted = before.Accepted || booking.AcceptedAt is not null,
                Declined = before.Declined || booking.Status is MeetingStatuses.Declined or MeetingStatuses.Expired,
                Held = before.Held || booking.Status == MeetingStatuses.Held,
                NoShow = before.NoShow || booking.Status == MeetingStatuses.NoShow,
                Useful = booking.Useful ?? before.Useful,
            };
        }
        return outcomes;

        (int List, int Place)? PlaceOf(Guid offer, DateTimeOffset when)
        {
            for (var list = lists.Length - 1; list >= 0; list--)
                if (lists[list].At <= when && IndexOf(lists[list].Offers, offer) is >= 0 and var place) return (list, place);
            return null;
        }
    }

    private static int IndexOf(IReadOnlyList<Guid> offers, Guid offer)
    {
        for (var i = 0; i < offers.Count; i++)
            if (offers[i] == offer) return i;
        return -1;
    }
}
