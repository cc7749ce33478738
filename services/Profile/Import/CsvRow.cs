using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Profile;

namespace Matchmaking.Profile.Import;

/// <summary>One row while it is being understood: what it cannot say adds an issue, and the row counts as faulty.</summary>
/// <param name="lists">By column, where the values of a cell come one by one instead of separated by semicolons.</param>
internal sealed partial class CsvRow(
    string file, int number, IReadOnlyDictionary<string, string?> values, List<ImportIssue> issues, IReadOnlyDictionary<string, IReadOnlyList<string?>>? lists = null)
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\v\f\u0085\u2028\u2029");

    /// <summary>Of one cell; more are a slip, and would make every list of every visitor heavier.</summary>
    private const int MostValues = 40;

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

    public IReadOnlyList<string> List(string column)
    {
        IReadOnlyList<string> values = lists?.GetValueOrDefault(column) is { } given
            ? [.. given.Select(value => Clean(column, value?.Trim(), inLines: false)).OfType<string>()]
            : Cell(column, inLines: true)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (values.Count <= MostValues) return values;
        Fault(column, "too-many", string.Join("; ", values.Take(3)) + "…", MostValues);
        return [.. values.Take(MostValues)];
    }

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
    private string? Cell(string column, bool inLines = false) => Clean(column, values.GetValueOrDefault(column), inLines);

    private string? Clean(string column, string? text, bool inLines)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
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

        // The last ones turn the direction of what stands beside them, and so what a page seems to say.
        static bool IsControl(char c) => char.IsControl(c) && c != '\t' && !LineEnds.Contains(c) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
    }

    [GeneratedRegex("\\s*[\t\n\r\v\f\u0085\u2028\u2029]\\s*")]
    private static partial Regex Gap();

    private static string? Understand(string found, IReadOnlyList<string> possible, IReadOnlyDictionary<string, string>? synonyms) =>
        possible.FirstOrDefault(p => p.Equals(found, StringComparison.OrdinalIgnoreCase)) ?? synonyms?.GetValueOrDefault(found.ToLowerInvariant());
}
