using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;

namespace Matchmaking.Matching.Tests.Meetings;

public sealed class ConfidentialTests
{
    [Theory]
    [InlineData("debt", true), InlineData("pregnancy", true), InlineData("housing", false)]
    public void Advice_that_is_confidential_by_nature_is_booked_by_a_code_also_where_nobody_marked_it(string type, bool confidential)
    {
        var fair = new FairCatalogue(DemoFair.Catalogue(1));
        var offer = fair.Offer(DemoFair.Debt)! with { Type = type, Traits = [] };
        Assert.Equal(confidential, MeetingTexts.Snapshot(new OfferAt(fair, offer, fair.Exhibitor(offer.ExhibitorId)!)).Confidential);
        Assert.Equal(confidential, SmallFair.Today.Judge(default, OfferSide.Of("advice", type)).Findings.Any(f => f.Rule.Id == "confidential"));
    }
}
