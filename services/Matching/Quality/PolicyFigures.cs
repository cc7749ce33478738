using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Ranking;

namespace Matchmaking.Matching.Quality;

/// <summary>
/// What another order would bring, from the lists that were shown to those within the filter: the estimates of the models' reports, of any model or weights.
/// Refused where the record speaks of too little of that order, and of a learned model made without the lists that it may have learned from.
/// </summary>
internal static class PolicyFigures
{
    /// <summary>Each list is judged and scored anew; the newest of so many say it well enough.</summary>
    private const int MostLists = 4000;

    /// <param name="champion">Helps to tell how far people look, of lists that it ordered.</param>
    public static IReadOnlyList<PolicyRow> Of(FigureDesk desk, OtherOrder other, LearnedModel? champion, Func<DateOnly, RulesOfDay> rules, MeetingCaps caps, CancellationToken cancel) =>
        Of(desk, ShownRows.OfAll(CasesOf(desk, other, rules, caps).Cases.Select(c => c.Case), CaseScorers.Rankers(champion)), other, cancel);

    /// <summary>One of them with those whose lists it is of.</summary>
    public static CountedPeople Counted(FigureDesk desk, string figure, string method, OtherOrder other, LearnedModel? champion, Func<DateOnly, RulesOfDay> rules, MeetingCaps caps, CancellationToken cancel)
    {
        var (cases, set) = CasesOf(desk, other, rules, caps);
        var lists = ShownRows.OfAll(cases.Select(c => c.Case), CaseScorers.Rankers(champion));
        var row = Of(desk, lists, other, cancel).Single(r => r.Method == method);
        var told = figure switch { "policy.logged" => row.Logged, "policy.snips" => row.Snips, "policy.robust" => row.DoublyRobust, _ => row.Difference };
        return new(told, [.. cases.Select(c => c.Person)], _ => true) { Veiled = set?.Veiled };
    }

    /// <summary>The last lists of those of whom it is told: whole blocks of those whose list can be valued, and of the others.</summary>
    private static ((int Person, ShownCase Case)[] Cases, ToldSet? Set) CasesOf(FigureDesk desk, OtherOrder other, Func<DateOnly, RulesOfDay> rules, MeetingCaps caps)
    {
        ShownCase?[] some = [.. desk.People.Select((p, at) =>
            p is { Reviewed: true, Last: { } last } && !other.HasSeen(last) && p.Case(p.Lists.Length - 1, at, desk.Catalogue.Snapshot, rules(last.Day), caps) is var shown && !CaseFaults.IsUnfit(shown) && PolicyValues.IsFull(shown) ? shown : null)];
        var set = desk.Everybody?.Known(p => some[p] is not null);
        return ([.. (set?.Within(desk.Filter) ?? []).TakeLast(MostLists).Select(p => (p, some[p]!))], set);
    }

    private static IReadOnlyList<PolicyRow> Of(FigureDesk desk, ShownRows[] lists, OtherOrder other, CancellationToken cancel)
    {
        var examinations = Examinations.Of(lists);
        cancel.ThrowIfCancellationRequested();
        var orders = lists.Select(list =>
        {
            var scores = new float[list.Case.Catalogue.Count];
            other.Scores(list.Case, list.Judged, scores);
            return (list, Shown: list.Rows, Other: ListQuality.Order(list, scores));
        }).ToArray();
        return [.. PolicyValues.Of(orders, new SeatedUse(lists), examinations, FigureDesk.Seed).Select(v => new PolicyRow(
            v.Method, Refusable("policy.logged", v.Logged), Refusable("policy.snips", v.Snips), Refusable("policy.robust", v.DoublyRobust), Refusable("policy.difference", v.Difference),
            Resamples.Finite(v.EffectiveSize ?? double.NaN), Resamples.Finite(v.Support ?? double.NaN), v.Refused))];

        Figure Refusable(string id, Learning.Fairs.Estimate estimate) => estimate.Mean is null ? Missing(id) : desk.Of(id, estimate);

        Figure Missing(string id) => desk.Nothing(id) with { Missing = lists.Length == 0 && desk.People.Any(p => p.Last is { } last && other.HasSeen(last)) ? FigureDesk.LearnedFrom : FigureDesk.TooFew };
    }
}
