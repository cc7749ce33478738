using System.Globalization;

namespace Matchmaking.Matching.Learning.Tables;

/// <summary>
/// A table of visitors or offers. The first column is the id. Of the others, those that hold nothing but numbers (or dates, as days) are numbers;
/// everything else is words, several in a cell where ';' or '|' stands between them. What begins with a zero is a code, not a number.
/// </summary>
internal static class ReadSide
{
    private static readonly string[] Dates = ["yyyy-MM-dd", "dd-MMM-yyyy", "dd.MM.yyyy"];

    public static Refusal? Read(string file, TextReader text, out SideTable table)
    {
        table = new SideTable([], []);
        if (CsvLines.Read(file, text, out var header, out var rows) is { } refusal) return refusal;
        if (rows.Count == 0) return new(file, 0, "no rows", "Each line after the first is one of them.");
        var ids = new Dictionary<string, int>();
        foreach (var (line, cells) in rows)
        {
            if (cells[0].Length == 0) return new(file, line, "no id", $"The first column, '{header[0]}', is the id.");
            if (!ids.TryAdd(cells[0], line)) return new(file, line, $"id '{cells[0]}' stands already on line {ids[cells[0]]}", "Give each row an id of its own.");
        }
        var columns = new List<Column>();
        for (var at = 1; at < header.Length; at++)
        {
            if (Of(file, header[at], rows, at, out var column) is { } bad) return bad;
            if (column is not null) columns.Add(column);
        }
        table = new SideTable([.. rows.Select(r => r.Cells[0])], columns);
        return null;
    }

    private static Refusal? Of(string file, string name, List<(int Line, string[] Cells)> rows, int at, out Column? column)
    {
        column = null;
        var filled = rows.Where(r => r.Cells[at].Length > 0).ToArray();
        if (filled.Length == 0) return null;
        if (filled.All(r => Number(r.Cells[at]) is not null))
        {
            if (filled.FirstOrDefault(r => !double.IsFinite(Number(r.Cells[at])!.Value)) is { Line: > 0 } endless)
                return new(file, endless.Line, $"'{endless.Cells[at]}' in column '{name}' is not a finite number", "Leave the cell empty where nothing is known.");
            column = new NumberColumn(name, [.. rows.Select(r => r.Cells[at].Length == 0 ? float.NaN : (float)Number(r.Cells[at])!.Value)]);
        }
        else if (filled.All(r => Day(r.Cells[at]) is not null))
            column = new NumberColumn(name, [.. rows.Select(r => r.Cells[at].Length == 0 ? float.NaN : (float)Day(r.Cells[at])!.Value)]);
        else column = Words(name, rows, at);
        return null;
    }

    private static WordColumn Words(string name, List<(int Line, string[] Cells)> rows, int at)
    {
        var index = new Dictionary<string, int>();
        var codes = rows.Select(r => r.Cells[at].Split([';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct().Select(word => index.TryGetValue(word, out var known) ? known : index[word] = index.Count).ToArray()).ToArray();
        return new WordColumn(name, [.. index.Keys], codes);
    }

    private static double? Number(string cell) =>
        cell is ['0', >= '0' and <= '9', ..] || !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? null : number;

    private static int? Day(string cell) =>
        DateOnly.TryParseExact(cell, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.DayNumber : null;
}
