namespace Matchmaking.Matching.Scheduling;

/// <summary>
/// What a schedule is worth, in the order in which it counts:
/// <list type="number">
/// <item>how many visitors have at least one meeting,</item>
/// <item>how many have at least two,</item>
/// <item>the summed worth of all meetings that are drawn up.</item>
/// </list>
/// A schedule is better than another where it is better in the first of these in which they differ: the worst-off come first, and nobody has a third
/// meeting as long as somebody else could have a first or second one instead. Kept meetings count in the first two, as they are somebody's first.
/// </summary>
internal readonly record struct Fairness(long First, long Second, long Worth) : IComparable<Fairness>
{
    /// <summary>What a meeting of certain use is worth that was wished for most. Whole numbers, so that every solver is exact.</summary>
    public const int MostWorth = 1000;

    /// <summary>A wish counts a tenth of the first less for each place further down, and half from the sixth on.</summary>
    private const double LessByPlace = .1, Least = .5;

    /// <param name="place">Of the wish, from 0.</param>
    /// <returns>From 1 to <see cref="MostWorth"/>.</returns>
    public static int WorthOf(double chance, int place) =>
        Math.Max(1, (int)Math.Round(MostWorth * Math.Clamp(chance, 0, 1) * Math.Max(Least, 1 - LessByPlace * place)));

    public static Fairness operator +(Fairness a, Fairness b) => new(a.First + b.First, a.Second + b.Second, a.Worth + b.Worth);

    public static Fairness operator -(Fairness a, Fairness b) => new(a.First - b.First, a.Second - b.Second, a.Worth - b.Worth);

    public Fairness Times(int times) => new(First * times, Second * times, Worth * times);

    /// <summary>What a meeting adds by being somebody's next.</summary>
    /// <param name="round">How many they have, from 0.</param>
    public static Fairness OfRound(int round) => round switch { 0 => new(1, 0, 0), 1 => new(0, 1, 0), _ => default };

    public int CompareTo(Fairness other) => (First, Second, Worth).CompareTo((other.First, other.Second, other.Worth));

    /// <summary>
    /// The smallest of three shares: of first meetings, of first and second ones, and of worth. Second ones alone would say nothing: where seats are scarce
    /// the best schedule has next to none.
    /// </summary>
    public double ShareOf(Fairness best) =>
        Math.Min(Share(First, best.First), Math.Min(Share(First + Second, best.First + best.Second), Share(Worth, best.Worth)));

    private static double Share(long reached, long of) => of <= 0 ? 1 : (double)reached / of;
}

/// <summary>
/// The same order as one whole number to add up: a second meeting outweighs the worth of all others together, a first one all second ones beside.
/// </summary>
internal readonly record struct RoundWeights(long First, long Second)
{
    /// <param name="meetings">No schedule has more.</param>
    public static RoundWeights For(int visitors, long meetings)
    {
        var second = checked(meetings * Fairness.MostWorth + 1);
        return new(checked(second * (visitors + 1L)), second);
    }

    /// <param name="round">From 0: which meeting it is for the visitor.</param>
    public long Of(int round) => round switch { 0 => First, 1 => Second, _ => 0 };

    public long Sum(Fairness f) => f.First * First + f.Second * Second + f.Worth;

    /// <summary>Takes a sum apart again.</summary>
    public Fairness Split(long sum)
    {
        var (first, rest) = Math.DivRem(sum, First);
        var (second, worth) = Math.DivRem(rest, Second);
        return new(first, second, worth);
    }
}
