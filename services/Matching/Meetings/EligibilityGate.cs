using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Visitors;

namespace Matchmaking.Matching.Meetings;

/// <summary>Whether a visitor may ask for a meeting about an offer on a day. Where nothing is known against it, they may.</summary>
/// <param name="refuses">True only where the verdict is a plain no.</param>
internal sealed class EligibilityGate(Func<Visitor, OfferAt, DateTimeOffset, bool>? refuses = null)
{
    public bool MayRequest(Visitor visitor, OfferAt offer, DateTimeOffset at) => refuses?.Invoke(visitor, offer, at) != true;
}
