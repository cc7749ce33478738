using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Choices;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Visitors;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Routes;

/// <summary>
/// What a visitor could do in the gaps of their day: the best of their list as it was shown, at stands with which there is nothing yet, at times for which a
/// table is free or kept for people without a date. Nothing is held by it, and nothing is recorded as shown: it is a reading of the list.
/// </summary>
internal sealed class Suggestions(MatchingDb db, VisitorLists lists, IOptions<WalkingOptions> options, TimeProvider clock)
{
    /// <summary>How far down the list is read: further down nothing is "one of the best".</summary>
    private const int Read = ListOrder.Head;

    /// <param name="plan">Gets what fits.</param>
    /// <param name="known">Stands with which there is or was something.</param>
    /// <param name="kept">Times that are to stay free besides.</param>
    public async Task<IReadOnlyDictionary<TimedStop, RecommendedStop>> AddAsync(
        DayPlan plan, Visitor visitor, FairCatalogue fair, IReadOnlyCollection<Guid> known, IReadOnlyCollection<TimedStop> kept, string language, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (options.Value.Suggestions == 0 || now >= fair.Fair.Closes) return new Dictionary<TimedStop, RecommendedStop>();
        var unwanted = (await KeptChoice.UnwantedAsync(db, [visitor.Id], cancel))[visitor.Id].ToHashSet();
        var list = await lists.RankAsync(visitor, fair, await ShownList.LastAsync(db, visitor.Id, cancel), includeNo: false, Read, unwanted, cancel);
        var best = list.Items.Select(item => (Item: item, Offer: fair.Snapshot.Offers[item.Offer], Stand: fair.Snapshot.Exhibitors[fair.Snapshot.Exhibitor[item.Offer]]))
            .Where(x => !known.Contains(x.Stand.Id)).DistinctBy(x => x.Stand.Id).ToArray();
        if (best.Length == 0) return new Dictionary<TimedStop, RecommendedStop>();

        var times = (await SlotBoard.OfExhibitorsAsync(db, fair.Fair.Id, [.. best.Select(x => x.Stand.Id)], now, cancel))
            .Where(s => s.Slot.Format == PlaceKinds.Stand && (s.Free.Count > 0 || IsForWalkIns(s, now)) && visitor.Suits(fair.Fair, s.Slot.Start, s.Slot.End)).ToLookup(s => s.Slot.ExhibitorId);
        var wishes = best.Select(x =>
        {
            var place = StopPlace.Of(PlaceKinds.Stand, x.Stand, fair.Fair);
            return (Times: times[x.Stand.Id].Select(s => (State: s, Stop: new TimedStop(x.Offer.Id, s.Slot.Start, s.Slot.End, place))).Where(t => !kept.Any(t.Stop.Overlaps)).ToArray(), Match: x);
        }).ToArray();
        var added = plan.Fill(wishes.Select(w => ((IReadOnlyList<TimedStop>)[.. w.Times.Select(t => t.Stop)], visitor.Id.GetHashCode() ^ w.Match.Stand.Id.GetHashCode())), options.Value.Suggestions);
        return (from stop in added
                from wish in wishes
                where wish.Match.Offer.Id == stop.Id
                select (stop, View: View(wish.Match.Item, wish.Match.Offer, wish.Match.Stand, wish.Times.First(t => t.Stop == stop).State, now, language))).ToDictionary(x => x.stop, x => x.View);
    }

    /// <summary>A table that is kept for people without a date; from when those can be booked too, any that is still free.</summary>
    private static bool IsForWalkIns(SlotState state, DateTimeOffset now) => state.WalkIn.Count > 0 || (now >= state.Slot.WalkInsFrom && state.Open.Count > 0);

    private static RecommendedStop View(RankedOffer item, OfferFacts offer, ExhibitorFacts stand, SlotState state, DateTimeOffset now, string language) => new(
        offer.Id, stand.Id, offer.Kind, offer.Titles.GetValueOrDefault(language) is { Length: > 0 } title ? title : offer.Title, offer.Title, stand.Name, item.Verdict.Code(),
        IsForWalkIns(state, now), state.Free.Count > 0 ? state.Slot.Id : null, item.Reasons.FirstOrDefault(r => r.Side == ReasonSide.For)?.Say(language));
}
