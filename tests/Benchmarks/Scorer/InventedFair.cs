using Matchmaking.Matching.Ranking.Scoring;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Matchmaking.Benchmarks.Scorer;

/// <summary>What ML.NET's ways of scoring are given.</summary>
internal sealed class PairRow
{
    public float Label { get; set; }

    [KeyType(1_000_000)]
    public uint Visitor { get; set; }

    [VectorType(InventedFair.Features)]
    public float[] Features { get; set; } = [];
}

internal sealed class PairScore
{
    public float Score { get; set; }
}

/// <summary>
/// Visitors, offers and grades out of a seeded generator, in the proportions of the real list of features: flags, codes and numbers, a tenth of
/// them missing, and pair features that compare one side with the other. Grades depend on all three kinds, so the trees ask for all three.
/// </summary>
internal static class InventedFair
{
    public const int VisitorFeatures = 24, OfferFeatures = 24, PairFeatures = 12, Features = VisitorFeatures + OfferFeatures + PairFeatures;

    public static float[] Side(Random random) => [.. Enumerable.Range(0, VisitorFeatures).Select(i => random.Next(10) == 0 ? float.NaN : (i % 3) switch
    {
        0 => random.Next(2),
        1 => random.Next(7),
        _ => (float)random.NextDouble(),
    })];

    public static void Pair(Random random, float[] visitor, float[] offer, Span<float> into)
    {
        for (var f = 0; f < PairFeatures; f++)
        {
            var (a, b) = (visitor[2 * f], offer[2 * f]);
            into[f] = (f % 4) switch { 0 => a - b, 1 => a * b, 2 => a == b ? 1 : 0, _ => (float)random.NextDouble() };
        }
    }

    /// <summary>A ranking model as it would be served, by LightGBM in ML.NET.</summary>
    public static RankingPredictionTransformer<LightGbmRankingModelParameters> Train(MLContext ml, int trees, int leaves)
    {
        var random = new Random(20261123);
        var offers = Enumerable.Range(0, 500).Select(_ => Side(random)).ToArray();
        var rows = new List<PairRow>();
        for (var visitor = 1u; visitor <= 600; visitor++)
        {
            var mine = Side(random);
            for (var i = 0; i < 50; i++)
            {
                var offer = offers[random.Next(offers.Length)];
                var all = new float[Features];
                mine.CopyTo(all, 0);
                offer.CopyTo(all, VisitorFeatures);
                Pair(random, mine, offer, all.AsSpan(VisitorFeatures + OfferFeatures));
                rows.Add(new PairRow { Label = Grade(random, mine, offer, all.AsSpan(VisitorFeatures + OfferFeatures)), Visitor = visitor, Features = all });
            }
        }
        return ml.Ranking.Trainers.LightGbm(new LightGbmRankingTrainer.Options
        {
            NumberOfIterations = trees,
            NumberOfLeaves = leaves,
            MinimumExampleCountPerLeaf = 20,
            NumberOfThreads = 1,
            RowGroupColumnName = nameof(PairRow.Visitor),
        }).Fit(ml.Data.LoadFromEnumerable(rows));
    }

    public static Forest Read(RankingPredictionTransformer<LightGbmRankingModelParameters> model) =>
        ForestOfMlNet.Read((TreeEnsembleModelParametersBasedOnRegressionTree)model.Model, Features);

    private static float Grade(Random random, float[] visitor, float[] offer, Span<float> pair)
    {
        var use = random.NextDouble() * .5;
        for (var f = 0; f < PairFeatures; f++) use += Known(pair[f]) * (f % 2 == 0 ? .4 : .2);
        for (var f = 2; f < OfferFeatures; f += 3)
            use += Known(offer[f]) * (Known(visitor[f]) > .5 ? .6 : -.2) + (Known(visitor[f - 1]) > 3 ? Known(offer[f - 2]) : 0) * .4;
        return (float)Math.Clamp(Math.Floor(use), 0, 4);
    }

    private static double Known(float value) => float.IsNaN(value) ? .4 : value;
}

/// <summary>Offers of one size and the requests of some visitors, in the form in which each contender wants them.</summary>
internal sealed class ScorerLoad
{
    public ScorerLoad(int offers, int requests)
    {
        var random = new Random(offers);
        Offers = [.. Enumerable.Range(0, offers).Select(_ => InventedFair.Side(random))];
        Requests = [.. Enumerable.Range(0, requests).Select(_ => new ScorerRequest(random, Offers))];
    }

    public float[][] Offers { get; }
    public ScorerRequest[] Requests { get; }
}

internal sealed class ScorerRequest
{
    public ScorerRequest(Random random, float[][] offers)
    {
        Visitor = InventedFair.Side(random);
        Columns.Reset(offers.Length);
        Matrix = new float[offers.Length * InventedFair.Features];
        Rows = new PairRow[offers.Length];
        for (var i = 0; i < offers.Length; i++)
        {
            var row = Matrix.AsSpan(i * InventedFair.Features, InventedFair.Features);
            Visitor.CopyTo(row);
            offers[i].CopyTo(row[InventedFair.VisitorFeatures..]);
            var pair = row[(InventedFair.VisitorFeatures + InventedFair.OfferFeatures)..];
            InventedFair.Pair(random, Visitor, offers[i], pair);
            Columns.Set(i, pair);
            Rows[i] = new PairRow { Features = row.ToArray() };
        }
    }

    public float[] Visitor { get; }

    /// <summary>For us: the pair's features by columns.</summary>
    public PairColumns Columns { get; } = new(InventedFair.PairFeatures);

    /// <summary>For LightGBM: all features, row by row.</summary>
    public float[] Matrix { get; }

    /// <summary>For ML.NET: the same as objects.</summary>
    public PairRow[] Rows { get; }
}
