using System.Collections.Frozen;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Texts;
using Matchmaking.Matching.Visitors;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Ranking;

/// <summary>An offer as its visitor is told of it: where, why, and when there is time.</summary>
/// <param name="free">By exhibitor.</param>
/// <param name="busy">When the visitor meets somebody.</param>
internal sealed class MatchView(Visitor visitor, FairCatalogue fair, FrozenDictionary<Guid, FreeSlot[]> free, IReadOnlyList<TimeRange> busy)
{
    private const int TimesShown = 3;
    private readonly ulong _own = Vocabulary.LanguageBits(visitor.Needs.ConversationLanguages is { Count: > 0 } spoken ? spoken : visitor.Needs.Language is { } page ? [page] : []);

    /// <summary>When the visitor has a seat somewhere.</summary>
    public static Task<List<TimeRange>> BusyAsync(MatchingDb db, Guid visitorId, CancellationToken cancel) =>
        db.Bookings.AsNoTracking().Where(b => b.VisitorId == visitorId && b.TableNo != null).Select(b => new TimeRange(b.Start, b.End)).ToListAsync(cancel);

    /// <param name="rank">0: not in the list.</param>
    public Match Of(int rank, RankedOffer item, string language)
    {
        var snapshot = fair.Snapshot;
        var offer = snapshot.Offers[item.Offer];
        var stand = snapshot.Exhibitors[snapshot.Exhibitor[item.Offer]];
        return new Match(rank, offer.Id, stand.Id, offer.Kind, snapshot.Title(item.Offer, language), offer.Title, stand.Name, StandSign.In(stand.Where, language), item.Verdict.Code(), item.Office,
            item.Office is { } office ? ReasonTexts.Office(office, language) : null,
            [.. item.Reasons.Select(r => new Reason(r.Code, r.Side == ReasonSide.For ? "for" : "against", r.Say(language)))],
            [.. Spread(stand.Id).Select(s => new SlotRef(s.Id, s.Start))], offer.Traits, (snapshot.Languages[item.Offer] & _own) != 0);
    }

    /// <summary>
    /// A few times over the day rather than the first ones, and not the same for everybody: else all would ask for ten o'clock. A visitor sees the
    /// same times again as long as they are free.
    /// </summary>
    private IEnumerable<FreeSlot> Spread(Guid exhibitorId)
    {
        var slots = Suiting(exhibitorId);
        // A match offers times of one format: the stand, where it has one.
        var format = slots.Any(s => s.Format == "stand") ? "stand" : slots.FirstOrDefault()?.Format;
        var chosen = slots.Where(s => s.Format == format).ToArray();
        if (chosen.Length <= TimesShown) return chosen;
        var turn = (visitor.Id.GetHashCode() ^ exhibitorId.GetHashCode()) & 0xff;
        return Enumerable.Range(0, TimesShown).Select(i => chosen[(int)((i + turn / 256.0) * chosen.Length / TimesShown)]).DistinctBy(s => s.Id);
    }

    /// <summary>Free times at a stand that suit the visitor: within the times they gave, and not while they meet somebody else.</summary>
    private FreeSlot[] Suiting(Guid exhibitorId) => !free.TryGetValue(exhibitorId, out var slots) ? []
        : [.. slots.Where(s => !busy.Any(b => b.From < s.End && s.Start < b.To) && visitor.Suits(fair.Fair, s.Start, s.End))];
}
