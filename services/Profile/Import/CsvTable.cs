using System.Globalization;
using System.Text;
using CsvHelper;

namespace Matchmaking.Profile.Import;

/// <summary>A comma-separated file with a header, read row by row; cells by column name, trimmed, empty as null.</summary>
internal sealed class CsvTable
{
    // A quotation mark that is never closed must not swallow the rows after it unseen: the row's cell count gives it away.
    private static readonly CsvReaderOptions Format = new()
    {
        Separator = ',',
        HasHeader = false,
        SkipEmptyLines = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Recover,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
    };

    public required string File { get; init; }
    public required IReadOnlyList<CsvRow> Rows { get; init; }

    /// <returns>The table; or null with an issue that says why the file as a whole cannot be read.</returns>
    public static CsvTable? Read(string file, byte[] bytes, IReadOnlyList<string> required, IReadOnlyList<string> known, List<ImportIssue> issues)
    {
        string text;
        try { text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF'); }
        catch (DecoderFallbackException)
        {
            issues.Add(new(file, 0, "", "bytes that are not UTF-8", "UTF-8 text", "Save the file as \"CSV UTF-8\"."));
            return null;
        }
        using var reader = CsvReader.FromText(text, Format);
        if (!reader.Read())
        {
            issues.Add(new(file, 0, "", "an empty file", "a header and rows", $"The first line names the columns: {string.Join(",", known)}."));
            return null;
        }
        var columns = reader.Current.ToArray().Select(h => h.Trim()).ToList();
        foreach (var missing in required.Where(r => !columns.Contains(r, StringComparer.OrdinalIgnoreCase)))
            issues.Add(new(file, 1, missing, string.Join(",", columns), $"a column '{missing}'",
                columns.Count == 1 && columns[0].Contains(';') ? "Columns are separated by commas; semicolons separate several values in one cell." : "Add the column to the first line."));
        if (issues.Exists(i => i.File == file && i.Row <= 1)) return null;
        foreach (var other in columns.Where(c => c.Length > 0 && !known.Contains(c, StringComparer.OrdinalIgnoreCase)))
            issues.Add(new(file, 1, other, other, $"one of {string.Join(", ", known)}", "The column is ignored.", Skipped: false));
        var rows = new List<CsvRow>();
        while (reader.Read())
        {
            var cells = reader.Current.ToArray();
            var line = (int)reader.LineNumber;
            if (cells.All(string.IsNullOrWhiteSpace)) continue;
            if (cells.Length != columns.Count)
            {
                issues.Add(new(file, line, "", $"{cells.Length} cells", $"{columns.Count} cells", "Put text that contains commas into quotation marks; check for missing commas."));
                continue;
            }
            var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < columns.Count; i++) values[columns[i]] = string.IsNullOrWhiteSpace(cells[i]) ? null : cells[i].Trim();
            rows.Add(new CsvRow(file, line, values, issues));
        }
        return new CsvTable { File = file, Rows = rows };
    }
}

/// <summary>One row while it is being understood: what it cannot say adds an issue, and the row counts as faulty.</summary>
internal sealed class CsvRow(string file, int number, IReadOnlyDictionary<string, string?> values, List<ImportIssue> issues)
{
    public int Number => number;
    public bool Faulty { get; private set; }

    public string? Text(string column, int longest = 500)
    {
        var text = values.GetValueOrDefault(column);
        if (text?.Length > longest) Fault(column, text[..40] + "…", $"at most {longest} characters", "Shorten the text.");
        return text;
    }

    public string Required(string column, int longest = 200)
    {
        var text = Text(column, longest);
        if (text is null) Fault(column, "", "a text", "Fill the cell.");
        return text ?? "";
    }

    public IReadOnlyList<string> List(string column) =>
        values.GetValueOrDefault(column)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    public string? OneOf(string column, IReadOnlyList<string> possible, IReadOnlyDictionary<string, string>? synonyms = null)
    {
        if (values.GetValueOrDefault(column) is not { } found) return null;
        var value = Understand(found, possible, synonyms);
        if (value is null) Fault(column, found, $"one of {string.Join(", ", possible)}", "Use one of these words.");
        return value;
    }

    public IReadOnlyList<string> SomeOf(string column, IReadOnlyList<string> possible, IReadOnlyDictionary<string, string>? synonyms = null)
    {
        var understood = new List<string>();
        foreach (var found in List(column))
            if (Understand(found, possible, synonyms) is { } value) understood.Add(value);
            else Fault(column, found, $"some of {string.Join(", ", possible)}", "Use these words, separated by semicolons.");
        return [.. understood.Distinct()];
    }

    public int WholeNumber(string column, int otherwise, int from, int to)
    {
        if (values.GetValueOrDefault(column) is not { } found) return otherwise;
        if (int.TryParse(found, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= from && number <= to) return number;
        Fault(column, found, $"a whole number from {from} to {to}", "Write digits alone.");
        return otherwise;
    }

    public void Fault(string column, string found, string expected, string repair)
    {
        Faulty = true;
        issues.Add(new(file, number, column, found, expected, repair));
    }

    private static string? Understand(string found, IReadOnlyList<string> possible, IReadOnlyDictionary<string, string>? synonyms) =>
        possible.FirstOrDefault(p => p.Equals(found, StringComparison.OrdinalIgnoreCase)) ?? synonyms?.GetValueOrDefault(found.ToLowerInvariant());
}
