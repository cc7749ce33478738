using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Http;

namespace Matchmaking.Matching.Meetings;

/// <summary>Meetings as the side that asks reads them: the visitor in the language of the call, else in their own.</summary>
internal sealed class MeetingViews(MatchingDb db, PublishedCatalogues catalogues, OutcomeTimes times, IHttpContextAccessor http)
{
    public async Task<Meeting> OfAsync(Booking booking, string side, CancellationToken cancel)
    {
        var offer = await catalogues.OfferAsync(booking.OfferId, cancel);
        var visitor = await db.Visitors.FindAsync([booking.VisitorId], cancel);
        var view = side == MeetingSides.Visitor
            ? MeetingTexts.ForVisitor(booking, offer, CallerLanguage.Of(http.HttpContext!, visitor?.Needs.Language), times)
            : MeetingTexts.ForExhibitor(booking, offer, visitor, times);
        return view with { Join = await StandPlans.JoinAsync(db, booking, cancel) };
    }
}
