using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Ranking.Scoring;
using Matchmaking.Matching.Tests.Ranking.Scoring;

namespace Matchmaking.Matching.Tests.Models;

/// <summary>Models that nobody trained: forests over the features as they are, which order offers somehow and always the same.</summary>
internal static class AnyModel
{
    public static readonly TrainingFacts Facts = new(DemoFair.Before, DemoFair.Before.AddHours(3), 321, 280, 90, 40, 3, 25, 7);

    private static readonly Estimate Some = new(280, .02, -.01, .05), None = new(0, null, null, null);

    public static readonly ModelReport Report = new(
        "no-worse", ["ndcg-within", "value-unsure"], 80, 75, DemoFair.Before, DemoFair.Before.AddHours(3), new Paired(Some, Some, Some), new Paired(None, None, None),
        [new PolicyValue("seen", Some, Some, Some, Some, 55.5, .8, null), new PolicyValue("place", None, None, None, None, 3.2, .1, "support")],
        [new GroupGap("language", "uk", 60, Some, Some, 1.04, Some, false)], new ExposureChange(.3, .28, 2, 1, .6, .7, 60, 262), [1, .8, .6, .5, .4], true);

    public static LearnedModel Of(string version, int seed = 1, int trees = 20)
    {
        var (visitors, offers, pairs) = (Features.VisitorCount, Features.OfferCount, Features.PairCount);
        var random = new Random(seed);
        return new LearnedModel(
            version, AnyForest.Make(random, trees, 31, null, visitors, offers, pairs, 0).Forest, AnyForest.Make(random, trees, 31, null, visitors, offers, pairs, 0).Forest,
            new LearnedScore(.8, 1.5, .3), Facts with { Seed = seed }, Report);
    }

    /// <summary>Prefers one kind of offer to all others: of which it is can be seen in any list.</summary>
    public static LearnedModel Preferring(string version, byte kind)
    {
        var at = Features.VisitorCount; // offer.kind
        var tree = new Tree([at, at], [kind - .5f, kind + .5f], [false, false], [~0, ~1], [1, ~2], [-3, 3, -3]);
        return Of(version) with { Usefulness = new Forest(Features.All.Count, 0, [tree]), Acceptance = new Forest(Features.All.Count, .5, []) };
    }
}
