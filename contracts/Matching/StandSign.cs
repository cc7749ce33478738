using System.Globalization;
using Matchmaking.Contracts.Texts;

namespace Matchmaking.Contracts.Matching;

/// <summary>
/// Where a stand is, as it is said: catalogues have it in German ("Tisch 14, Halle 1"), other languages say table and hall in their own words. What
/// is neither is a sign's own text ("A 12") and stays as people find it in the hall.
/// </summary>
public static class StandSign
{
    /// <param name="language">One of <see cref="Words.Languages"/>; German for any other.</param>
    public static string? In(string? sign, string language)
    {
        if (string.IsNullOrWhiteSpace(sign)) return sign;
        var parts = sign.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var said = Array.ConvertAll(parts, part => Said(part, "Tisch ", Words.In("sign.table", language)) ?? Said(part, "Halle ", Words.In("sign.hall", language)) ?? part);
        // Nothing of it is ours to say: an address keeps its own commas.
        if (said.SequenceEqual(parts)) return sign;
        return Words.List(said, language);
    }

    /// <summary>Number of the table and name of the hall, as far as the sign names them: "Tisch 14a, Halle 1" is 14 and "1".</summary>
    public static (int? Table, string? Hall) Read(string? sign)
    {
        (int? Table, string? Hall) read = default;
        foreach (var part in (sign ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Said(part, "Tisch ", "") is { } table) read.Table ??= int.Parse(table.AsSpan().Trim().TrimEnd("abcdefghijklmnopqrstuvwxyz"), NumberStyles.None, CultureInfo.InvariantCulture);
            else if (part.StartsWith("Halle ", StringComparison.Ordinal)) read.Hall ??= part[6..].TrimStart();
        }
        return read;
    }

    /// <summary>"Tisch 14" and "Tisch 14a", but not "Tisch am Eingang".</summary>
    private static string? Said(string part, string german, string word)
    {
        if (!part.StartsWith(german, StringComparison.Ordinal)) return null;
        var number = part.AsSpan(german.Length);
        var digits = number.Length > 0 && char.IsAsciiLetterLower(number[^1]) ? number[..^1] : number;
        return digits.Length is > 0 and <= 4 && !digits.ContainsAnyExceptInRange('0', '9') ? string.Concat(word, " ", number) : null;
    }
}
