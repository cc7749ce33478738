using Matchmaking.Contracts.Matching;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// The ranking of the first fair, when nothing has been learned: a sum of pair features with fixed weights that anybody can read here.
/// A feature that is not known adds nothing. Weights were set by hand on lists that advisers would recognise, not learned.
/// </summary>
internal static class Baseline
{
    /// <summary>2: occupations are near by field of work too, not by their leading digits alone.</summary>
    public static readonly RankedBy RankedBy = new("baseline", "2");

    /// <summary>By pair feature.</summary>
    public static readonly float[] Weights = Table(
        (Features.GoalAny, .30f),          // what people came for
        (Features.GoalShare, .06f),
        (Features.TopicAny, .30f),         // a named topic is as strong as a goal
        (Features.Focus, .10f),            // the specialist before the generalist
        (Features.VerdictValue, .20f),     // open to them at all
        (Features.LevelFit, .15f),
        (Features.IscoShared, .30f),       // by closeness
        (Features.OtherOccupation, -.20f),
        (Features.Language, .14f),         // can they talk to each other
        (Features.Script, .20f),
        (Features.Newcomer, .28f),         // orientation first for those who are new
        (Features.Recognition, .20f),
        (Features.Childcare, .08f),
        (Features.Evening, .04f),
        (Features.Access, .06f),
        (Features.Interpreting, .08f),
        (Features.Time, .06f),
        (Features.Youth, .06f),
        (Features.CourseDepth, .20f));     // a whole course before an afternoon

    /// <summary>Expected use to the visitor on an open scale, about -0.5 to 2; compares offers for one visitor and nothing else.</summary>
    /// <param name="pair">Pair features as <see cref="Features.OfPair"/> fills them.</param>
    public static float Score(ReadOnlySpan<float> pair) => Score(pair, Weights);

    /// <summary>The same with other weights.</summary>
    /// <param name="weights">By pair feature, as <see cref="With"/> makes them.</param>
    public static float Score(ReadOnlySpan<float> pair, float[] weights)
    {
        var sum = 0f;
        for (var i = 0; i < weights.Length; i++) sum += float.IsNaN(pair[i]) ? 0 : weights[i] * pair[i];
        return sum;
    }

    /// <summary>The weights with some of them changed.</summary>
    /// <param name="changes">By position among the pair features.</param>
    public static float[] With(IReadOnlyDictionary<int, float> changes) => [.. Weights.Select((weight, at) => changes.TryGetValue(at, out var other) ? other : weight)];

    /// <summary>What each pair feature adds; the parts sum up to the score. For analysts.</summary>
    public static IReadOnlyList<(Feature Feature, float Value, float Part)> Explain(ReadOnlySpan<float> pair)
    {
        var parts = new (Feature, float, float)[Weights.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = (Features.All[Features.PairStart + i], pair[i], float.IsNaN(pair[i]) ? 0 : Weights[i] * pair[i]);
        return parts;
    }

    private static float[] Table(params (int At, float Weight)[] rows)
    {
        var weights = new float[Features.PairCount];
        foreach (var (at, weight) in rows) weights[at] = weight;
        return weights;
    }
}
