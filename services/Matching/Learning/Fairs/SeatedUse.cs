namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// What came of a place, as <see cref="Grades.Use"/>, as if everybody who looked could have asked: popular stands fill up, and whoever ranks them high
/// would seem worse for wishes that could not be granted. Where an offer was opened and nobody could ask, a model stands for what would have come: what
/// opened offers bring of which somebody could, log-linear in <see cref="PairTerms"/> and the stand, since just those fill up that people get most from.
/// </summary>
internal sealed class SeatedUse
{
    /// <summary>Opened offers with a free seat below which nothing is known of the others.</summary>
    private const int LeastOpened = 30;

    /// <summary>Share of the opened offers of which seats must be known.</summary>
    private const double LeastKnown = .9;

    private const double OfTerms = 1, OfStands = .5;

    private readonly Dictionary<Guid, int> _stands;
    private readonly (double[] Terms, double Use)[] _known = [];
    private readonly int[] _parts = [];
    private readonly double[]? _weights;

    /// <param name="earlier">Lists of before, which only the model learns from: late in the day the stands that people want most have no seat left that could tell of them.</param>
    public SeatedUse(IReadOnlyList<ShownRows> judged, IReadOnlyList<ShownRows>? earlier = null)
    {
        ShownRows[] all = [.. earlier ?? [], .. judged];
        _stands = all.Select(l => l.Case.Catalogue).Distinct().SelectMany(c => c.Exhibitors).Select(e => e.Id).Distinct().Select((id, at) => (id, at)).ToDictionary(x => x.id, x => x.at);
        var opened = Opened(judged);
        IsKnown = opened.Count(o => o.Row.Full == false) >= LeastOpened && opened.Count(o => o.Row.Full is not null) >= LeastKnown * opened.Length;
        if (!IsKnown || opened.All(o => o.Row.Full != true)) return;
        var turns = Halves.Turns(all);
        var free = Opened(all).Where(o => o.Row.Full == false).ToArray();
        (_known, _parts) = ([.. free.Select(o => (Terms(o.Case, o.Row), Grades.Use(o.Row.Outcome)))], [.. free.Select(o => turns[o.Case.Visitor] % Jackknife.Parts)]);
        _weights = Fit(_known, null);
    }

    private SeatedUse(SeatedUse whole, int part)
    {
        (_stands, IsKnown) = (whole._stands, whole.IsKnown);
        if (whole._weights is { } weights) _weights = Fit([.. whole._known.Where((_, i) => whole._parts[i] != part)], weights);
    }

    /// <summary>Otherwise nobody knows whether what was not asked for was not wanted.</summary>
    public bool IsKnown { get; }

    /// <summary>As it would be had a part of the visitors (<see cref="Jackknife"/>) not been there to learn from.</summary>
    public SeatedUse Without(int part) => new(this, part);

    public double Of(ShownCase shown, ShownRow row) =>
        IsCut(row) ? Math.Max(Expected(shown, row), Grades.Use(row.Outcome)) : Grades.Use(row.Outcome);

    /// <summary>Opened where nobody could ask.</summary>
    private static bool IsCut(ShownRow row) => row.Full == true && Grades.Of(row.Outcome) > 0;

    private double Expected(ShownCase shown, ShownRow row)
    {
        if (_weights is not { } weights) return Grades.Use(row.Outcome);
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

    private double[] Fit((double[] Terms, double Use)[] known, double[]? from)
    {
        double[] precision = [1e-6, .. Enumerable.Repeat(OfTerms, PairTerms.Count - 1), .. Enumerable.Repeat(OfStands, _stands.Count)];
        return LogLinear.Fit([.. known.Select(k => k.Terms)], [.. known.Select(k => k.Use)], [], precision, from);
    }

    private static Guid StandOf(ShownCase shown, ShownRow row) => shown.Catalogue.Offers[row.Offer].ExhibitorId;

    private static (ShownCase Case, ShownRow Row)[] Opened(IEnumerable<ShownRows> lists) =>
        [.. lists.SelectMany(l => l.Rows.Where(r => Grades.Of(r.Outcome) > 0).Select(r => (l.Case, r)))];
}
