using System.Globalization;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// Writes cases into the three files that <see cref="ReadCases"/> reads. Pseudonymous, but of people all the same: ids of visitors are numbers of their
/// own, given in the order of time, and lead back to nobody; the times of the lists remain.
/// </summary>
internal static class ExportCases
{
    public static void Write(IEnumerable<ShownCase> cases, TextWriter visitors, TextWriter offers, TextWriter outcomes)
    {
        var (people, numbers, catalogues) = (new Dictionary<(Guid, VisitorFacts, CaseGroups), string>(), new Dictionary<Guid, int>(), new List<CatalogueSnapshot>());
        Line(visitors, CaseFiles.Visitors);
        Line(offers, CaseFiles.Offers);
        Line(outcomes, CaseFiles.Outcomes);
        foreach (var shown in ShownRows.InTime(cases))
        {
            var person = Person(shown);
            if (!catalogues.Contains(shown.Catalogue))
            {
                catalogues.Add(shown.Catalogue);
                for (var offer = 0; offer < shown.Catalogue.Count; offer++) Line(offers, Offer(shown.Catalogue, offer, catalogues.Count - 1));
            }
            var at = catalogues.IndexOf(shown.Catalogue);
            for (var place = 0; place < shown.Offers.Count; place++)
                if (shown.Catalogue.TryOffer(shown.Offers[place], out var offer)) Line(outcomes, Outcome(shown, person, OfferId(shown.Catalogue, offer, at), place));
        }

        // Answers may change between two lists of one visitor: then the same number comes with another letter of its own.
        string Person(ShownCase shown)
        {
            var key = (shown.Visitor, shown.Facts, shown.Groups);
            if (people.TryGetValue(key, out var known)) return known;
            if (!numbers.TryGetValue(shown.Visitor, out var number)) numbers[shown.Visitor] = number = numbers.Count + 1;
            var versions = people.Keys.Count(k => k.Item1 == shown.Visitor);
            var id = people[key] = versions == 0 ? $"v{number:00000}" : $"v{number:00000}/{versions + 1}";
            Line(visitors, Visitor(id, shown.Facts, shown.Groups));
            return id;
        }
    }

    internal static IEnumerable<string> Visitor(string id, VisitorFacts v, CaseGroups groups)
    {
        yield return id;
        for (var f = VisitorField.CoursePaper; f <= VisitorField.Occupation; f++) yield return v[f] == 0 ? "" : f.Values()[v[f] - 1];
        yield return CaseFiles.Join(Wishes(v.Goals));
        yield return CaseFiles.Join(Wishes(v.Topics));
        yield return CaseFiles.Join(Vocabulary.LanguagesOf(v.Languages));
        yield return v.Isco.ToString();
        yield return v.Years < 0 ? "" : v.Years.ToString(CultureInfo.InvariantCulture);
        yield return CaseFiles.YesNo(v.Wheelchair);
        yield return CaseFiles.YesNo(v.Interpreter);
        yield return v.Evening is { } evening ? CaseFiles.YesNo(evening) : "";
        yield return groups.Language ?? "";
        yield return groups.German ?? "";
        yield return groups.AgeBand ?? "";
    }

    internal static string[] Offer(CatalogueSnapshot c, int offer, int catalogue)
    {
        var (o, stand) = (c.Offers[offer], c.Exhibitors[c.Exhibitor[offer]]);
        return
        [
            OfferId(c, offer, catalogue), stand.Id.ToString(), o.Kind, o.Type, o.Entry ?? "", o.Exit ?? "", CaseFiles.Join(o.Topics), CaseFiles.Join(o.Traits),
            CaseFiles.Join(o.Languages), CaseFiles.Join(o.Isco), string.IsNullOrEmpty(o.Conditions) ? "" : "yes", stand.Tables.ToString(CultureInfo.InvariantCulture),
            CaseFiles.Join(stand.Languages), o.Key, stand.Key, catalogue.ToString(CultureInfo.InvariantCulture),
        ];
    }

    internal static string[] Outcome(ShownCase shown, string visitor, string offer, int place)
    {
        var o = shown.Outcomes[place];
        return
        [
            visitor, offer, Grades.Of(o).ToString(CultureInfo.InvariantCulture), shown.At.ToString("O", CultureInfo.InvariantCulture),
            (place + 1).ToString(CultureInfo.InvariantCulture), shown.Propensities.Count == 0 ? "" : CaseFiles.Of(shown.Propensities[place]),
            CaseFiles.Join(CaseFiles.StepsOf(o)), o.Useful?.ToString(CultureInfo.InvariantCulture) ?? "",
            shown.RankedBy.Kind, shown.RankedBy.Version, shown.Rules.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            shown.Full is { } full ? CaseFiles.YesNo(full[place]) : "",
        ];
    }

    private static string OfferId(CatalogueSnapshot c, int offer, int catalogue) => catalogue == 0 ? c.Offers[offer].Id.ToString() : $"{c.Offers[offer].Id}@{catalogue}";

    private static IEnumerable<string> Wishes(ushort bits) => Vocabulary.Wishes.Where((_, at) => (bits >> at & 1) != 0);

    private static void Line(TextWriter to, IEnumerable<string> cells) => to.Write(CsvLines.LineOf(cells));
}
