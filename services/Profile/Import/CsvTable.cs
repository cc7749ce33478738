using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Profile.Import;

/// <summary>
/// A file with a header, read row by row; cells by column name, trimmed, empty as null. Columns are separated by commas, or by what a German Excel writes
/// (semicolons, tabs), where that alone makes the header one that we know.
/// </summary>
internal sealed class CsvTable
{
    /// <summary>Codes of issues of rows of which nothing is known, not even their id: what they may have said is not withdrawn for them.</summary>
    public static readonly IReadOnlyList<string> UnreadableRow = ["cells", "quote", "quote-lost"];

    public required string File { get; init; }
    public required IReadOnlyList<CsvRow> Rows { get; init; }

    /// <returns>The table; or null with the issues that say why the file as a whole cannot be read, and none that follow from them.</returns>
    public static CsvTable? Read(string file, byte[] bytes, IReadOnlyList<string> required, IReadOnlyList<string> known, List<ImportIssue> issues)
    {
        var encoded = FileText.TryDecode(bytes, out var text);
        if (!encoded) issues.Add(ImportTexts.Issue(file, 0, "", "file-encoding"));
        var lines = new CsvText(text, SeparatorOf(text, required));
        if (lines.Header() is not { } header)
        {
            issues.Add(ImportTexts.Issue(file, 0, "", "file-empty", null, string.Join(",", known)));
            return null;
        }
        var columns = header.Cells;
        if (columns.Count == 1 && columns[0].IndexOfAny([';', '\t']) is >= 0 and var at)
        {
            // Saved by a German Excel both are wrong at once, and both are worth a word in the same go.
            issues.Add(ImportTexts.Issue(file, 1, "", columns[0][at] == ';' ? "separator-semicolon" : "separator-tab", Shortened(columns[0])));
            return null;
        }
        if (!encoded) return null;
        var missing = required.Where(r => !columns.Contains(r, StringComparer.OrdinalIgnoreCase)).ToList();
        foreach (var column in missing) issues.Add(ImportTexts.Issue(file, 1, column, "column-missing", Shortened(string.Join(",", columns)), column));
        // Which of the two is meant is the organiser's to say.
        var doubled = columns.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1 && known.Contains(g.Key, StringComparer.OrdinalIgnoreCase)).Select(g => g.Key).ToList();
        foreach (var column in doubled) issues.Add(ImportTexts.Issue(file, 1, column, "column-doubled", string.Join(", ", columns.Where(c => c.Equals(column, StringComparison.OrdinalIgnoreCase)))));
        if (header.Broken is { } faulty) issues.Add(Quote(file, header with { Line = 1 }, columns[faulty], columns));
        if (missing.Count > 0 || doubled.Count > 0 || header.Broken is not null) return null;
        foreach (var other in columns.Where(c => c.Length > 0 && !known.Contains(c, StringComparer.OrdinalIgnoreCase)))
            issues.Add(ImportTexts.Issue(file, 1, other, "column-unknown", other, string.Join(", ", known)) with { Skipped = false });
        var rows = new List<CsvRow>();
        foreach (var row in lines.RowsAfter(header, columns.Count))
        {
            var cells = row.Cells;
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            if (row.Broken is { } wrong)
            {
                issues.Add(Quote(file, row, wrong < columns.Count ? columns[wrong] : "", cells));
                foreach (var (line, lost) in row.Lost) issues.Add(ImportTexts.Issue(file, line, "", "quote-lost", Shortened(lost, 60), row.Line, columns.Count));
                continue;
            }
            if (cells.Count != columns.Count)
            {
                issues.Add(ImportTexts.Issue(file, row.Line, "", "cells", null, cells.Count, columns.Count));
                continue;
            }
            var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < columns.Count; i++) values[columns[i]] = string.IsNullOrWhiteSpace(cells[i]) ? null : cells[i];
            rows.Add(new CsvRow(file, row.Line, values, issues));
        }
        return new CsvTable { File = file, Rows = rows };
    }

    /// <returns>What separates the required columns in the header; where nothing does, a comma, and the header is told what it lacks.</returns>
    private static char SeparatorOf(string text, IReadOnlyList<string> required)
    {
        foreach (var separator in (char[])[',', ';', '\t'])
        {
            if (new CsvText(text, separator).Header() is { } header && required.All(r => header.Cells.Contains(r, StringComparer.OrdinalIgnoreCase))) return separator;
        }
        return ',';
    }

    private static ImportIssue Quote(string file, CsvText.Row row, string column, IReadOnlyList<string> cells) =>
        ImportTexts.Issue(file, row.Line, column, "quote", Shortened(cells[row.Broken!.Value], 60));

    private static string Shortened(string text, int longest = 200) => text.Length <= longest ? text : text[..longest] + "…";
}

/// <summary>One row while it is being understood: what it cannot say adds an issue, and the row counts as faulty.</summary>
internal sealed partial class CsvRow(string file, int number, IReadOnlyDictionary<string, string?> values, List<ImportIssue> issues)
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\u0085\u2028\u2029");
    private readonly HashSet<string> _unfit = [];

    public int Number => number;
    public bool Faulty { get; private set; }

    /// <summary>What stands in a line of a mail or on a sign is one line: with two it could say there what nobody else said.</summary>
    public string? Text(string column, int longest = 500)
    {
        var text = Cell(column);
        if (text?.Length > longest) Fault(column, "too-long", text[..40] + "…", longest);
        return text;
    }

    public string Required(string column, int longest = 200)
    {
        var text = Text(column, longest);
        if (text is null && !_unfit.Contains(column)) Fault(column, "missing", "");
        return text ?? "";
    }

    /// <summary>A text that people write on several lines, as an address; on one.</summary>
    public string? Lines(string column, int longest = 500)
    {
        var text = Cell(column, inLines: true);
        if (text?.Length > longest) Fault(column, "too-long", text[..40] + "…", longest);
        return text;
    }

    public IReadOnlyList<string> List(string column) =>
        Cell(column, inLines: true)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public string? OneOf(string column, IReadOnlyList<string> possible, IReadOnlyDictionary<string, string>? synonyms = null)
    {
        if (Cell(column) is not { } found) return null;
        var value = Understand(found, possible, synonyms);
        if (value is null) Fault(column, "word", found, string.Join(", ", possible));
        return value;
    }

    public IReadOnlyList<string> SomeOf(string column, IReadOnlyList<string> possible, IReadOnlyDictionary<string, string>? synonyms = null)
    {
        var understood = new List<string>();
        foreach (var found in List(column))
            if (Understand(found, possible, synonyms) is { } value) understood.Add(value);
            else Fault(column, "words", found, string.Join(", ", possible));
        return [.. understood.Distinct()];
    }

    public int WholeNumber(string column, int otherwise, int from, int to)
    {
        if (Cell(column) is not { } found) return otherwise;
        if (int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to) return number;
        Fault(column, "number", found, from, to);
        return otherwise;
    }

    /// <param name="most">Farthest from 0 in both directions.</param>
    public double? Degrees(string column, int most)
    {
        if (Cell(column) is not { } found) return null;
        if (double.TryParse(found.Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= most) return number;
        Fault(column, "degrees", found, -most, most);
        return null;
    }

    /// <param name="code">Of Texts/Import.</param>
    public void Fault(string column, string code, string found, params object[] mentioned)
    {
        Faulty = true;
        issues.Add(ImportTexts.Issue(file, number, column, code, found, mentioned));
    }

    /// <summary>Worth a word, and the row is taken all the same.</summary>
    public void Note(string column, string code, string found) => issues.Add(ImportTexts.Issue(file, number, column, code, found) with { Skipped = false });

    /// <summary>Without what is no letter of any text: databases differ in what they take of it, and people do not see it.</summary>
    private string? Cell(string column, bool inLines = false)
    {
        if (values.GetValueOrDefault(column) is not { } text) return null;
        if (!inLines && text.AsSpan().IndexOfAny(LineEnds) is >= 0 and var end)
        {
            _unfit.Add(column);
            Fault(column, "line-end", text[..Math.Min(end, 60)].Trim() + "…");
            return null;
        }
        if (text.Any(IsControl))
        {
            _unfit.Add(column);
            Fault(column, "control", $"U+{(int)text.First(IsControl):X4}");
            return null;
        }
        return Gap().Replace(text, " ");

        static bool IsControl(char c) => char.IsControl(c) && c != '\t' && !LineEnds.Contains(c);
    }

    [GeneratedRegex("\\s*[\t\n\r\v\f\u0085\u2028\u2029]\\s*")]
    private static partial Regex Gap();

    private static string? Understand(string found, IReadOnlyList<string> possible, IReadOnlyDictionary<string, string>? synonyms) =>
        possible.FirstOrDefault(p => p.Equals(found, StringComparison.OrdinalIgnoreCase)) ?? synonyms?.GetValueOrDefault(found.ToLowerInvariant());
}
