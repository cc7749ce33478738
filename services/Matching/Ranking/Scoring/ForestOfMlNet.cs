using System.Reflection;
using Microsoft.ML.Trainers.FastTree;

namespace Matchmaking.Matching.Ranking.Scoring;

/// <summary>
/// Reads what ML.NET's FastTree and LightGBM trainers made: regression and ranking, which score by a plain sum of leaves. Models that do more
/// to the sum (binary classification, Tweedie, random forests) and categorical splits are refused with <see cref="InvalidDataException"/>.
/// </summary>
internal static class ForestOfMlNet
{
    // ML.NET shows everything of a tree but where a missing value goes. These two names are checked by tests against its own scores.
    private static readonly FieldInfo? Inner = typeof(RegressionTreeBase).GetField("_tree", BindingFlags.Instance | BindingFlags.NonPublic);
    private static readonly FieldInfo? ForMissing = Inner?.FieldType.GetField("DefaultValueForMissing");

    /// <param name="featureCount">Length of the vector that the model was trained on.</param>
    public static Forest Read(TreeEnsembleModelParametersBasedOnRegressionTree model, int featureCount)
    {
        var kind = model.GetType().Name;
        if (kind is not ("FastTreeRankingModelParameters" or "FastTreeRegressionModelParameters"
            or "LightGbmRankingModelParameters" or "LightGbmRegressionModelParameters"))
            throw new InvalidDataException($"A {kind} is no sum of trees; train a ranking or a regression with FastTree or LightGBM.");
        var ensemble = model.TrainedTreeEnsemble;
        return new Forest(featureCount, 0, [.. ensemble.Trees.Select(Of)]);
    }

    private static Tree Of(RegressionTree tree)
    {
        // "Nothing learned" is a node whose left child is itself; it scores 0.
        if (tree.NumberOfNodes == 0 || tree.LeftChild[0] == 0) return new Tree([], [], [], [], [], [0]);
        if (tree.CategoricalSplitFlags.Any(x => x))
            throw new InvalidDataException("The model has categorical splits; train with UseCategoricalSplit (FastTree: CategoricalSplit) off.");
        float[] threshold = [.. tree.NumericalSplitThresholds];
        return new Tree(
            [.. tree.NumericalSplitFeatureIndexes], threshold, MissingLeft(tree, threshold), [.. tree.LeftChild], [.. tree.RightChild], [.. tree.LeafValues]);
    }

    /// <summary>ML.NET puts a node's default in the place of a missing value and compares; without defaults NaN compares as greater.</summary>
    private static bool[] MissingLeft(RegressionTree tree, float[] threshold)
    {
        if (Inner is null || ForMissing is null)
            throw new NotSupportedException("This version of Microsoft.ML.FastTree keeps its defaults for missing values elsewhere; adapt ForestOfMlNet.");
        return ForMissing.GetValue(Inner.GetValue(tree)) is float[] values
            ? [.. threshold.Select((t, i) => values[i] <= t)]
            : new bool[threshold.Length];
    }
}
