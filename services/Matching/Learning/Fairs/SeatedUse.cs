namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// What came of a place, as <see cref="Grades.Use"/>, as if everybody who looked could have asked: popular stands fill up, and whoever ranks them high
/// would seem worse for wishes that could not be granted. Where an offer was opened and no seat was free, what opened offers bring where one was stands
/// for what would have come.
/// </summary>
internal sealed class SeatedUse
{
    /// <summary>Opened offers with a free seat below which their mean says nothing.</summary>
    private const int LeastOpened = 30;

    /// <summary>Share of the opened offers of which seats must be known.</summary>
    private const double LeastKnown = .9;

    private readonly double _opened;

    public SeatedUse(IEnumerable<ShownRow> rows)
    {
        ShownRow[] opened = [.. rows.Where(r => Grades.Of(r.Outcome) > 0)], free = [.. opened.Where(r => r.Full == false)];
        IsKnown = free.Length >= LeastOpened && opened.Count(r => r.Full is not null) >= LeastKnown * opened.Length;
        _opened = free.Length == 0 ? 0 : free.Average(r => Grades.Use(r.Outcome));
    }

    /// <summary>Otherwise nobody knows whether what was not asked for was not wanted.</summary>
    public bool IsKnown { get; }

    public double Of(ShownRow row) =>
        row.Full == true && Grades.Of(row.Outcome) == 1 ? Math.Max(_opened, Grades.Use(row.Outcome)) : Grades.Use(row.Outcome);
}
