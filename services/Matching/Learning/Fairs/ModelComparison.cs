using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// Champion and challenger on the same lists: both put what was shown into their order. Judged twice: by what came of the offers as it is,
/// which favours whoever ranked them, because upper places are looked at more; and with the inverse of that ("seen"), by which it is decided.
/// </summary>
internal static class ModelComparison
{
    private const int Top = ListOrder.Promise, LeastVisitors = 30, Arranged = 500;

    /// <summary>So much of NDCG@5 is no loss that anybody could notice.</summary>
    private const double Tolerance = .01;

    /// <param name="earlier">Lists of before: they help to tell what stands bring that were full in these.</param>
    public static ModelReport Compare(
        IReadOnlyList<ShownRows> lists, CaseScorer champion, CaseScorer challenger, Examinations examinations, int seed, CancellationToken cancel, IReadOnlyList<ShownRows>? earlier = null)
    {
        var examination = examinations.Whole;
        var orders = new List<(ShownRows List, ShownRow[] Champion, ShownRow[] Challenger)>();
        var exposure = new ExposureCount();
        var every = Math.Max(1, (lists.Count + Arranged - 1) / Arranged);
        for (var i = 0; i < lists.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var list = lists[i];
            var (before, after) = (new float[list.Case.Catalogue.Count], new float[list.Case.Catalogue.Count]);
            champion(list.Case, list.Judged, before);
            challenger(list.Case, list.Judged, after);
            orders.Add((list, ListQuality.Order(list, before), ListQuality.Order(list, after)));
            if (i % every == 0) exposure.Count(list, before, after);
        }

        var use = new SeatedUse(lists, earlier);
        var (raw, seen) = (Plain(orders, use), Seen(orders, use, examination));
        var (rawPair, seenPair) = (Pair(raw, seed), Pair(seen, seed));
        var values = PolicyValues.Of(orders, use, examinations, seed);
        var groups = Groups(seen, seed);
        var shift = exposure.Change();
        var (sentence, because) = Decide(seenPair, values, groups, shift, use.IsKnown);
        return new ModelReport(sentence, because, lists.Count, lists.Select(l => l.Case.Visitor).Distinct().Count(),
            lists.Count == 0 ? null : lists.Min(l => l.Case.At), lists.Count == 0 ? null : lists.Max(l => l.Case.At),
            rawPair, seenPair, values, groups, shift, examination.ByPlace, examination.Known);
    }

    /// <summary>A recommendation, carefully: better only shows where the whole interval does; what cannot be told is said.</summary>
    private static (string Sentence, IReadOnlyList<string> Because) Decide(Paired ndcg, IReadOnlyList<PolicyValue> values, IReadOnlyList<GroupGap> groups, ExposureChange exposure, bool seatsKnown)
    {
        if (ndcg.Difference.N < LeastVisitors) return ("cannot-tell", ["too-few-lists"]);
        var because = new List<string>();
        if (ndcg.Difference.High < 0) because.Add("ndcg-worse");
        if (values.Any(v => v.Difference.High < 0)) because.Add("value-worse");
        if (because.Count > 0) return seatsKnown ? ("worse", because) : ("cannot-tell", ["seats-unknown", .. because]);
        var sure = ndcg.Difference.Low >= -Tolerance;
        because.Add(ndcg.Difference.Low > 0 ? "ndcg-better" : sure ? "ndcg-within" : "ndcg-unsure");
        because.Add(values.Any(v => v.Difference.Low > 0) ? "value-better" : "value-unsure");
        if (groups.Any(g => g.Worse))
        {
            because.Insert(0, "group-worse");
            sure = false;
        }
        if (exposure.NeverAfter > exposure.NeverBefore + Math.Max(1, exposure.Stands / 10))
        {
            because.Insert(0, "stands-vanish");
            sure = false;
        }
        return (sure ? "no-worse" : "cannot-tell", because);
    }

    private sealed record Person(CaseGroups Groups, double Champion, double Challenger);

    /// <summary>NDCG as it is known: the mean over a visitor's lists of which anything came.</summary>
    private static List<Person> Plain(List<(ShownRows List, ShownRow[] Champion, ShownRow[] Challenger)> orders, SeatedUse use) =>
        [.. orders.GroupBy(o => o.List.Case.Visitor).Select(person =>
        {
            var judged = person.Select(o => (Champion: Ndcg(o.List, o.Champion), Challenger: Ndcg(o.List, o.Challenger))).Where(x => x.Champion is not null).ToArray();
            return judged.Length == 0 ? null : new Person(person.Last().List.Case.Groups, judged.Average(x => x.Champion!.Value), judged.Average(x => x.Challenger!.Value));

            double? Ndcg(ShownRows list, ShownRow[] order) => ListQuality.Ndcg([.. order.Select(row => use.Of(list.Case, row))], Top);
        }).OfType<Person>()];

    /// <summary>
    /// A visitor's DCG over the mean of the best DCG of all. Not over the visitor's own best: where one thing came of a list, its weight would stand above
    /// and below the line and be gone, and with it the correction.
    /// </summary>
    private static List<Person> Seen(List<(ShownRows List, ShownRow[] Champion, ShownRow[] Challenger)> orders, SeatedUse use, Examination examination)
    {
        var people = orders.GroupBy(o => o.List.Case.Visitor).Select(person => (
            person.Last().List.Case.Groups, Champion: person.Average(o => Dcg(o.List, o.Champion)), Challenger: person.Average(o => Dcg(o.List, o.Challenger)),
            Best: person.Average(o => Dcg(o.List, [.. o.Champion.OrderByDescending(row => Gain(o.List, row))])))).Where(p => p.Best > 0).ToList();
        var best = people.Count == 0 ? 1 : people.Average(p => p.Best);
        return [.. people.Select(p => new Person(p.Groups, p.Champion / best, p.Challenger / best))];

        double Gain(ShownRows list, ShownRow row) => use.Of(list.Case, row) * examination.Weight(row.Place);
        double Dcg(ShownRows list, ShownRow[] order) => ListQuality.Dcg([.. order.Select(row => Gain(list, row))], Top);
    }

    private static Paired Pair(List<Person> people, int seed) => new(
        Resamples.Mean([.. people.Select(p => p.Champion)], seed), Resamples.Mean([.. people.Select(p => p.Challenger)], seed),
        Resamples.Mean([.. people.Select(p => p.Challenger - p.Champion)], seed));

    private static List<GroupGap> Groups(List<Person> people, int seed)
    {
        var told = new List<GroupGap>();
        foreach (var groups in people.SelectMany(p => p.Groups.All, (person, group) => (Person: person, group.By, group.Group)).GroupBy(x => x.By))
        {
            var (by, all) = (groups.Key, groups.GroupBy(x => x.Group, x => x.Person).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList());
            var large = all.TakeWhile(g => g.Count() >= QualityFigures.SmallestGroup).ToList();
            // A small rest could be had by subtraction: then the smallest told group stays silent with it.
            var rest = people.Count - large.Sum(g => g.Count());
            if (rest is > 0 and < QualityFigures.SmallestGroup && large.Count > 0) large.RemoveAt(large.Count - 1);
            foreach (var group in large)
            {
                double[] mine = [.. group.Select(p => p.Challenger)], others = [.. all.Where(g => g != group).SelectMany(g => g).Select(p => p.Challenger)];
                var change = Resamples.Mean([.. group.Select(p => p.Challenger - p.Champion)], seed);
                told.Add(new GroupGap(by, group.Key, mine.Length, Resamples.Mean(mine, seed), Resamples.Difference(mine, others, seed),
                    others.Length == 0 ? null : Resamples.Finite(mine.Average() / others.Average()), change, change.High < 0));
            }
        }
        return told;
    }
}
