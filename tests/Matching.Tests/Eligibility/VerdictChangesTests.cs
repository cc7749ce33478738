using CsCheck;
using Matchmaking.Matching.Eligibility;

namespace Matchmaking.Matching.Tests.Eligibility;

public sealed class VerdictChangesTests
{
    [Fact]
    public void Too_little_German_is_told_with_the_first_level_that_is_enough() =>
        Assert.Contains(Of("b-2"), c => c is { Field: "german", Value: "B1" });

    [Fact]
    public void Nobody_is_told_to_be_younger()
    {
        var visitor = VisitorFacts.Of(SmallFair.Nurse);
        SmallFair.Catalogue.TryOffer(SmallFair.AllOffers.Single(o => o.Key == "jmd-1").Id, out var offer);
        Assert.Equal(Verdict.No, SmallFair.Today.Judge(visitor, SmallFair.Catalogue, offer).Verdict);
        Assert.DoesNotContain(Of("jmd-1"), c => c.Field is "ageBand" or "timeInGermany");
    }

    [Fact]
    public void What_was_not_answered_may_decide() =>
        Assert.Contains(VerdictChanges.Of(VisitorFacts.Of(SmallFair.Nurse with { AgeBand = null }), SmallFair.Catalogue, At("mbe-1"), SmallFair.Today), c => c is { Field: "ageBand", Value: null });

    /// <summary>Whoever gives the answer that was named gets the verdict that was named.</summary>
    [Fact]
    public void Each_change_is_true() => Any.Facts.Sample(facts =>
    {
        for (var offer = 0; offer < SmallFair.Catalogue.Count; offer++)
            foreach (var change in VerdictChanges.Of(facts, SmallFair.Catalogue, offer, SmallFair.Today))
            {
                VisitorFields.TryParse(change.Field, out var field);
                var now = SmallFair.Today.Judge(facts, SmallFair.Catalogue, offer).Verdict;
                var then = Enumerable.Range(1, field.Values().Count).Where(at => change.Value is null || field.Values()[at - 1] == change.Value)
                    .Select(at => SmallFair.Today.Judge(facts.With(field, at), SmallFair.Catalogue, offer).Verdict).Min();
                Assert.Equal(change.Verdict, then.Code());
                Assert.True(then < now);
            }
    }, iter: 200);

    private static int At(string key) => SmallFair.Catalogue.TryOffer(SmallFair.AllOffers.Single(o => o.Key == key).Id, out var offer) ? offer : -1;

    private static IReadOnlyList<Contracts.Matching.VerdictChange> Of(string key) => VerdictChanges.Of(VisitorFacts.Of(SmallFair.Nurse), SmallFair.Catalogue, At(key), SmallFair.Today);
}
