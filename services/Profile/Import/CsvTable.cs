using System.Globalization;
using CsvHelper;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Profile.Import;

/// <summary>
/// A file with a header, read row by row; cells by column name, trimmed, empty as null. Columns are separated by commas, or by what a German Excel writes
/// (semicolons, tabs), where that alone makes the header one that we know.
/// </summary>
internal sealed class CsvTable
{
    // A quotation mark that is never closed must not swallow the rows after it unseen: the row's cell count gives it away.
    private static CsvReaderOptions Format(char separator) => new()
    {
        Separator = separator,
        HasHeader = false,
        SkipEmptyLines = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Recover,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
    };

    public required string File { get; init; }
    public required IReadOnlyList<CsvRow> Rows { get; init; }

    /// <returns>The table; or null with the issues that say why the file as a whole cannot be read, and none that follow from them.</returns>
    public static CsvTable? Read(string file, byte[] bytes, IReadOnlyList<string> required, IReadOnlyList<string> known, List<ImportIssue> issues)
    {
        var encoded = FileText.TryDecode(bytes, out var text);
        if (!encoded) issues.Add(ImportTexts.Issue(file, 0, "", "file-encoding"));
        using var reader = CsvReader.FromText(text, Format(SeparatorOf(text, required)));
        if (!reader.Read())
        {
            issues.Add(ImportTexts.Issue(file, 0, "", "file-empty", null, string.Join(",", known)));
            return null;
        }
        var columns = reader.Current.ToArray().Select(h => h.Trim()).ToList();
        if (columns.Count == 1 && columns[0].IndexOfAny([';', '\t']) is >= 0 and var at)
        {
            // Saved by a German Excel both are wrong at once, and both are worth a word in the same go.
            issues.Add(ImportTexts.Issue(file, 1, "", columns[0][at] == ';' ? "separator-semicolon" : "separator-tab", Shortened(columns[0])));
            return null;
        }
        if (!encoded) return null;
        var missing = required.Where(r => !columns.Contains(r, StringComparer.OrdinalIgnoreCase)).ToList();
        foreach (var column in missing) issues.Add(ImportTexts.Issue(file, 1, column, "column-missing", Shortened(string.Join(",", columns)), column));
        if (missing.Count > 0) return null;
        foreach (var other in columns.Where(c => c.Length > 0 && !known.Contains(c, StringComparer.OrdinalIgnoreCase)))
            issues.Add(ImportTexts.Issue(file, 1, other, "column-unknown", other, string.Join(", ", known)) with { Skipped = false });
        var rows = new List<CsvRow>();
        while (reader.Read())
        {
            var cells = reader.Current.ToArray();
            var line = (int)reader.LineNumber;
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            if (cells.Length != columns.Count)
            {
                issues.Add(ImportTexts.Issue(file, line, "", "cells", null, cells.Length, columns.Count));
                continue;
            }
            var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < columns.Count; i++) values[columns[i]] = string.IsNullOrWhiteSpace(cells[i]) ? null : cells[i].Trim();
            rows.Add(new CsvRow(file, line, values, issues));
        }
        return new CsvTable { File = file, Rows = rows };
    }

    /// <returns>What separates the required columns in the header; where nothing does, a comma, and the header is told what it lacks.</returns>
    private static char SeparatorOf(string text, IReadOnlyList<string> required)
    {
        foreach (var separator in (char[])[',', ';', '\t'])
        {
            using var reader = CsvReader.FromText(text, Format(separator));
            if (reader.Read() && reader.Current.ToArray().Select(h => h.Trim()).ToList() is var header && required.All(r => header.Contains(r, StringComparer.OrdinalIgnoreCase))) return separator;
        }
        return ',';
    }

    private static string Shortened(string text) => text.Length <= 200 ? text : text[..200] + "…";
}

/// <summary>One row while it is being understood: what it cannot say adds an issue, and the row counts as faulty.</summary>
internal sealed class CsvRow(string file, int number, IReadOnlyDictionary<string, string?> values, List<ImportIssue> issues)
{
    public int Number => number;
    public bool Faulty { get; private set; }

    public string? Text(string column, int longest = 500)
    {
        var text = values.GetValueOrDefault(column);
        if (text?.Length > longest) Fault(column, "too-long", text[..40] + "…", longest);
        return text;
    }

    public string Required(string column, int longest = 200)
    {
        var text = Text(column, longest);
        if (text is null) Fault(column, "missing", "");
        return text ?? "";
    }

    public IReadOnlyList<string> List(string column) =>
        values.GetValueOrDefault(column)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public string? OneOf(string column, IReadOnlyList<string> possible, IReadOnlyDictionary<string, string>? synonyms = null)
    {
        if (values.GetValueOrDefault(column) is not { } found) return null;
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
        if (values.GetValueOrDefault(column) is not { } found) return otherwise;
        if (int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to) return number;
        Fault(column, "number", found, from, to);
        return otherwise;
    }

    /// <param name="code">Of Texts/Import.</param>
    public void Fault(string column, string code, string found, params object[] mentioned)
    {
        Faulty = true;
        issues.Add(ImportTexts.Issue(file, number, column, code, found, mentioned));
    }

    private static string? Understand(string found, IReadOnlyList<string> possible, IReadOnlyDictionary<string, string>? synonyms) =>
        possible.FirstOrDefault(p => p.Equals(found, StringComparison.OrdinalIgnoreCase)) ?? synonyms?.GetValueOrDefault(found.ToLowerInvariant());
}
