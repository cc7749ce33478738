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

    /// <summary>Trees that order lists (LambdaMART).</summary>
    /// <param name="labels">For each list the label of each row: an index into the gains.</param>
    /// <param name="gains">Rising.</param>
    public static Forest Order(IReadOnlyList<ShownRows> lists, IReadOnlyList<int[]> labels, double[] gains, TreeShape shape, int seed)
    {
        var rows = lists.SelectMany((list, l) => list.Rows.Select((row, r) => new TreeRow { Group = (uint)l + 1, Label = labels[l][r], Features = Whole(row.Features) })).ToArray();
        var ml = new MLContext(seed);
        var options = new FastTreeRankingTrainer.Options { RowGroupColumnName = nameof(TreeRow.Group), CustomGains = gains };
        return Read(ml.Ranking.Trainers.FastTree(Set(options, shape, seed)).Fit(Load(ml, rows)).Model, rows[0].Features.Length, 0);
    }

    /// <summary>Trees that estimate a number.</summary>
    public static Forest Estimate(IReadOnlyList<(float[] Features, float Value)> known, TreeShape shape, int seed)
    {
        var mean = known.Average(k => k.Value);
        var rows = known.Select(k => new TreeRow { Label = k.Value - mean, Features = Whole(k.Features) }).ToArray();
        var ml = new MLContext(seed);
        return Read(ml.Regression.Trainers.FastTree(Set(new FastTreeRegressionTrainer.Options(), shape, seed)).Fit(Load(ml, rows)).Model, rows[0].Features.Length, mean);
    }

    /// <summary>The forest as it has to be read: missing goes where <see cref="NotKnown"/> went.</summary>
    private static Forest Read(TreeEnsembleModelParametersBasedOnRegressionTree model, int features, double mean)
    {
        var read = ForestOfMlNet.Read(model, features);
        return new Forest(features, mean + read.Base, [.. read.Trees.Select(tree => new Tree(
            [.. tree.Feature], [.. tree.Threshold], [.. tree.Threshold.ToArray().Select(t => NotKnown <= t)], [.. tree.Left], [.. tree.Right], [.. tree.Leaves]))]);
    }

    private static TOptions Set<TOptions>(TOptions options, TreeShape shape, int seed) where TOptions : BoostedTreeOptions
    {
        (options.LabelColumnName, options.FeatureColumnName) = (nameof(TreeRow.Label), nameof(TreeRow.Features));
        (options.NumberOfTrees, options.NumberOfLeaves, options.LearningRate) = (shape.Trees, shape.Leaves, shape.Rate);
        (options.MinimumExampleCountPerLeaf, options.FeatureFraction) = (shape.LeastRows, shape.FeatureShare);
        (options.NumberOfThreads, options.Seed, options.FeatureSelectionSeed) = (1, seed, seed);
        return options;
    }

    private static IDataView Load(MLContext ml, TreeRow[] rows)
    {
        var schema = SchemaDefinition.Create(typeof(TreeRow));
        schema[nameof(TreeRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Features.Length);
        schema[nameof(TreeRow.Group)].ColumnType = new KeyDataViewType(typeof(uint), uint.MaxValue - 1);
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    private static float[] Whole(float[] features) => Array.ConvertAll(features, x => float.IsNaN(x) ? NotKnown : x);

    private sealed class TreeRow
    {
        public uint Group { get; set; }
        public float Label { get; set; }
        public float[] Features { get; set; } = [];
    }
}
