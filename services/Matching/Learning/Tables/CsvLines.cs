using System.Text;

namespace Matchmaking.Matching.Learning.Tables;

/// <summary>Comma-separated text with a header (RFC 4180): cells may be quoted, a quoted cell may hold commas and line ends.</summary>
internal static class CsvLines
{
    /// <summary>The header and the rows, each with the line on which it begins; or why not.</summary>
    public static Refusal? Read(string file, TextReader text, out string[] header, out List<(int Line, string[] Cells)> rows)
    {
        (header, rows) = ([], []);
        var line = 0;
        while (text.ReadLine() is { } read)
        {
            var start = ++line;
            while (read.Count(c => c == '"') % 2 == 1)
            {
                if (text.ReadLine() is not { } more) return new(file, start, "a quotation mark that is never closed", "Close it, or double it if it belongs to the text.");
                (read, line) = ($"{read}\n{more}", line + 1);
            }
            if (string.IsNullOrWhiteSpace(read)) continue;
            var cells = Split(read);
            if (header.Length == 0)
            {
                header = cells;
                if (header.GroupBy(c => c, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
                    return new(file, start, $"two columns are called '{twice.Key}'", "Give each column a name of its own.");
            }
            else if (cells.Length != header.Length)
                return new(file, start, $"{cells.Length} cells under {header.Length} columns", "Separate cells by commas; put text that holds commas into quotation marks.");
            else rows.Add((start, cells));
        }
        return header.Length == 0 ? new(file, 0, "an empty file", "The first line names the columns.") : null;
    }

    /// <summary>A line with its end.</summary>
    public static string LineOf(IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted)) + "\n";

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string[] Split(string line)
    {
        if (!line.Contains('"')) return line.TrimStart('\uFEFF').Split(',', StringSplitOptions.TrimEntries);
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[++i]);
            else if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else if (c != '\uFEFF') cell.Append(c);
        }
        cells.Add(cell.ToString().Trim());
        return [.. cells];
    }
}
