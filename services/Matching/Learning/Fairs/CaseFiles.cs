using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Tables;

namespace Matchmaking.Matching.Learning.Fairs;

/// <summary>The columns of the three files in which cases are handed on. They are those of `evaluate`, which takes the same files; further columns are passed over.</summary>
internal static class CaseFiles
{
    public const string Goals = "goals", Topics = "topics", Languages = "languages", Isco = "isco", Years = "years", Wheelchair = "wheelchair",
        Interpreter = "interpreter", Evening = "evening", Language = "language", Speaking = "speaking", Age = "age";

    public static readonly IReadOnlyList<string> Visitors =
        ["visitor", .. VisitorFields.Names, Goals, Topics, Languages, Isco, Years, Wheelchair, Interpreter, Evening, Language, Speaking, Age];

    public static readonly IReadOnlyList<string> Offers =
        ["offer", "exhibitor", "kind", "type", "entry", "exit", "topics", "traits", "languages", "isco", "conditions", "tables", "standLanguages", "key", "standKey", "catalogue"];

    public static readonly IReadOnlyList<string> Outcomes =
        ["visitor", "offer", "grade", "time", "position", "propensity", "came", "useful", "ranker", "version", "day", "full"];

    /// <summary>What the cells of a column are, here and in what else a record's export has.</summary>
    public static CellKind KindOf(string column) => column switch
    {
        "grade" or "propensity" => CellKind.Number,
        Years or "tables" or "catalogue" or "position" or "useful" or "list" or "candidates" or "all" or "free" => CellKind.Whole,
        Wheelchair or Interpreter or Evening or "conditions" or "full" or "reviewed" => CellKind.YesNo,
        "time" => CellKind.Time,
        _ => CellKind.Text,
    };

    /// <summary>What came of an offer, in the column "came".</summary>
    public static readonly IReadOnlyList<string> Steps = ["opened", "requested", "accepted", "declined", "held", "no-show"];

    /// <summary>What came of an offer, of <see cref="Steps"/>.</summary>
    public static IEnumerable<string> StepsOf(OfferOutcome o)
    {
        bool[] came = [o.Opened, o.Requested, o.Accepted, o.Declined, o.Held, o.NoShow];
        return Steps.Where((_, i) => came[i]);
    }

    public static string YesNo(bool value) => value ? "yes" : "no";

    public static string Join(IEnumerable<string> cells) => string.Join(';', cells);

    public static string Of(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>An id as it is where it is one, else one made from the text, the same each time.</summary>
    public static Guid Id(string text) => Guid.TryParseExact(text, "D", out var id) ? id : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    public static IEnumerable<string> Words(string cell) => cell.Split([';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>A file's lines by names of columns; a column that is not there is empty.</summary>
internal sealed class NamedLines
{
    private readonly Dictionary<string, int> _at;

    private NamedLines(string file, string[] header, List<(int Line, string[] Cells)> rows) =>
        (File, Rows, _at) = (file, rows, header.Select((name, at) => (name, at)).ToDictionary(x => x.name, x => x.at, StringComparer.OrdinalIgnoreCase));

    public string File { get; }
    public List<(int Line, string[] Cells)> Rows { get; }

    public static Refusal? Read(string file, TextReader text, out NamedLines lines)
    {
        var refusal = CsvLines.Read(file, text, out var header, out var rows);
        lines = new NamedLines(file, refusal is null ? header : [], rows);
        return refusal ?? (rows.Count == 0 ? new Refusal(file, 0, "no rows", "Each line after the first is one of them.") : null);
    }

    public bool Has(string column) => _at.ContainsKey(column);

    public string Cell(string[] cells, string column) => _at.TryGetValue(column, out var at) ? cells[at] : "";
}
