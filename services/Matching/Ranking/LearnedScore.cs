namespace Matchmaking.Matching.Ranking;

/// <summary>
/// The one place where the two learned outputs become one score. Expected use is exp(<paramref name="Slope"/> x usefulness) x chance; its
/// logarithm, the same order, is moved and stretched to the mean and the spread that the baseline has within lists, because prices, lifts and margins
/// are in the baseline's units.
/// </summary>
/// <param name="Slope">Above 0: how much more use a unit of the usefulness forest's scale means, in natural logarithms.</param>
/// <param name="Offset">Added to the logarithm of expected use before it is stretched.</param>
/// <param name="Scale">Above 0: units of the baseline per unit of the logarithm.</param>
internal sealed record LearnedScore(double Slope, double Offset, double Scale)
{
    /// <summary>A chance is never told apart below this: who is nearly always declined is not declined for sure.</summary>
    public const float LeastChance = .02f;

    private const double Furthest = 1e6;

    /// <summary>Expected use of an offer to one visitor; compares offers for this visitor. Finite for every input, rises with both.</summary>
    public float Of(float usefulness, float chance)
    {
        var use = Slope * (double.IsNaN(usefulness) ? 0 : Math.Clamp(usefulness, -Furthest, Furthest));
        var known = float.IsNaN(chance) ? LeastChance : Math.Clamp(chance, LeastChance, 1);
        return (float)Math.Clamp(Scale * (Offset + use + Math.Log(known)), -Furthest, Furthest);
    }
}
