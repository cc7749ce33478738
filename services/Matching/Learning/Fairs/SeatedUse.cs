namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// What came of a place, as <see cref="Grades.Use"/>, as if everybody who looked could have asked: popular stands fill up, and whoever ranks them high
/// would seem worse for wishes that could not be granted. Where an offer was opened and no seat was free, a model stands for what would have come: what
/// opened offers with a free seat bring, log-linear in <see cref="PairTerms"/> and the stand, since just those fill up that people get most from. Each visitor is told by
/// the other half of the visitors.
/// </summary>
internal sealed class SeatedUse
{
    /// <summary>Opened offers with a free seat below which nothing is known of the others.</summary>
    private const int LeastOpened = 30;

    /// <summary>Share of the opened offers of which seats must be known.</summary>
    private const double LeastKnown = .9;

    private const double OfTerms = 1, OfStands = 2;

    private readonly Halves _halves;
    private readonly Dictionary<Guid, int> _stands;
    private readonly Dictionary<Guid, double> _free;
    private readonly double[]?[] _weights = [null, null];

    /// <param name="before">Earlier lists, which only the model learns from: late in the day the stands that people want most have no seat left that could tell of them.</param>
    public SeatedUse(IReadOnlyList<ShownRows> judged, IReadOnlyList<ShownRows>? before = null)
    {
        ShownRows[] all = [.. before ?? [], .. judged];
        _halves = new Halves(all);
        _stands = all.Select(l => l.Case.Catalogue).Distinct().SelectMany(c => c.Exhibitors).Select(e => e.Id).Distinct().Select((id, at) => (id, at)).ToDictionary(x => x.id, x => x.at);
        var opened = Opened(judged);
        IsKnown = opened.Count(o => o.Row.Full == false) >= LeastOpened && opened.Count(o => o.Row.Full is not null) >= LeastKnown * opened.Length;
        _free = opened.GroupBy(o => StandOf(o.Case, o.Row)).ToDictionary(g => g.Key, g => g.Average(o => o.Row.Full == true ? 0d : 1));
        if (!IsKnown || opened.All(o => o.Row.Full != true)) return;
        var free = Opened(all).Where(o => o.Row.Full == false).ToArray();
        double[] precision = [1e-6, .. Enumerable.Repeat(OfTerms, PairTerms.Count - 1), .. Enumerable.Repeat(OfStands, _stands.Count)];
        for (var half = 0; half < 2; half++)
        {
            var others = free.Where(o => _halves.Of(o.Case) != half).ToArray();
            _weights[half] = LogLinear.Fit([.. others.Select(o => Terms(o.Case, o.Row))], [.. others.Select(o => Grades.Use(o.Row.Outcome))], [], precision);
        }
    }

    /// <summary>Otherwise nobody knows whether what was not asked for was not wanted.</summary>
    public bool IsKnown { get; }

    /// <summary>The best guess for just this place: never below 0, never less than what came of it.</summary>
    public double Of(ShownCase shown, ShownRow row) =>
        IsCut(row) ? Math.Max(Expected(shown, row), Grades.Use(row.Outcome)) : Grades.Use(row.Outcome);

    /// <summary>
    /// Right on average over many lists also where the model is wrong about a stand (augmented inverse propensity): offers with a free seat count for those
    /// without, by the share of the stand's that had one, with the model's surprise. A single value may lie outside of 0 to 1.
    /// </summary>
    public double OnAverage(ShownCase shown, ShownRow row)
    {
        if (Grades.Of(row.Outcome) == 0) return 0;
        if (IsCut(row)) return Expected(shown, row);
        var free = Math.Max(_free.GetValueOrDefault(StandOf(shown, row), 1), 1 / OffPolicy.MostWeight);
        if (free == 1 || row.Full is null) return Grades.Use(row.Outcome);
        var expected = Expected(shown, row);
        return expected + (Grades.Use(row.Outcome) - expected) / free;
    }

    /// <summary>Opened where nobody could ask.</summary>
    private static bool IsCut(ShownRow row) => row.Full == true && Grades.Of(row.Outcome) > 0;

    private double Expected(ShownCase shown, ShownRow row)
    {
        if (_weights[_halves.Of(shown)] is not { } weights) return Grades.Use(row.Outcome);
        var (terms, log) = (PairTerms.Of(row), weights[PairTerms.Count + _stands[StandOf(shown, row)]]);
        for (var i = 0; i < terms.Length; i++) log += weights[i] * terms[i];
        return Math.Exp(Math.Min(log, 0));
    }

    private double[] Terms(ShownCase shown, ShownRow row)
    {
        double[] terms = [.. PairTerms.Of(row), .. new double[_stands.Count]];
        terms[PairTerms.Count + _stands[StandOf(shown, row)]] = 1;
        return terms;
    }

    private static Guid StandOf(ShownCase shown, ShownRow row) => shown.Catalogue.Offers[row.Offer].ExhibitorId;

    private static (ShownCase Case, ShownRow Row)[] Opened(IEnumerable<ShownRows> lists) =>
        [.. lists.SelectMany(l => l.Rows.Where(r => Grades.Of(r.Outcome) > 0).Select(r => (l.Case, r)))];
}
