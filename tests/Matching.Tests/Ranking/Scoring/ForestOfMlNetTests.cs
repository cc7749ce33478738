using System.Runtime.InteropServices;
using Matchmaking.Matching.Ranking.Scoring;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Matchmaking.Matching.Tests.Ranking.Scoring;

/// <summary>Models that are trained here, scored by ML.NET both ways and by us.</summary>
public sealed class ForestOfMlNetTests
{
    private const int Visitors = 6, Offers = 6, Pairs = 6, All = Visitors + Offers + Pairs;
    private static readonly bool HasLightGbm =
        RuntimeInformation.ProcessArchitecture == Architecture.X64 && (OperatingSystem.IsLinux() || OperatingSystem.IsWindows());
    private readonly MLContext _ml = new(seed: 1);

    public sealed class Row
    {
        public float Label { get; set; }

        [KeyType(100_000)]
        public uint Group { get; set; }

        [VectorType(All)]
        public float[] Features { get; set; } = [];
    }

    public sealed class Scored
    {
        public float Score { get; set; }
    }

    [Theory]
    [InlineData("FastTree ranking", 31, false)]
    [InlineData("FastTree ranking", 31, true)]
    [InlineData("FastTree ranking", 2, true)]
    [InlineData("FastTree regression", 100, true)]
    [InlineData("LightGbm ranking", 31, false)]
    [InlineData("LightGbm ranking", 31, true)]
    [InlineData("LightGbm ranking", 60, true)]
    [InlineData("LightGbm regression", 100, true)]
    [InlineData("LightGbm regression", 31, false)]
    public void Scores_and_the_first_ten_are_those_of_ML_NET(string trainer, int leaves, bool missing)
    {
        Assert.SkipUnless(trainer.StartsWith("FastTree", StringComparison.Ordinal) || HasLightGbm, "LightGBM comes for x64 on Linux and Windows alone.");
        // FastTree leaves out rows with missing values when it trains, so it learns from whole ones; it is asked about both kinds.
        var rows = Rows(missing && trainer.StartsWith("LightGbm", StringComparison.Ordinal), 1);
        var model = Train(trainer, leaves, rows);
        var forest = ForestOfMlNet.Read(model.Model, All);
        var scorer = new FactoredScorer(forest, Visitors, Offers);
        Assert.True(leaves == 2 || scorer.Nodes is { Visitor: > 0, Offer: > 0, Pair: > 0 });

        var asked = Rows(missing, 2);
        var engine = _ml.Model.CreatePredictionEngine<Row, Scored>(model);
        var transformed = model.Transform(_ml.Data.LoadFromEnumerable(asked)).GetColumn<float>("Score").ToArray();
        var at = 0;
        foreach (var visitor in asked.GroupBy(r => r.Group).Select(g => g.ToArray()))
        {
            var ours = Score(scorer, visitor);
            for (var i = 0; i < ours.Length; i++)
            {
                Assert.Equal(transformed[at + i], ours[i], 1e-5);
                Assert.Equal(engine.Predict(visitor[i]).Score, ours[i], 1e-5);
            }
            SameFirstTen(transformed[at..(at + ours.Length)], ours);
            at += ours.Length;
        }
    }

    [Fact]
    public void A_model_that_learned_nothing_scores_the_same_for_everybody()
    {
        var rows = Rows(missing: false, 1);
        foreach (var row in rows) row.Label = 1;
        foreach (var trainer in new[] { "FastTree regression", "LightGbm regression" }.Take(HasLightGbm ? 2 : 1))
        {
            var model = Train(trainer, 31, rows);
            var scores = Score(new FactoredScorer(ForestOfMlNet.Read(model.Model, All), Visitors, Offers), rows[..50]);
            var theirs = model.Transform(_ml.Data.LoadFromEnumerable(rows[..50])).GetColumn<float>("Score").ToArray();
            Assert.All(scores, (score, i) => Assert.Equal(theirs[i], score, 1e-5));
        }
    }

    [Fact]
    public void A_model_of_more_features_or_of_another_kind_is_refused()
    {
        var rows = Rows(missing: false, 1);
        Assert.Throws<InvalidDataException>(() => ForestOfMlNet.Read(Train("FastTree regression", 31, rows).Model, 4));
        var tweedie = _ml.Regression.Trainers.FastTreeTweedie(numberOfLeaves: 4, numberOfTrees: 2).Fit(_ml.Data.LoadFromEnumerable(rows)).Model;
        Assert.Contains("no sum of trees", Assert.Throws<InvalidDataException>(() => ForestOfMlNet.Read(tweedie, All)).Message);
    }

    private ISingleFeaturePredictionTransformer<TreeEnsembleModelParametersBasedOnRegressionTree> Train(string trainer, int leaves, Row[] rows)
    {
        var data = _ml.Data.LoadFromEnumerable(rows);
        return trainer switch
        {
            "FastTree ranking" => _ml.Ranking.Trainers.FastTree(new FastTreeRankingTrainer.Options
            {
                NumberOfLeaves = leaves,
                NumberOfTrees = 40,
                MinimumExampleCountPerLeaf = 5,
                NumberOfThreads = 1,
                RowGroupColumnName = nameof(Row.Group),
            }).Fit(data),
            "FastTree regression" => _ml.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options
            {
                NumberOfLeaves = leaves,
                NumberOfTrees = 40,
                MinimumExampleCountPerLeaf = 5,
                NumberOfThreads = 1,
            }).Fit(data),
            "LightGbm ranking" => _ml.Ranking.Trainers.LightGbm(new LightGbmRankingTrainer.Options
            {
                NumberOfLeaves = leaves,
                NumberOfIterations = 40,
                MinimumExampleCountPerLeaf = 5,
                NumberOfThreads = 1,
                RowGroupColumnName = nameof(Row.Group),
            }).Fit(data),
            _ => _ml.Regression.Trainers.LightGbm(new LightGbmRegressionTrainer.Options
            {
                NumberOfLeaves = leaves,
                NumberOfIterations = 40,
                MinimumExampleCountPerLeaf = 5,
                NumberOfThreads = 1,
            }).Fit(data),
        };
    }

    private static float[] Score(FactoredScorer scorer, Row[] visitor)
    {
        var prepared = scorer.Prepare(visitor.Length, (i, into) => visitor[i].Features.AsSpan(Visitors, Offers).CopyTo(into));
        var columns = new PairColumns(Pairs);
        columns.Reset(visitor.Length);
        for (var i = 0; i < visitor.Length; i++) columns.Set(i, visitor[i].Features.AsSpan(Visitors + Offers));
        var scores = new float[visitor.Length];
        scorer.Score(prepared, visitor[0].Features.AsSpan(0, Visitors), columns, scores);
        return scores;
    }

    /// <summary>Position by position, but that those whose scores differ by less than the tolerance may stand in either order.</summary>
    private static void SameFirstTen(float[] theirs, float[] ours)
    {
        var expected = Order(theirs);
        var actual = Order(ours);
        for (var place = 0; place < 10; place++) Assert.Equal(theirs[expected[place]], theirs[actual[place]], 2e-5);

        static int[] Order(float[] scores) => [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ThenBy(i => i)];
    }

    /// <summary>40 visitors with 50 offers each; grades 0 to 4 that depend on all three kinds of features, and on what is missing.</summary>
    private static Row[] Rows(bool missing, int seed)
    {
        var random = new Random(seed);
        var offers = Enumerable.Range(0, 50).Select(_ => Values(Offers)).ToArray();
        return [.. Enumerable.Range(0, 40).SelectMany(visitor =>
        {
            var mine = Values(Visitors);
            return offers.Select(offer =>
            {
                var pair = Values(Pairs);
                float[] all = [.. mine, .. offer, .. pair];
                var use = Of(mine[0]) * Of(offer[0]) + Of(pair[0]) + Of(pair[1]) * Of(mine[1]) + (Of(offer[1]) > .5 ? Of(pair[2]) : Of(mine[2])) + Of(pair[3]);
                return new Row { Label = (float)Math.Clamp(Math.Floor(use * 1.4 + random.NextDouble() * .3), 0, 4), Group = (uint)visitor + 1, Features = all };
            });
        })];

        float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => missing && random.Next(6) == 0 ? float.NaN
            : i % 2 == 0 ? (float)random.NextDouble() : random.Next(5) / 4f)];

        static double Of(float value) => float.IsNaN(value) ? .8 : value;
    }
}
