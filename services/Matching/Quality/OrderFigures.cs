using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Learning.Fairs;

namespace Matchmaking.Matching.Quality;

/// <summary>
/// How good the order of the lists was: each person's last list by what came of the offers, against the same offers by popularity and in the order of chance.
/// All three only see what was shown, and what was shown high was looked at more: that favours the order that was shown, and is said beside it.
/// </summary>
internal static class OrderFigures
{
    /// <summary>How many lists the coverage is of, so that large and small groups can be compared.</summary>
    private const int CoveredBy = 50;

    /// <summary>As it was shown, and what it is measured against.</summary>
    public static readonly string[] Orders = ["shown", "popularity", "chance"];

    /// <summary>A person whose order is judged.</summary>
    /// <param name="Shown">Grades of the offers in the order shown.</param>
    /// <param name="Popular">The same in the order of what others took.</param>
    /// <param name="Elsewhere">Grades of what the list did not have.</param>
    public sealed record Judged(int Person, int[] Shown, int[] Popular, int[] Elsewhere);

    public static IReadOnlyList<OrderRow> Of(FigureDesk desk, IReadOnlyList<Judged> judged)
    {
        var k = desk.Depth;
        var told = (ToldOf(desk, judged)?.Within(desk.Filter) ?? []).ToHashSet();
        Judged[] people = [.. judged.Where(j => told.Contains(j.Person))];
        double[] ours = Ndcg(j => j.Shown), popular = Ndcg(j => j.Popular);
        double[] chance = [.. people.Select(j => ChanceNdcg(j, k))];
        return
        [
            Row(Orders[0], ours, j => Precision(j.Shown, k), j => Recall(j.Shown, j.Elsewhere, k), j => Reciprocal(j.Shown), covers: true),
            Row(Orders[1], popular, j => Precision(j.Popular, k), j => Recall(j.Popular, j.Elsewhere, k), j => Reciprocal(j.Popular)),
            Row(Orders[2], chance, j => Share(Relevant(j.Shown), j.Shown.Length) * Math.Min(k, j.Shown.Length) / k,
                j => Share(Relevant(j.Shown), Relevant(j.Shown) + Relevant(j.Elsewhere)) * Math.Min(1, Share(k, j.Shown.Length)), j => ChanceReciprocal(j.Shown.Length, Relevant(j.Shown))),
        ];

        double[] Ndcg(Func<Judged, int[]> order) => [.. people.Select(j => Measures.Ndcg(order(j), j.Elsewhere, k)!.Value)];

        OrderRow Row(string order, double[] ndcg, Func<Judged, double> precision, Func<Judged, double> recall, Func<Judged, double> reciprocal, bool covers = false) => new(
            order, desk.Mean("order.ndcg", ndcg), desk.Mean("order.precision", [.. people.Select(precision)]), desk.Mean("order.recall", [.. people.Select(recall)]),
            desk.Mean("order.mrr", [.. people.Select(reciprocal)]), covers ? Coverage(desk) : null,
            order == Orders[0] ? null : desk.Mean("order.lead", [.. ours.Zip(ndcg, (mine, other) => mine - other)]));
    }

    /// <summary>Of the order shown alone, as <see cref="Of"/> has it in its first row.</summary>
    public static Figure Ndcg(FigureDesk desk, IReadOnlyList<Judged> judged)
    {
        var told = (ToldOf(desk, judged)?.Within(desk.Filter) ?? []).ToHashSet();
        return desk.Mean("order.ndcg", [.. judged.Where(j => told.Contains(j.Person)).Select(j => Measures.Ndcg(j.Shown, j.Elsewhere, desk.Depth)!.Value)]);
    }

    /// <summary>Whoever agreed to a review and of whose list, or beside it, anything came.</summary>
    public static IReadOnlyList<Judged> JudgedOf(FigureDesk desk)
    {
        var halves = new Dictionary<Guid, double>[] { [], [] };
        for (var person = 0; person < desk.People.Count; person++)
            if (desk.People[person].Reviewed)
                foreach (var (offer, outcome) in desk.People[person].Came) halves[HalfOf(person)][offer] = halves[HalfOf(person)].GetValueOrDefault(offer) + Grades.Use(outcome);
        var judged = new List<Judged>();
        for (var person = 0; person < desk.People.Count; person++)
        {
            if (desk.People[person] is not { Reviewed: true, Last: { } last } of) continue;
            Guid[] shown = [.. last.Offers.Where(desk.Takes)];
            int[] elsewhere = [.. of.Came.Where(c => desk.Takes(c.Key) && !shown.Contains(c.Key)).Select(c => Grades.Of(c.Value)).Where(g => g > 0)];
            int[] grades = [.. shown.Select(Grade)];
            if (Relevant(grades) + elsewhere.Length == 0) continue;
            // Popular with the other half: with one's own one would know the answer. Of equals the smaller id, which says nothing.
            var others = halves[1 - HalfOf(person)];
            judged.Add(new Judged(person, grades, [.. shown.OrderByDescending(o => others.GetValueOrDefault(o)).ThenBy(o => o).Select(Grade)], elsewhere));

            int Grade(Guid offer) => of.Came.TryGetValue(offer, out var outcome) ? Grades.Of(outcome) : 0;
        }
        return judged;
    }

    /// <summary>Two and two: who comes together may alternate.</summary>
    private static int HalfOf(int person) => person / 2 % 2;

    /// <summary>Those of them of whom it is told.</summary>
    public static ToldSet? ToldOf(FigureDesk desk, IReadOnlyList<Judged> judged)
    {
        var some = judged.Select(j => j.Person).ToHashSet();
        if (!desk.Filter.IsOfOffers) return desk.Everybody?.Known(some.Contains);
        var whole = JudgedOf(new FigureDesk(desk.Catalogue, desk.People, new FigureFilter())).Select(j => j.Person).ToHashSet();
        return desk.Everybody?.Known(whole.Contains)?.Known(some.Contains);
    }

    /// <summary>
    /// Share of the offers that stand among the first k of at least one of 50 lists drawn from those that were shown: for an offer on c of n lists that is
    /// 1 - (n-c choose 50) / (n choose 50), without chance (rarefaction).
    /// </summary>
    public static Figure Coverage(FigureDesk desk)
    {
        const string Id = "order.coverage";
        Guid[][] lists = [.. desk.Seeing.Select(p => desk.People[p].Last).OfType<ShownList>().Select(l => l.Offers.Where(desk.Takes).Take(desk.Depth).ToArray())];
        var offers = desk.Catalogue.Published.Offers.Where(o => desk.Takes(o.Id)).Select(o => o.Id).ToHashSet();
        if (lists.Length < CoveredBy || offers.Count == 0) return desk.Nothing(Id) with { Missing = lists.Length == 0 ? FigureDesk.NoData : FigureDesk.TooFew };
        var parts = Enumerable.Range(0, Jackknife.Parts).Select(part => lists.Where((_, i) => i % Jackknife.Parts != part).ToArray()).ToArray();
        var value = Of(lists);
        return parts[0].Length < CoveredBy ? new Figure(Id, value, null, null, lists.Length, null) : desk.Of(Id, Jackknife.Of(lists.Length, value, [.. parts.Select(Of)]));

        double Of(Guid[][] some)
        {
            var counts = new Dictionary<Guid, int>();
            foreach (var offer in some.SelectMany(l => l).Where(offers.Contains)) counts[offer] = counts.GetValueOrDefault(offer) + 1;
            return counts.Values.Sum(c => 1 - Missed(some.Length, c)) / offers.Count;
        }

        static double Missed(int n, int c)
        {
            var missed = 1d;
            for (var i = 0; i < CoveredBy; i++) missed *= Math.Max(0, n - c - i) / (double)(n - i);
            return missed;
        }
    }

    public static double Precision(int[] shown, int k) => (double)shown.Take(k).Count(g => g > 0) / k;

    public static double Recall(int[] shown, int[] elsewhere, int k) => Share(shown.Take(k).Count(g => g > 0), Relevant(shown) + elsewhere.Length);

    /// <summary>1 over the place of the first offer of which anything came; 0 where none on the list did.</summary>
    public static double Reciprocal(int[] shown) => Array.FindIndex(shown, g => g > 0) is >= 0 and var first ? 1d / (first + 1) : 0;

    /// <summary>Mean over all orders of what was shown: each place has the mean gain.</summary>
    public static double ChanceNdcg(Judged j, int k)
    {
        var mean = j.Shown.Select(Measures.Gain).DefaultIfEmpty(0).Average();
        double[] flat = [.. Enumerable.Repeat(mean, j.Shown.Length)];
        return ListQuality.Dcg(flat, k) / ListQuality.Dcg([.. j.Shown.Concat(j.Elsewhere).OrderDescending().Select(Measures.Gain)], k);
    }

    /// <summary>Mean of <see cref="Reciprocal"/> over all orders of n offers, r of them relevant: the first is at place i with (n-i choose r-1) / (n choose r).</summary>
    public static double ChanceReciprocal(int n, int relevant)
    {
        var (mean, none) = (0d, 1d);
        for (var place = 1; relevant > 0 && place <= n - relevant + 1; place++)
        {
            var here = none * relevant / (n - place + 1);
            mean += here / place;
            none -= here;
        }
        return mean;
    }

    private static int Relevant(int[] grades) => grades.Count(g => g > 0);

    private static double Share(double some, double of) => of == 0 ? 0 : some / of;
}
