using Matchmaking.Matching.Ranking.Scoring;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace Matchmaking.Matching.Learning.Fairs;

/// <param name="Rate">Learning rate.</param>
/// <param name="LeastRows">In a leaf.</param>
internal sealed record TreeShape(int Trees, int Leaves, double Rate, int LeastRows, double FeatureShare);

/// <summary>
/// Forests by FastTree, one thread and a seed: the same rows give the same trees. FastTree leaves out every row in which something is not known, which
/// here is every row; so what is not known is learned as a number below all others, and the forest sends it the way that number went: left, always.
/// </summary>
internal static class FairTrees
{
    /// <summary>Below every feature (levels, shares, years, counts), and exact in a float.</summary>
    public const float NotKnown = -1024;

    /// <summary>Trees that estimate a number.</summary>
    /// <param name="known">Weight: how much a row counts, the inverse of how uncertain its value is.</param>
    public static Forest Estimate(IReadOnlyList<(float[] Features, float Value, float Weight)> known, TreeShape shape, int seed)
    {
        var mean = (float)(known.Sum(k => (double)k.Value * k.Weight) / known.Sum(k => (double)k.Weight));
        var rows = known.Select(k => new TreeRow { Label = k.Value - mean, Weight = k.Weight, Features = Whole(k.Features) }).ToArray();
        var ml = new MLContext(seed);
        var options = new FastTreeRegressionTrainer.Options
        {
            LabelColumnName = nameof(TreeRow.Label),
            FeatureColumnName = nameof(TreeRow.Features),
            ExampleWeightColumnName = nameof(TreeRow.Weight),
            NumberOfTrees = shape.Trees,
            NumberOfLeaves = shape.Leaves,
            LearningRate = shape.Rate,
            MinimumExampleCountPerLeaf = shape.LeastRows,
            FeatureFraction = shape.FeatureShare,
            NumberOfThreads = 1,
            Seed = seed,
            FeatureSelectionSeed = seed,
        };
        return Read(ml.Regression.Trainers.FastTree(options).Fit(Load(ml, rows)).Model, rows[0].Features.Length, mean);
    }

    /// <summary>The forest as it has to be read: missing goes where <see cref="NotKnown"/> went.</summary>
    private static Forest Read(TreeEnsembleModelParametersBasedOnRegressionTree model, int features, double mean)
    {
        var read = ForestOfMlNet.Read(model, features);
        return new Forest(features, mean + read.Base, [.. read.Trees.Select(tree => new Tree(
            [.. tree.Feature], [.. tree.Threshold], [.. tree.Threshold.ToArray().Select(t => NotKnown <= t)], [.. tree.Left], [.. tree.Right], [.. tree.Leaves]))]);
    }

    private static IDataView Load(MLContext ml, TreeRow[] rows)
    {
        var schema = SchemaDefinition.Create(typeof(TreeRow));
        schema[nameof(TreeRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Features.Length);
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    private static float[] Whole(float[] features) => Array.ConvertAll(features, x => float.IsNaN(x) ? NotKnown : x);

    private sealed class TreeRow
    {
        public float Label { get; set; }
        public float Weight { get; set; } = 1;
        public float[] Features { get; set; } = [];
    }
}
