namespace Matchmaking.Benchmarks.Simulate;

/// <summary>
/// Chance that follows from what it is asked about and not from who was asked before: a visitor meets the same luck with an offer whatever ranker
/// put it where it stands, so that rankers are compared by what they did.
/// </summary>
internal readonly record struct Luck(ulong Seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15, Prime = 0x100000001B3;

    public Luck Of(int what) => new(Mix(Seed ^ Mix((ulong)what + Golden)));

    public Luck Of(string what)
    {
        var sum = 0xCBF29CE484222325;
        foreach (var letter in what) sum = (sum ^ letter) * Prime;
        return new Luck(Mix(Seed ^ Mix(sum)));
    }

    /// <summary>Evenly from 0 to below 1.</summary>
    public double Share => (Mix(Seed) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Normally distributed, mean 0 and deviation 1.</summary>
    public double Normal => Math.Sqrt(-2 * Math.Log(1 - Share)) * Math.Cos(2 * Math.PI * Of(1).Share);

    public bool Comes(double probability) => Share < probability;

    /// <summary>SplitMix64's finisher (Steele, Lea, Flood 2014).</summary>
    private static ulong Mix(ulong x)
    {
        x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
        x = (x ^ x >> 27) * 0x94D049BB133111EB;
        return x ^ x >> 31;
    }
}
