namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>What makes cases unfit to learn from; looked for before anything is learned, so that nothing fails on the way.</summary>
internal static class CaseFaults
{
    /// <summary>Under so many visitors trees learn the noise.</summary>
    public const int LeastVisitors = 100;

    public const int LeastLists = 100;

    /// <summary>Offers opened, or more than that came of them.</summary>
    public const int LeastOutcomes = 50;

    /// <summary>Where the catalogue has less than half of what was shown, it is another fair's.</summary>
    private const double MostUnknown = .5;

    /// <returns>null where there is nothing against them.</returns>
    public static TrainingResult.Refused? Of(IReadOnlyList<ShownCase> cases)
    {
        if (cases.Count < LeastLists) return new("too-few-lists", cases.Count, LeastLists);
        var visitors = cases.Select(c => c.Visitor).Distinct().Count();
        if (visitors < LeastVisitors) return new("too-few-visitors", visitors, LeastVisitors);
        if (cases.Count(c => c.Propensities.Any(p => !double.IsFinite(p))) is > 0 and var endless) return new("not-finite", endless);
        if (cases.Count(IsOut) is > 0 and var wrong) return new("out-of-range", wrong);
        var (shown, unknown) = (cases.Sum(c => c.Offers.Count), cases.Sum(c => c.Offers.Count(o => !c.Catalogue.TryOffer(o, out _))));
        if (unknown > MostUnknown * shown) return new("unknown-offers", unknown, shown);

        var grades = cases.SelectMany(c => c.Outcomes.Where((o, at) => c.Catalogue.TryOffer(c.Offers[at], out var known))).Select(o => Grades.Of(o)).ToArray();
        var outcomes = grades.Count(g => g > 0);
        if (outcomes == 0) return new("no-outcomes", 0, LeastOutcomes);
        if (grades.All(g => g == grades[0])) return new("one-sided-outcomes", grades[0]);
        return outcomes < LeastOutcomes ? new("no-outcomes", outcomes, LeastOutcomes) : null;
    }

    /// <summary>Whether trees can be grown from these lists at all: there is more than one kind of outcome.</summary>
    public static bool Teaches(IReadOnlyList<ShownRows> lists) =>
        lists.SelectMany(l => l.Rows).Select(r => Grades.Of(r.Outcome)).Distinct().Take(2).Count() == 2;

    /// <summary>Places of which anything came.</summary>
    public static int Outcomes(IReadOnlyList<ShownRows> lists) => lists.Sum(l => l.Rows.Count(r => Grades.Of(r.Outcome) > 0));

    /// <summary>One list that says nothing sensible.</summary>
    public static bool IsUnfit(ShownCase c) => c.Propensities.Any(p => !double.IsFinite(p)) || IsOut(c);

    private static bool IsOut(ShownCase c) =>
        c.Outcomes.Count != c.Offers.Count || (c.Propensities.Count > 0 && c.Propensities.Count != c.Offers.Count)
        || c.Propensities.Any(p => p is <= 0 or > 1) || c.Outcomes.Any(o => o.Useful is < 1 or > 5) || c.Offers.Distinct().Count() != c.Offers.Count;
}
