namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// How likely somebody looks as far as a place of the list, the first place 1: the position-based model, chance of opening = examination of the
/// place x attraction of the offer. Attraction is log-linear in <see cref="PairTerms"/>, which is all that the order was made from; so both are
/// one Poisson regression with a term for each place. It is told apart because the same kind of offer stands on many places: for people with
/// many good offers lower than for those with few, and by exploration, which swaps places by chance. Places of which little is known are drawn to
/// <see cref="Prior"/>, and no place is looked at more than one above it.
/// </summary>
/// <param name="ByPlace">From 0; places further down are looked at as the last one.</param>
/// <param name="Known">False: too little was opened, and <see cref="Prior"/> stands for it.</param>
internal sealed record Examination(IReadOnlyList<double> ByPlace, bool Known)
{
    /// <summary>Inverse weights are cut here: one click far down would else drown ten above. Biased a little, steadier by much.</summary>
    public const double MostWeight = 10;

    /// <summary>Of fewer offers opened nothing is estimated.</summary>
    public const int LeastOpened = 100;

    private const int Places = 20;
    private const double PlacePrecision = 4, TermPrecision = .5;

    public double this[int place] => ByPlace[Math.Min(place, ByPlace.Count - 1)];

    /// <summary>By how much what came of a place counts: the inverse of how likely it was looked at.</summary>
    public double Weight(int place) => Math.Min(MostWeight, 1 / this[place]);

    /// <summary>The discount of NDCG, as good as any where nothing is known.</summary>
    public static double Prior(int place) => 1 / Math.Log2(place + 2);

    public static Examination Of(IReadOnlyList<ShownRows> lists)
    {
        double[] prior = [.. Enumerable.Range(0, Places).Select(Prior)];
        var rows = lists.SelectMany(l => l.Rows).Where(r => r.Place < Places).ToArray();
        if (rows.Count(r => Grades.Of(r.Outcome) > 0) < LeastOpened) return new Examination(prior, false);

        const int size = PairTerms.Count + Places - 1;
        var (terms, opened, offsets) = (new double[rows.Length][], new double[rows.Length], new double[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
        {
            terms[i] = new double[size];
            PairTerms.Fill(rows[i].Pair, terms[i]);
            if (rows[i].Place > 0) terms[i][PairTerms.Count + rows[i].Place - 1] = 1;
            opened[i] = Grades.Of(rows[i].Outcome) > 0 ? 1 : 0;
            offsets[i] = Math.Log(prior[rows[i].Place]);
        }
        double[] precision = [.. Enumerable.Range(0, size).Select(i => i >= PairTerms.Count ? PlacePrecision : i == 0 ? 1e-6 : TermPrecision)];
        var weights = LogLinear.Fit(terms, opened, offsets, precision);
        double[] found = [1, .. Enumerable.Range(1, Places - 1).Select(p => prior[p] * Math.Exp(weights[PairTerms.Count + p - 1]))];
        double[] sizes = [.. Enumerable.Range(0, Places).Select(p => 1d + rows.Count(r => r.Place == p))];
        var falling = Falling(found, sizes);
        return new Examination([.. falling.Select(x => x / falling[0])], true);
    }

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
