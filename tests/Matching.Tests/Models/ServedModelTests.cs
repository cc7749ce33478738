using CsCheck;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Tests.Models;

public sealed class ServedModelTests
{
    [Fact]
    public void A_list_is_scored_as_by_walking_down_both_forests() => Gen.Select(Any.Needs, Gen.Int[1, 10_000]).Sample((needs, seed) =>
    {
        var (model, c, visitor) = (AnyModel.Of("m", seed), SmallFair.Catalogue, VisitorFacts.Of(needs));
        var judged = SmallFair.Today.JudgeAll(visitor, c);
        foreach (var item in Ranker.Rank(visitor, c, SmallFair.Today, includeNo: true, model: new ServedModel(model)).Items)
        {
            var row = Row(visitor, c, item.Offer, judged.VerdictOn(item.Offer));
            Assert.Equal(model.Score.Of((float)model.Usefulness.Score(row), (float)model.Acceptance.Score(row)), item.Score, 1e-5f);
        }
    }, iter: 40);

    [Fact]
    public void Every_match_of_a_model_has_a_reason_for_it() => Gen.Select(Any.Needs, Gen.Int[1, 10_000]).Sample((needs, seed) =>
    {
        var list = Ranker.Rank(VisitorFacts.Of(needs), SmallFair.Catalogue, SmallFair.Today, model: new ServedModel(AnyModel.Of("m", seed)));
        Assert.Equal(("model", "m"), (list.RankedBy.Kind, list.RankedBy.Version));
        Assert.All(list.Items, i => Assert.Contains(i.Reasons, r => r.Side == ReasonSide.For));
    }, iter: 40);

    [Fact]
    public void A_model_orders_the_list_but_what_a_person_came_for_stays_among_the_first_five()
    {
        var visitor = VisitorFacts.Of(new Needs { Language = "uk", Goals = ["learn-german", "work"], Consents = ["matching"] });
        var c = SmallFair.Catalogue;
        var list = Ranker.Rank(visitor, c, SmallFair.Today, model: new ServedModel(AnyModel.Preferring("m", Vocabulary.Kind("advice")))).Items;
        Assert.Equal("advice", c.Offers[list[0].Offer].Kind);
        Assert.NotEqual("advice", c.Offers[Ranker.Rank(visitor, c, SmallFair.Today).Items[0].Offer].Kind);
        var kinds = list.Take(5).Select(i => c.Offers[i.Offer].Kind).ToArray();
        Assert.Contains("course", kinds);
        Assert.Contains("employer", kinds);
    }

    [Fact]
    public void Scoring_allocates_nothing_however_many_offers_there_are()
    {
        var served = new ServedModel(AnyModel.Of("m", trees: 60));
        var visitor = VisitorFacts.Of(SmallFair.Nurse);
        Assert.Equal((0, 0), (Allocated(Copies(2)), Allocated(Copies(40))));

        long Allocated(CatalogueSnapshot c)
        {
            var (judged, scores) = (SmallFair.Today.JudgeAll(visitor, c), new float[c.Count]);
            served.Prepare(c);
            for (var i = 0; i < 3; i++) served.Score(visitor, c, judged, null, scores); // until the pools have what it takes
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 5; i++) served.Score(visitor, c, judged, null, scores);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        static CatalogueSnapshot Copies(int n) => SmallFair.Build(Enumerable.Range(0, n).SelectMany(i => SmallFair.AllOffers.Select(o => o with { Id = Guid.NewGuid(), Key = $"{o.Key} {i}" })));
    }

    [Fact]
    public void What_each_feature_adds_sums_up_to_the_score() => Gen.Select(Any.Needs, Gen.Int[1, 10_000], Gen.Int[0, SmallFair.Catalogue.Count - 1]).Sample((needs, seed, offer) =>
    {
        var (model, c, visitor) = (AnyModel.Of("m", seed), SmallFair.Catalogue, VisitorFacts.Of(needs));
        var row = Row(visitor, c, offer, SmallFair.Today.Judge(visitor, c, offer).Verdict);
        var (score, outputs) = ExplainRanking.OfModel(model, row);
        Assert.Equal(score, outputs.Sum(o => o.BaseScore + o.Parts.Sum(p => p.ScorePart)), 1e-5);
        Assert.All(outputs, o => Assert.Equal(o.Value, o.Base + o.Parts.Sum(p => p.Part), 1e-9));
        Assert.Equal(Ranker.Rank(visitor, c, SmallFair.Today, includeNo: true, model: new ServedModel(model)).Items.Single(i => i.Offer == offer).Score, score, 1e-5);

        var (plain, sums) = ExplainRanking.OfBaseline(row);
        Assert.Equal(Ranker.Rank(visitor, c, SmallFair.Today, includeNo: true).Items.Single(i => i.Offer == offer).Score, plain, 1e-6);
        Assert.Equal(plain, sums.Single().Parts.Sum(p => p.ScorePart), 1e-5);
    }, iter: 60);

    private static float[] Row(in VisitorFacts visitor, CatalogueSnapshot c, int offer, Verdict verdict)
    {
        var row = new float[Features.All.Count];
        Features.OfVisitor(visitor, row.AsSpan(0, Features.VisitorCount));
        Features.OfOffer(c, offer, row.AsSpan(Features.VisitorCount, Features.OfferCount));
        Features.OfPair(visitor, c, offer, verdict, float.NaN, row.AsSpan(Features.PairStart));
        return row;
    }
}
