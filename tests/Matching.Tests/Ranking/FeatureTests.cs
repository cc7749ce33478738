using CsCheck;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Tests.Ranking;

public sealed class FeatureTests
{
    [Fact]
    public void The_list_names_each_feature_once_and_counts_its_three_parts()
    {
        Assert.Equal(Features.All.Count, Features.All.Select(f => f.Name).Distinct().Count());
        Assert.Equal(Features.All.Count, Features.VisitorCount + Features.OfferCount + Features.PairCount);
        Assert.Equal("pair.goal-any", Features.All[Features.PairStart + Features.GoalAny].Name);
        Assert.Equal("pair.course-depth", Features.All[Features.PairStart + Features.CourseDepth].Name);
    }

    [Fact]
    public void Filling_uses_every_place_and_never_infinity() =>
        Any.Needs.Sample(needs =>
        {
            var facts = VisitorFacts.Of(needs);
            float[] visitor = Marked(Features.VisitorCount), offer = Marked(Features.OfferCount), pair = Marked(Features.PairCount);
            Features.OfVisitor(facts, visitor);
            Features.OfOffer(SmallFair.Catalogue, 3, offer);
            Features.OfPair(facts, SmallFair.Catalogue, 3, Verdict.Ask, float.NaN, pair);
            return visitor.Concat(offer).Concat(pair).All(x => float.IsNaN(x) || Math.Abs(x) < 1000);
        }, iter: 200);

    [Fact]
    public void Names_and_meanings_ask_for_nothing_that_must_not_be_asked()
    {
        foreach (var word in new[] { "national", "ethnic", "religion", "refugee", "flight", "diagnos", "birth" })
            Assert.DoesNotContain(Features.All, f => f.Name.Contains(word) || f.Meaning.Contains(word));
    }

    private static float[] Marked(int count) => [.. Enumerable.Repeat(float.PositiveInfinity, count)];
}
