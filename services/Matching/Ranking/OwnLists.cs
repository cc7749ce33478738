using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Choices;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Visitors;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Ranking;

/// <summary>A visitor with the list that they see, to look things up in.</summary>
/// <param name="Choices">By offer.</param>
internal sealed record OwnList(Visitor Visitor, FairCatalogue Fair, RankedList List, MatchView View, IReadOnlyDictionary<Guid, KeptChoice> Choices)
{
    /// <returns>Place in the list from 1; 0: not in it.</returns>
    public int RankOf(int offer) => List.Items.Index().Where(x => x.Item.Offer == offer).Select(x => x.Index + 1).FirstOrDefault();
}

/// <summary>Makes the list again as <see cref="ShowMatches"/> shows it, for pages that are about single offers: it is not recorded as shown.</summary>
internal sealed class OwnLists(MatchingDb db, VisitorLists lists, PublishedCatalogues catalogues, FreeTimes times)
{
    /// <returns>null: there is no such visitor (any more), or no catalogue yet.</returns>
    public async Task<OwnList?> OfAsync(Guid visitorId, CancellationToken cancel)
    {
        if (await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == visitorId, cancel) is not { } visitor) return null;
        if (await catalogues.OfFairAsync(visitor.FairId, cancel) is not { } fair) return null;
        var choices = await db.Choices.AsNoTracking().Where(c => c.VisitorId == visitorId).ToDictionaryAsync(c => c.OfferId, cancel);
        var busy = await MatchView.BusyAsync(db, visitorId, cancel);
        var unwanted = choices.Values.Where(c => c.Choice == OfferChoices.NotForMe).Select(c => c.OfferId).ToHashSet();
        var list = await lists.RankAsync(visitor, fair, await ShownList.LastAsync(db, visitorId, cancel), includeNo: false, int.MaxValue, unwanted, cancel);
        return new OwnList(visitor, fair, list, new MatchView(visitor, fair, await times.OfFairAsync(fair, cancel), busy), choices);
    }

    /// <summary>Verdict and reasons of an offer that is not in the list.</summary>
    public ValueTask<RankedOffer> ExplainAsync(OwnList own, int offer, CancellationToken cancel) => lists.ExplainAsync(own.Visitor, own.Fair, offer, cancel);
}
