using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Matchmaking.Matching.Ranking.Scoring;

namespace Matchmaking.Benchmarks.Scorer;

/// <summary>
/// The same forest in LightGBM's own library, which comes with the package. ML.NET throws its booster away after training, so the model is written
/// in LightGBM's text format and loaded from there; that both score alike is checked before anything is timed.
/// </summary>
internal sealed class NativeBooster : IDisposable
{
    private const string Library = "lib_lightgbm", OneThread = "num_threads=1 verbosity=-1";
    private const int Float32 = 0, RawScore = 1, MissingIsNaN = 2 << 2, DefaultLeft = 2;
    private readonly nint _handle;
    private readonly int _features;

    public NativeBooster(Forest forest)
    {
        _features = forest.FeatureCount;
        Check(LGBM_BoosterLoadModelFromString(Text(forest), out _, out _handle));
    }

    /// <summary>A batch of rows in one call, as many as there are places for results, by one thread.</summary>
    public void Predict(float[] matrix, double[] scores) => Check(LGBM_BoosterPredictForMat(
        _handle, matrix, Float32, scores.Length, _features, 1, RawScore, 0, -1, OneThread, out _, scores));

    public void Dispose() => Check(LGBM_BoosterFree(_handle));

    private static string Text(Forest forest)
    {
        var text = new StringBuilder("tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n");
        text.Append(CultureInfo.InvariantCulture, $"max_feature_idx={forest.FeatureCount - 1}\nobjective=lambdarank\n");
        Line("feature_names", Enumerable.Range(0, forest.FeatureCount).Select(f => $"f{f}"));
        Line("feature_infos", Enumerable.Range(0, forest.FeatureCount).Select(_ => "[-1e300:1e300]"));
        text.Append('\n');
        for (var t = 0; t < forest.Trees.Count; t++)
        {
            var tree = forest.Trees[t];
            text.Append(CultureInfo.InvariantCulture, $"Tree={t}\nnum_leaves={tree.Leaves.Length}\nnum_cat=0\n");
            if (tree.Nodes > 0)
            {
                Line("split_feature", tree.Feature.ToArray().Select(f => $"{f}"));
                Line("threshold", tree.Threshold.ToArray().Select(x => ((double)x).ToString("R", CultureInfo.InvariantCulture)));
                Line("decision_type", tree.MissingLeft.ToArray().Select(left => $"{MissingIsNaN | (left ? DefaultLeft : 0)}"));
                Line("left_child", tree.Left.ToArray().Select(c => $"{c}"));
                Line("right_child", tree.Right.ToArray().Select(c => $"{c}"));
            }
            Line("leaf_value", tree.Leaves.ToArray().Select(x => x.ToString("R", CultureInfo.InvariantCulture)));
            text.Append("is_linear=0\nshrinkage=1\n\n\n");
        }
        return text.Append("end of trees\n").ToString();

        void Line(string name, IEnumerable<string> values) => text.Append(name).Append('=').AppendJoin(' ', values).Append('\n');
    }

    private static void Check(int answer)
    {
        if (answer != 0) throw new InvalidOperationException($"LightGBM: {Marshal.PtrToStringUTF8(LGBM_GetLastError())}");
    }

    [DllImport(Library)]
    private static extern int LGBM_BoosterLoadModelFromString([MarshalAs(UnmanagedType.LPUTF8Str)] string model, out int iterations, out nint handle);

    [DllImport(Library)]
    private static extern int LGBM_BoosterPredictForMat(
        nint handle, float[] data, int dataType, int rows, int columns, int rowMajor, int predictType, int startIteration, int iterations,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string parameters, out long length, [Out] double[] result);

    [DllImport(Library)]
    private static extern int LGBM_BoosterFree(nint handle);

    [DllImport(Library)]
    private static extern nint LGBM_GetLastError();
}
