namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// How likely somebody looks as far as a place of the list, the first place 1: the position-based model, chance of opening = examination of the
/// place x attraction of the offer. Attraction is log-linear in <see cref="PairTerms"/> and <see cref="OrderTerms"/>, which is all that the order was
/// made from; so both are one Poisson regression with a term for each place. It is told apart because the same kind of offer stands on many places: for people with
/// many good offers lower than for those with few, and by exploration, which swaps places by chance. Places of which little is known are drawn to a
/// falling curve that all of them tell of, and that to <see cref="Prior"/>, and no place is looked at more than one above it.
/// </summary>
/// <param name="ByPlace">From 0; places further down are looked at as the last one.</param>
/// <param name="Known">False: too little was opened, and <see cref="Prior"/> stands for it.</param>
internal sealed record Examination(IReadOnlyList<double> ByPlace, bool Known)
{
    /// <summary>Inverse weights are cut here: one click far down would else drown ten above. Biased a little, steadier by much.</summary>
    public const double MostWeight = 10;

    /// <summary>Of fewer offers opened nothing is estimated.</summary>
    public const int LeastOpened = 100;

    internal const int Places = 20;

    public double this[int place] => ByPlace[Math.Min(place, ByPlace.Count - 1)];

    /// <summary>By how much what came of a place counts: the inverse of how likely it was looked at.</summary>
    public double Weight(int place) => Math.Min(MostWeight, 1 / this[place]);

    /// <summary>The discount of NDCG, as good as any where nothing is known.</summary>
    public static double Prior(int place) => 1 / Math.Log2(place + 2);

    public static Examination Of(IReadOnlyList<ShownRows> lists) => Examinations.Of(lists, parts: 0).Whole;

    /// <summary>From counts by place and the weights of <see cref="Examinations"/>.</summary>
    internal static Examination From(ReadOnlySpan<double> logs, IReadOnlyList<double> sizes)
    {
        var found = new double[Places];
        for (var place = 0; place < Places; place++) found[place] = place == 0 ? 1 : Prior(place) * Math.Exp(logs[place - 1]);
        var falling = Falling(found, sizes);
        return new Examination([.. falling.Select(x => x / falling[0])], true);
    }

    internal static Examination Guess => new([.. Enumerable.Range(0, Places).Select(Prior)], false);

    /// <summary>The nearest values that never rise, by pooling neighbours that do (isotonic regression).</summary>
    internal static double[] Falling(IReadOnlyList<double> values, IReadOnlyList<double> sizes)
    {
        var pools = new List<(double Mean, double Size, int Count)>();
        for (var i = 0; i < values.Count; i++)
        {
            pools.Add((values[i], sizes[i], 1));
            while (pools.Count > 1 && pools[^1].Mean > pools[^2].Mean)
            {
                var (a, b) = (pools[^2], pools[^1]);
                pools.RemoveAt(pools.Count - 1);
                pools[^1] = ((a.Mean * a.Size + b.Mean * b.Size) / (a.Size + b.Size), a.Size + b.Size, a.Count + b.Count);
            }
        }
        return [.. pools.SelectMany(p => Enumerable.Repeat(p.Mean, p.Count))];
    }
}
