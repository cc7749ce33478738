using Matchmaking.Matching.Learning;
using Matchmaking.Matching.Learning.Encoders;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Tests.Learning;

public sealed class LearnedRankerTests
{
    private static readonly OutcomeTable Fair = InventedFair.Make(1);
    private static readonly int[] Training = [.. Enumerable.Range(0, 240)];
    private static readonly int[] Newcomers = [.. Enumerable.Range(240, 60)];

    [Fact]
    public void What_newcomers_did_changes_nothing_in_their_lists()
    {
        var planted = Fair.Of.ToArray();
        foreach (var visitor in Newcomers) planted[visitor] = [.. Enumerable.Range(0, 20).Select(offer => new Outcome(offer, 4))];
        foreach (var ranker in new Func<IRanker>[] { () => new PopularityRanker(), () => new RidgeRanker(), () => new LearnedRanker() })
            Assert.Equal(Scores(ranker(), Fair), Scores(ranker(), Fair with { Of = planted }));
    }

    [Fact]
    public void The_same_data_and_seed_give_the_same_scores() =>
        Assert.Equal(Scores(new LearnedRanker(), Fair.Only(Training)), Scores(new LearnedRanker(), Fair.Only(Training)));

    [Fact]
    public void Trees_of_the_same_candidates_and_seed_are_the_same()
    {
        var random = new Random(5);
        Candidate[] rows = [.. Enumerable.Range(0, 3000).Select(i =>
        {
            float[] features = [random.NextSingle(), random.NextSingle(), random.NextSingle()];
            return new Candidate { Group = 1 + (uint)i / 20, Features = features, Label = features[0] + .3f * features[1] > .8f ? 1 : 0 };
        })];
        Assert.Equal(new LambdaMart(rows, [0, 1, 2, 3, 4], 3).Score(rows), new LambdaMart(rows, [0, 1, 2, 3, 4], 3).Score(rows));
    }

    [Fact]
    public void On_a_fair_where_profiles_matter_ours_is_above_popularity_and_not_below_ridge()
    {
        var results = Comparison.Run(InventedFair.Make(2), () => [new PopularityRanker(), new RidgeRanker(), new LearnedRanker()], 5, 1);
        var (popularity, ridge, ours) = (results[0].Ndcg, results[1].Ndcg, results[2].Ndcg);
        Assert.True(Gain(ours, popularity).Low > 0, $"{Gain(ours, popularity)}");
        Assert.True(Gain(ours, ridge).High > 0, $"{Gain(ours, ridge)}");
    }

    [Fact]
    public void Where_profiles_say_nothing_ours_stays_near_popularity()
    {
        var results = Comparison.Run(InventedFair.Make(3, taste: 0), () => [new PopularityRanker(), new LearnedRanker()], 5, 1);
        Assert.True(Gain(results[1].Ndcg, results[0].Ndcg).Mean > -.015, $"{Gain(results[1].Ndcg, results[0].Ndcg)}");
    }

    [Fact]
    public void What_is_not_known_is_below_all_that_is_known_and_still_a_number()
    {
        var ages = ((NumberColumn)Fair.Visitors.Columns[0]).Values.ToArray();
        (ages[7], ages[8]) = (float.NaN, ages.Min());
        var features = new PairFeatures(Fair with { Visitors = new SideTable(Fair.Visitors.Ids, [new NumberColumn("age", ages)]) }, Training);
        var (unknown, youngest) = (features.Of(7, 0, 0, 0, 0, 0), features.Of(8, 0, 0, 0, 0, 0));
        Assert.All(unknown, value => Assert.True(float.IsFinite(value)));
        Assert.True(unknown[8] < youngest[8], $"{unknown[8]}, {youngest[8]}");
    }

    [Fact]
    public void Columns_are_taken_in_pairs_only_as_far_as_a_regression_can_bear()
    {
        var random = new Random(3);
        Column[] narrow = [.. Enumerable.Range(0, 20).Select(c => new NumberColumn($"c{c}", [.. Enumerable.Range(0, 300).Select(_ => (float)random.Next(3))]))];
        var table = new SideTable([.. Enumerable.Range(0, 300).Select(i => $"v{i}")], narrow);
        var (plain, paired) = (new VisitorEncoder(table, Training), new VisitorEncoder(table, Training, pairs: true));
        Assert.InRange(paired.Width - plain.Width, 100, 200);
    }

    [Fact]
    public void The_outcomes_of_others_are_not_there()
    {
        var only = Fair.Only([3, 5]);
        Assert.Equal([3, 5], Enumerable.Range(0, Fair.Visitors.Count).Where(v => only.Of[v].Length > 0));
    }

    private static float[] Scores(IRanker ranker, OutcomeTable data)
    {
        ranker.Train(data, Training, 7);
        return ranker.Score(Newcomers).Cells;
    }

    private static (double Mean, double Low, double High) Gain(double[] ours, double[] theirs) =>
        RankingQuality.Bootstrap([.. ours.Zip(theirs, (a, b) => a - b)], 1);
}
