using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Tests.Learning.Fairs;

public sealed class CaseFaultsTests
{
    private static readonly IReadOnlyList<ShownCase> Cases = new InventedDay(3).Show(120);

    [Fact]
    public void Too_few_lists_or_visitors_teach_nothing()
    {
        Assert.Equal("too-few-lists", Refusal([]));
        Assert.Equal("too-few-lists", Refusal([.. Cases.Take(99)]));
        Assert.Equal("too-few-visitors", Refusal([.. Cases.Select(c => c with { Visitor = Cases[0].Visitor })]));
    }

    [Fact]
    public void Without_outcomes_or_with_one_kind_alone_nothing_is_learned()
    {
        Assert.Equal("no-outcomes", Refusal(With(c => c with { Outcomes = new OfferOutcome[c.Offers.Count] })));
        Assert.Equal("one-sided-outcomes", Refusal(With(c => c with { Outcomes = [.. c.Offers.Select(_ => new OfferOutcome(Opened: true))] })));
    }

    [Theory]
    [InlineData(double.NaN, "not-finite")]
    [InlineData(double.PositiveInfinity, "not-finite")]
    [InlineData(0, "out-of-range")]
    [InlineData(1.5, "out-of-range")]
    public void A_propensity_that_is_none_is_refused(double propensity, string code)
    {
        var bad = Cases.ToArray();
        bad[7] = bad[7] with { Propensities = [.. bad[7].Offers.Select((_, at) => at == 3 ? propensity : 1)] };
        Assert.Equal(code, Refusal(bad));
        Assert.Equal("cannot-tell", ModelTraining.Compare([bad[7]], CaseScorers.Baseline, CaseScorers.Baseline, 1).Sentence);
    }

    [Fact]
    public void Columns_of_different_length_ratings_that_are_none_and_offers_twice_are_refused()
    {
        Assert.Equal("out-of-range", Refusal(With(c => c with { Outcomes = [.. c.Outcomes.Skip(1)] })));
        Assert.Equal("out-of-range", Refusal(With(c => c with { Outcomes = [.. c.Outcomes.Select(_ => new OfferOutcome(Held: true, Useful: 6))] })));
        Assert.Equal("out-of-range", Refusal(With(c => c with { Offers = [.. c.Offers.Select(_ => c.Offers[0])] })));
    }

    [Fact]
    public void A_withdrawn_offer_is_passed_over_and_counted_and_another_fair_is_refused()
    {
        ShownCase[] some = [.. Cases.Select((c, i) => i % 2 == 0 ? c : c with { Offers = [Guid.NewGuid(), .. c.Offers.Skip(1)] })];
        var trained = Assert.IsType<TrainingResult.Trained>(ModelTraining.Train(some, 1, CancellationToken.None));
        Assert.Equal(60, trained.Facts.UnknownOffers);
        Assert.Equal("unknown-offers", Refusal(With(c => c with { Offers = [.. c.Offers.Select(_ => Guid.NewGuid())] })));
    }

    private static ShownCase[] With(Func<ShownCase, ShownCase> change) => [.. Cases.Select(change)];

    private static string Refusal(IReadOnlyList<ShownCase> cases)
    {
        var refused = Assert.IsType<TrainingResult.Refused>(ModelTraining.Train(cases, 1, CancellationToken.None));
        Assert.Contains(refused.Code, TrainingResult.RefusalCodes);
        return refused.Code;
    }
}
