using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;

namespace Matchmaking.Matching.Eligibility;

/// <summary>
/// Which single other answer would lead to a better verdict on an offer: found by asking the rules, so that it says no more than they do. Of what was not
/// answered, that an answer may decide; of what may come with time (German, script, papers, recognition), the first step that helps. Age and years here
/// come by themselves and are nobody's to change: they are named only where they were not answered.
/// </summary>
internal static class VerdictChanges
{
    private static readonly VisitorField[] Asked =
        [VisitorField.German, VisitorField.CoursePaper, VisitorField.WorkNote, VisitorField.Recognition, VisitorField.Script, VisitorField.AgeBand, VisitorField.TimeInGermany];

    private static readonly VisitorField[] ComesWithTime = [VisitorField.German, VisitorField.CoursePaper, VisitorField.WorkNote, VisitorField.Recognition];

    public static IReadOnlyList<VerdictChange> Of(VisitorFacts visitor, CatalogueSnapshot catalogue, int offer, RulesOfDay rules)
    {
        var side = catalogue.Side(offer);
        var now = rules.Judge(visitor, side).Verdict;
        if (now == Verdict.Yes) return [];
        var changes = new List<VerdictChange>();
        foreach (var field in Asked)
        {
            var (name, values, given) = (VisitorFields.Names[(int)field], field.Values(), visitor[field]);
            if (given != 0 && !ComesWithTime.Contains(field)) continue;
            // Levels rise; of the others any may be.
            var first = field == VisitorField.German ? given + 1 : 1;
            var better = Enumerable.Range(first, values.Count - first + 1).Where(at => at != given)
                .Select(at => (Value: values[at - 1], Then: rules.Judge(visitor.With(field, at), side).Verdict)).Where(x => x.Then < now).ToArray();
            if (better.Length == 0) continue;
            var best = better.MinBy(x => x.Then);
            changes.Add(new VerdictChange(name, given == 0 ? null : best.Value, best.Then.Code()));
        }
        return changes;
    }
}
