namespace Matchmaking.Matching.Ranking;

/// <summary>
/// The one place where the two learned outputs become one score. Expected use is softplus(<paramref name="Slope"/> x usefulness) x chance: as good as
/// the product where usefulness is clearly above 0, and still falling where an estimate came out at 0 or below. Its logarithm, the same order, is moved
/// and stretched to the mean and the spread that the baseline has within lists, because prices, lifts and margins are in the baseline's units.
/// </summary>
/// <param name="Slope">Above 0: the inverse of a usefulness that is little; below it estimates say less and less apart.</param>
/// <param name="Offset">Added to the logarithm of expected use before it is stretched.</param>
/// <param name="Scale">Above 0: units of the baseline per unit of the logarithm.</param>
internal sealed record LearnedScore(double Slope, double Offset, double Scale)
{
    /// <summary>A chance is never told apart below this: who is nearly always declined is not declined for sure.</summary>
    public const float LeastChance = .02f;

    private const double Furthest = 1e6;

    /// <summary>The usefulness that stands for an expected use at slope 1: the inverse of softplus.</summary>
    /// <param name="use">Above 0.</param>
    public static float Before(double use) => (float)Math.Log(Math.Exp(Math.Max(use, 1e-6)) - 1);

    /// <summary>Expected use of an offer to one visitor; compares offers for this visitor. Finite for every input, rises with both.</summary>
    public float Of(float usefulness, float chance)
    {
        var use = float.IsNaN(usefulness) ? 0 : Math.Clamp(Slope * usefulness, -Furthest, Furthest);
        // Log of softplus; where e^x is too small for 1 + e^x to tell, by its series, and where it is too large, by x itself.
        var log = use < -12 ? use - Math.Exp(use) / 2 : Math.Log(use > 40 ? use : Math.Log(1 + Math.Exp(use)));
        var known = float.IsNaN(chance) ? LeastChance : Math.Clamp(chance, LeastChance, 1);
        return (float)Math.Clamp(Scale * (Offset + log + Math.Log(known)), -Furthest, Furthest);
    }
}
