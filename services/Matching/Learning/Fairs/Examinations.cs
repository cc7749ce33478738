namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>How far people look, and the same without each part of them: what follows from it can tell how sure it is.</summary>
/// <param name="Without">By part, as <see cref="Jackknife"/> has them; empty where nobody asked for it.</param>
internal sealed record Examinations(Examination Whole, IReadOnlyList<Examination> Without)
{
    private const double PlacePrecision = 4, TermPrecision = .5, CurvePrecision = .1, OrderPrecision = 1;

    /// <summary>After the terms of the pair and those of the places two of a curve through all places: far down so little is opened that a place alone would be drawn to a guess.</summary>
    private const int Places = Examination.Places, Curve = PairTerms.Count + Places - 1, Order = Curve + 2;

    public static Examinations Of(IReadOnlyList<ShownRows> lists, int parts = Jackknife.Parts)
    {
        var turns = Halves.Turns(lists);
        var rows = lists.SelectMany(l => l.Rows.Where(r => r.Place < Places).Select(r => (List: l, Row: r, Part: turns[l.Case.Visitor] % Jackknife.Parts))).ToArray();
        if (rows.Count(r => Grades.Of(r.Row.Outcome) > 0) < Examination.LeastOpened) return new Examinations(Examination.Guess, [.. Enumerable.Repeat(Examination.Guess, parts)]);

        var order = new OrderTerms(lists);
        var size = Order + order.Count;
        var (terms, opened, offsets) = (new double[rows.Length][], new double[rows.Length], new double[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i].Row;
            terms[i] = new double[size];
            PairTerms.Fill(row.Features, terms[i]);
            if (row.Place > 0) terms[i][PairTerms.Count + row.Place - 1] = 1;
            (terms[i][Curve], terms[i][Curve + 1]) = CurveOf(row.Place);
            order.Fill(rows[i].List, row, terms[i].AsSpan(Order));
            opened[i] = Grades.Of(row.Outcome) > 0 ? 1 : 0;
            offsets[i] = Math.Log(Examination.Prior(row.Place));
        }
        double[] precision = [.. Enumerable.Range(0, size).Select(i => i >= Order ? OrderPrecision : i >= Curve ? CurvePrecision : i >= PairTerms.Count ? PlacePrecision : i == 0 ? 1e-6 : TermPrecision)];
        var weights = LogLinear.Fit(terms, opened, offsets, precision);
        return new Examinations(Found(weights, rows.Select(r => r.Row)), [.. Enumerable.Range(0, parts).Select(part =>
        {
            int[] kept = [.. Enumerable.Range(0, rows.Length).Where(i => rows[i].Part != part)];
            var fit = LogLinear.Fit([.. kept.Select(i => terms[i])], [.. kept.Select(i => opened[i])], [.. kept.Select(i => offsets[i])], precision, weights);
            return Found(fit, kept.Select(i => rows[i].Row));
        })]);
    }

    private static Examination Found(double[] weights, IEnumerable<ShownRow> rows)
    {
        var sizes = Enumerable.Repeat(1d, Places).ToArray();
        foreach (var row in rows) sizes[row.Place]++;
        return Examination.From([.. Enumerable.Range(1, Places - 1).Select(place =>
        {
            var (guess, log) = CurveOf(place);
            return weights[PairTerms.Count + place - 1] + weights[Curve] * guess + weights[Curve + 1] * log;
        })], sizes);
    }

    private static (double Guess, double Log) CurveOf(int place) => (Math.Log(Examination.Prior(place)), Math.Log(place + 1));
}
