using System.Globalization;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>
/// Cases from three files, as <see cref="ExportCases"/> writes them or as somebody has them: the first column of visitors and offers is an id, visitors have
/// the questionnaire's codes, offers at least a kind. Rows of one visitor and one time are one list, in the order of their positions. Without the column
/// "came" the grade tells what came: opened 1, requested 2, accepted 3, held 4, found useful 5. Verdicts are those of the rule packs that come with
/// the program, on the day of the list. Whether seats were free is known of lists whose every row says so in the column "full".
/// </summary>
internal static class ReadCases
{
    public static Refusal? Read(
        (string Name, TextReader Text) visitors, (string Name, TextReader Text) offers, (string Name, TextReader Text) outcomes, out IReadOnlyList<ShownCase> cases)
    {
        cases = [];
        if (ReadPeople.Read(visitors.Name, visitors.Text, out var people) is { } noPeople) return noPeople;
        if (ReadCatalogues.Read(offers.Name, offers.Text, out var catalogues) is { } noOffers) return noOffers;
        if (NamedLines.Read(outcomes.Name, outcomes.Text, out var lines) is { } noOutcomes) return noOutcomes;
        foreach (var needed in new[] { "visitor", "offer", "grade" })
            if (!lines.Has(needed)) return new(lines.File, 1, $"no column '{needed}'", "Name the columns visitor, offer and grade.");

        var places = new Dictionary<(string Visitor, string Time), List<Shown>>();
        foreach (var (line, cells) in lines.Rows)
        {
            if (Place(lines, line, cells, people, catalogues, out var visitor, out var place) is { } refusal) return refusal;
            var list = (visitor, lines.Cell(cells, "time"));
            if (!places.TryGetValue(list, out var known)) places[list] = known = [];
            if (known.Exists(p => p.Offer == place!.Offer || (p.Position > 0 && p.Position == place.Position)))
                return new(lines.File, line, "an offer or a position that stands in this list already", "Keep one of them, or say by time which list it belongs to.");
            known.Add(place!);
        }
        cases = [.. places.Select(list => Case(people[list.Key.Visitor], list.Value))];
        return null;
    }

    private sealed record Shown(CatalogueSnapshot Catalogue, Guid Offer, int Position, double? Propensity, DateTimeOffset At, DateOnly Day, RankedBy By, OfferOutcome Outcome, bool? Full);

    private static ShownCase Case(ReadPeople.Person person, List<Shown> places)
    {
        var first = places[0];
        var ordered = places.Select((p, at) => p with { Position = p.Position > 0 ? p.Position : at + 1 }).OrderBy(p => p.Position).ToArray();
        var length = ordered.Max(p => p.Position);
        // A place of which nothing is said keeps its room; nobody knows the offer that stood there.
        var offers = Enumerable.Range(1, length).Select(p => new Guid(p, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0])).ToArray();
        var (chances, came, full) = (Enumerable.Repeat(1d, length).ToArray(), new OfferOutcome[length], new bool[length]);
        foreach (var p in ordered) (offers[p.Position - 1], chances[p.Position - 1], came[p.Position - 1], full[p.Position - 1]) = (p.Offer, p.Propensity ?? 1, p.Outcome, p.Full == true);
        return new ShownCase(person.Id, person.Facts, first.Catalogue, RulePackSet.BuiltIn.At(first.Day), offers,
            ordered.Any(p => p.Propensity is not null) ? chances : [], first.At, first.By, person.Groups, came,
            ordered.All(p => p.Full is not null) ? full : null);
    }

    private static Refusal? Place(NamedLines lines, int line, string[] cells, Dictionary<string, ReadPeople.Person> people,
        Dictionary<string, (CatalogueSnapshot Catalogue, Guid Id)> offers, out string visitor, out Shown? place)
    {
        (visitor, place) = (lines.Cell(cells, "visitor"), null);
        if (!people.ContainsKey(visitor)) return new(lines.File, line, $"visitor '{visitor}' is not in the table of visitors", "Add the visitor or leave the line out.");
        if (!offers.TryGetValue(lines.Cell(cells, "offer"), out var offer))
            return new(lines.File, line, $"offer '{lines.Cell(cells, "offer")}' is not in the table of offers", "Add the offer or leave the line out.");
        if (Number("grade") is not ({ } grade and >= 0)) return new(lines.File, line, $"grade '{lines.Cell(cells, "grade")}'", "A grade is a finite number, 0 or above.");
        var (position, propensity, useful) = (0d, (double?)null, (double?)null);
        if (lines.Cell(cells, "position") is { Length: > 0 } p)
        {
            position = Number("position") ?? 0;
            if (position is < 1 or > MostPlaces || position % 1 != 0) return new(lines.File, line, $"position '{p}'", $"Positions are whole numbers from 1 to {MostPlaces}; leave the cell empty where none is known.");
        }
        if (lines.Cell(cells, "propensity") is { Length: > 0 } chance)
        {
            propensity = Number("propensity");
            if (propensity is not (> 0 and <= 1)) return new(lines.File, line, $"propensity '{chance}'", "A propensity is above 0 and at most 1; leave the cell empty where none is known.");
        }
        if (lines.Cell(cells, "useful") is { Length: > 0 } said)
        {
            useful = Number("useful");
            if (useful is not (1 or 2 or 3 or 4 or 5)) return new(lines.File, line, $"useful '{said}'", "How useful a meeting was is 1, 2, 3, 4 or 5; leave the cell empty where nobody said.");
        }
        if (At(lines.Cell(cells, "time")) is not { } at)
            return new(lines.File, line, $"time '{lines.Cell(cells, "time")}'", "A time is ISO 8601, such as 2026-11-28T10:15:00+01:00, or a number that grows.");
        var day = DateOnly.FromDateTime(at.DateTime);
        if (lines.Cell(cells, "day") is { Length: > 0 } text && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return new(lines.File, line, $"day '{text}'", "A day is written 2026-11-28.");
        bool? full = lines.Cell(cells, "full") switch { "yes" => true, "no" => false, _ => null };
        if (full is null && lines.Cell(cells, "full") is { Length: > 0 } strangeFull)
            return new(lines.File, line, $"full '{strangeFull}'", "Whether the stand had no seat to book is yes or no; leave the cell empty where it is not known.");
        var steps = CaseFiles.Words(lines.Cell(cells, "came")).ToArray();
        if (steps.FirstOrDefault(s => !CaseFiles.Steps.Contains(s)) is { } strange)
            return new(lines.File, line, $"'{strange}' in column 'came'", $"What came of it is of {string.Join(", ", CaseFiles.Steps)}; several with ';'.");
        bool Came(int step) => steps.Contains(CaseFiles.Steps[step]);
        var outcome = lines.Has("came")
            ? new OfferOutcome(Came(0), Came(1), Came(2), Came(3), Came(4), Came(5), (int?)useful)
            : new OfferOutcome(grade >= 1, grade >= 2, grade >= 3, Held: grade >= 4, Useful: (int?)useful ?? (grade >= Grades.Best ? Grades.Best : null));
        var by = lines.Cell(cells, "ranker") is { Length: > 0 } kind ? new RankedBy(kind, lines.Cell(cells, "version")) : new RankedBy("baseline", "1");
        place = new Shown(offer.Catalogue, offer.Id, (int)position, propensity, at, day, by, outcome, full);
        return null;

        double? Number(string column) =>
            double.TryParse(lines.Cell(cells, column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    private const int MostPlaces = 1000;

    /// <summary>None at all is one moment; a number counts seconds from some beginning.</summary>
    private static DateTimeOffset? At(string cell) =>
        cell.Length == 0 ? DateTimeOffset.UnixEpoch
        : double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? Math.Abs(seconds) < 1e11 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null
        : DateTimeOffset.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
