using System.Globalization;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>Visitors of a file: an id, then the questionnaire's codes. Of "v7/2" what is before the stroke is the person.</summary>
internal static class ReadPeople
{
    internal sealed record Person(Guid Id, VisitorFacts Facts, CaseGroups Groups);

    public static Refusal? Read(string file, TextReader text, out Dictionary<string, Person> people)
    {
        people = [];
        if (NamedLines.Read(file, text, out var lines) is { } refusal) return refusal;
        foreach (var (line, cells) in lines.Rows)
        {
            var facts = default(VisitorFacts);
            for (var field = VisitorField.CoursePaper; field <= VisitorField.Occupation; field++)
            {
                var code = Cell(VisitorFields.Names[(int)field]);
                if (code.Length == 0) continue;
                var at = field.Values().ToList().IndexOf(code);
                if (at < 0) return new(file, line, $"'{code}' in column '{VisitorFields.Names[(int)field]}'", $"One of {string.Join(", ", field.Values())}; leave the cell empty where nothing is known.");
                facts = facts.With(field, at + 1);
            }
            var years = Cell(CaseFiles.Years);
            if (years.Length > 0 && !short.TryParse(years, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return new(file, line, $"years '{years}'", "Years are a whole number.");
            var isco = Isco.Of(Cell(CaseFiles.Isco));
            if (Cell(CaseFiles.Isco).Length > 0 && !isco.Known) return new(file, line, $"isco '{Cell(CaseFiles.Isco)}'", "An occupation is an ISCO-08 code of one to four digits.");
            facts = facts with
            {
                Wishes = Vocabulary.WishBits([.. CaseFiles.Words(Cell(CaseFiles.Goals)), .. CaseFiles.Words(Cell(CaseFiles.Topics))]),
                Languages = Vocabulary.LanguageBits(CaseFiles.Words(Cell(CaseFiles.Languages))),
                Isco = isco,
                Years = years.Length == 0 ? (short)-1 : short.Parse(years, CultureInfo.InvariantCulture),
                Wheelchair = Yes(CaseFiles.Wheelchair) == true,
                Interpreter = Yes(CaseFiles.Interpreter) == true,
                Evening = Yes(CaseFiles.Evening),
            };
            if (isco.Known) facts = facts.With(VisitorField.Occupation, 1);
            var groups = new CaseGroups(Told(CaseFiles.Language), Told(CaseFiles.Speaking) ?? Told("german"), Told(CaseFiles.Age) ?? Told("ageBand"));
            if (cells[0].Length == 0) return new(file, line, "no id", "The first column is the id.");
            if (!people.TryAdd(cells[0], new Person(CaseFiles.Id(cells[0].Split('/')[0]), facts, groups))) return new(file, line, $"id '{cells[0]}' stands twice", "Give each row an id of its own.");

            string Cell(string column) => lines.Cell(cells, column);
            string? Told(string column) => Cell(column) is { Length: > 0 } code ? code : null;
            bool? Yes(string column) => Cell(column).ToLowerInvariant() switch { "yes" or "true" or "1" => true, "no" or "false" or "0" => false, _ => null };
        }
        return null;
    }
}
