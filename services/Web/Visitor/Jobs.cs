namespace Matchmaking.Web.Visitor;

/// <summary>Occupations that people at such a fair name most, as ISCO-08 unit groups (ILO 2008), by field of work; names are texts "isco.*".</summary>
public static class Jobs
{
    public static readonly IReadOnlyList<(string Field, string[] Codes)> Fields =
    [
        ("care", ["2221", "5321", "5322", "2211", "2261", "2262"]),
        ("children", ["2342", "5311", "2341", "2330", "2635"]),
        ("office", ["4110", "2411", "3512", "2512", "2431"]),
        ("engineering", ["2142", "2144", "2151"]),
        ("craft", ["7411", "7126", "7112", "7115", "7131", "7212", "7223", "7231", "7522", "7531"]),
        ("food", ["5120", "5131", "9412", "7512"]),
        ("shop", ["5223", "5230", "5141"]),
        ("transport", ["8322", "8331", "8332", "8344", "9333"]),
        ("other", ["9112", "9329", "6113", "6130", "5414"]),
    ];

    public static readonly IReadOnlyList<(string Isco, string Field)> All = [.. Fields.SelectMany(f => f.Codes.Select(c => (c, f.Field)))];
}
