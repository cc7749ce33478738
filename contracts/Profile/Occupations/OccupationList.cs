using System.Globalization;
using System.Security.Cryptography;

namespace Matchmaking.Contracts.Profile.Occupations;

/// <summary>
/// Occupations that newcomers at such a fair name, with their ISCO-08 codes and their names in the launch languages: occupations.csv, one row each,
/// written for this product (DECISIONS: the list of occupations). Armed forces (major group 0) are left out on purpose: nobody is asked about them.
/// </summary>
public static class OccupationList
{
    private static readonly (ListedOccupation[] Rows, string[] Languages, string[] Drafts, string Revision) Read = ReadFile();
    private static readonly Dictionary<string, ListedOccupation> ByCode = Read.Rows.ToDictionary(o => o.Isco);

    /// <summary>In the order of the file: by field of work, then by code.</summary>
    public static IReadOnlyList<ListedOccupation> All => Read.Rows;

    /// <summary>Languages that have a name for every occupation.</summary>
    public static IReadOnlyList<string> Languages => Read.Languages;

    /// <summary>Languages whose names are machine drafts and await review by speakers: those with "(draft)" in the first line of the file.</summary>
    public static IReadOnlyList<string> Drafts => Read.Drafts;

    /// <summary>Changes with the file.</summary>
    public static string Revision => Read.Revision;

    /// <summary>Those that are named most, for tiles.</summary>
    public static IReadOnlyList<ListedOccupation> Common { get; } = [.. Read.Rows.Where(o => o.Common is not null).OrderBy(o => o.Common)];

    /// <summary>Fields of work in their order.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. Read.Rows.Select(o => o.Field).Distinct()];

    public static ListedOccupation? Find(string? isco) => isco is null ? null : ByCode.GetValueOrDefault(isco);

    /// <summary>The language in which a name can be said: "uk" of "uk-UA"; Persian for Dari, which is written alike; English for what is not there.</summary>
    public static string Spoken(string? language)
    {
        var spoken = language?.Split('-')[0].ToLowerInvariant();
        if (spoken == "prs") spoken = "fa";
        return spoken is not null && Read.Languages.Contains(spoken) ? spoken : "en";
    }

    private static (ListedOccupation[], string[], string[], string) ReadFile()
    {
        using var file = typeof(OccupationList).Assembly.GetManifestResourceStream("occupations.csv")!;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        var revision = Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..16];
        bytes.Position = 0;
        using var text = new StreamReader(bytes);
        const int firstName = 4;
        var heads = text.ReadLine()!.Split(';')[firstName..];
        var languages = heads.Select(h => h.Split(' ')[0]).ToArray();
        var rows = new List<ListedOccupation>();
        while (text.ReadLine() is { Length: > 0 } line)
        {
            var cells = line.Split(';');
            if (cells.Length != firstName + languages.Length) throw new InvalidDataException($"occupations.csv: {cells[0]} has {cells.Length} cells");
            var names = languages.Select((l, i) => (l, Words: cells[firstName + i].Split('|'))).ToDictionary(x => x.l, IReadOnlyList<string> (x) => x.Words);
            var common = cells[3].Length > 0 ? int.Parse(cells[3], CultureInfo.InvariantCulture) : (int?)null;
            rows.Add(new(cells[0], cells[1], cells[2].Length > 0 ? cells[2] : null, common, names));
        }
        return ([.. rows], languages, [.. heads.Where(h => h.EndsWith(" (draft)", StringComparison.Ordinal)).Select(h => h.Split(' ')[0])], revision);
    }
}
