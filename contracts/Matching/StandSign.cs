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
        if (string.IsNullOrWhiteSpace(sign) || language == "de" || !Words.Languages.Contains(language)) return sign;
        var parts = sign.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
            parts[i] = Said(parts[i], "Tisch ", Words.In("sign.table", language)) ?? Said(parts[i], "Halle ", Words.In("sign.hall", language)) ?? parts[i];
        return Words.List(parts, language);
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
