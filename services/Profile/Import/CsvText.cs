using System.Text;

namespace Matchmaking.Profile.Import;

/// <summary>
/// A spreadsheet's text as rows of cells (RFC 4180), written by people: a quotation mark that is not closed, or stands where none may, costs the row it
/// stands in, and the reader goes on at the next line that can be a row.
/// </summary>
internal sealed class CsvText(string text, char separator)
{
    /// <summary>A cell that runs over more lines is none that somebody wrote, and looking on would cost more with each line.</summary>
    private const int MostLines = 50;

    private readonly string[] _lines = text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);

    /// <param name="Line">On which it begins, from 1.</param>
    /// <param name="Broken">Index of the cell with a quotation mark too few or too many; null: the row is sound.</param>
    /// <param name="Lost">Lines after the first that cannot be told from the broken cell.</param>
    internal sealed record Row(int Line, IReadOnlyList<string> Cells, int? Broken, IReadOnlyList<(int Line, string Text)> Lost);

    /// <returns>Null: there is no line with anything on it.</returns>
    public Row? Header()
    {
        var at = Array.FindIndex(_lines, l => !string.IsNullOrWhiteSpace(l));
        if (at < 0) return null;
        var split = Split(_lines[at]);
        return new Row(at + 1, split.Cells, split.Broken, []);
    }

    /// <param name="columns">How many cells a row has: by that a line is known that may be one.</param>
    public IEnumerable<Row> RowsAfter(Row header, int columns)
    {
        for (var at = header.Line; at < _lines.Length;)
        {
            if (string.IsNullOrWhiteSpace(_lines[at]))
            {
                at++;
                continue;
            }
            var row = At(at, columns, out var next);
            at = next;
            yield return row;
        }
    }

    private Row At(int at, int columns, out int next)
    {
        var first = Split(_lines[at]);
        next = at + 1;
        if (first.Broken is null || !first.Open) return new Row(at + 1, first.Cells, first.Broken, []);
        // A cell of several lines, where one of them could be a row of its own, is two or more rows with a mark too few: nobody can tell where it was meant.
        var joined = new StringBuilder(_lines[at]);
        for (var end = at + 1; end < _lines.Length && end - at < MostLines && !CanBeRow(end); end++)
        {
            var whole = Split(joined.Append('\n').Append(_lines[end]).ToString());
            if (whole.Broken is not null && whole.Open) continue;
            if (whole.Broken is not null) break;
            next = end + 1;
            return new Row(at + 1, whole.Cells, null, []);
        }
        var lost = new List<(int, string)>();
        for (; next < _lines.Length && !CanBeRow(next); next++)
            if (!string.IsNullOrWhiteSpace(_lines[next])) lost.Add((next + 1, _lines[next]));
        return new Row(at + 1, first.Cells, first.Broken, lost);

        bool CanBeRow(int line) => Split(_lines[line]).Cells.Count == columns;
    }

    /// <returns>The cells, the broken ones as they stand there up to the next separator; the first broken one, and whether its mark is still open at the end.</returns>
    private (IReadOnlyList<string> Cells, int? Broken, bool Open) Split(string row)
    {
        var cells = new List<string>();
        int? broken = null;
        var open = false;
        for (var at = 0; at <= row.Length;)
        {
            var start = at;
            while (start < row.Length && row[start] != separator && char.IsWhiteSpace(row[start])) start++;
            if (start < row.Length && row[start] == '"')
            {
                if (TryQuoted(row, start, out var cell, out var end))
                {
                    cells.Add(cell);
                    at = end + 1;
                    continue;
                }
                if (broken is null) (broken, open) = (cells.Count, end >= row.Length);
            }
            var stop = row.IndexOf(separator, at) is >= 0 and var found ? found : row.Length;
            var plain = row[at..stop];
            // Marks in pairs are part of a text that nobody put in quotation marks; a single one is a slip.
            if (broken is null && plain.Count(c => c == '"') % 2 == 1) (broken, open) = (cells.Count, false);
            cells.Add(plain.Trim());
            at = stop + 1;
        }
        return (cells, broken, open);
    }

    /// <param name="end">Where the separator after it stands; or where it failed: at the end of the row if the mark is never closed.</param>
    private bool TryQuoted(string row, int start, out string cell, out int end)
    {
        var text = new StringBuilder();
        for (end = start + 1; end < row.Length; end++)
        {
            if (row[end] != '"') text.Append(row[end]);
            else if (end + 1 < row.Length && row[end + 1] == '"') text.Append(row[++end]);
            else
            {
                do end++; while (end < row.Length && row[end] != separator && char.IsWhiteSpace(row[end]) && row[end] != '\n');
                cell = text.ToString().Trim();
                return end == row.Length || row[end] == separator;
            }
        }
        cell = "";
        return false;
    }
}
