using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Visitors;

namespace Matchmaking.Matching.Meetings;

/// <summary>Whether a visitor may ask for a meeting about an offer on a day: always, but where the rules of that day say a plain no.</summary>
internal sealed class EligibilityGate(RulePacks packs)
{
    public bool MayRequest(Visitor visitor, OfferAt offer, DateTimeOffset at)
    {
        var snapshot = offer.Catalogue.Snapshot;
        return !snapshot.TryOffer(offer.Offer.Id, out var index)
            || packs.Current.At(offer.Catalogue.DayOf(at)).Judge(VisitorFacts.Of(visitor.Needs), snapshot, index).Verdict != Verdict.No;
    }
}
