using Matchmaking.Contracts.Profile;

namespace Matchmaking.Profile.Import;

/// <summary>
/// A file with a header, read row by row; cells by column name, trimmed, empty as null. Columns are separated by commas, or by what a German Excel writes
/// (semicolons, tabs): whichever of them makes columns of the header that we know.
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
        var (told, rest) = Announced(text);
        var lines = new CsvText(rest, told ?? SeparatorOf(rest, known));
        if (lines.Header() is not { } header)
        {
            issues.Add(ImportTexts.Issue(file, 0, "", "file-empty", null, string.Join(",", known)));
            return null;
        }
        var columns = header.Cells;
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

    /// <returns>What separates the columns that are known, or the most columns where none is; a comma before others that do as well.</returns>
    private static char SeparatorOf(string text, IReadOnlyList<string> known) => ((char[])[',', ';', '\t']).MaxBy(separator =>
    {
        var cells = new CsvText(text, separator).Header()?.Cells ?? [];
        return (cells.Count(c => known.Contains(c, StringComparer.OrdinalIgnoreCase)), cells.Count);
    });

    /// <summary>Some Excels write "sep=;" above the header, and all of them heed it.</summary>
    /// <returns>What it says; and the text with that line empty, so that lines keep their numbers.</returns>
    private static (char? Separator, string Text) Announced(string text) =>
        text.AsSpan().TrimStart('"') is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', ',' or ';' or '\t', ..] && text.IndexOf('=') is var at && text.IndexOfAny(['\r', '\n']) is var end && end is >= 0 and <= 8
            ? (text[at + 1], text[end..]) : (null, text);

    private static ImportIssue Quote(string file, CsvText.Row row, string column, IReadOnlyList<string> cells) =>
        ImportTexts.Issue(file, row.Line, column, "quote", Shortened(cells[row.Broken!.Value], 60));

    private static string Shortened(string text, int longest = 200) => text.Length <= longest ? text : text[..longest] + "…";
}
