using System.Text.RegularExpressions;
using Matchmaking.Contracts.Texts;

namespace Matchmaking.Web.Organiser;

/// <summary>
/// The words in braces of a text that is written from right to left, as they stand in the field: each an island from left to right (U+2066 … U+2069), else its
/// quotes and braces change sides. What is sent to the service has none of that.
/// </summary>
internal static partial class TemplateTags
{
    private const char Island = '\u2066', IslandEnd = '\u2069';

    public static string Shown(string text, string language) => Words.IsRightToLeft(language) ? Tag().Replace(text, $"{Island}$0{IslandEnd}") : text;

    /// <summary>Also where something was typed into an island, or one of its ends deleted.</summary>
    public static string Written(string text) => Around().Replace(text, "$1").Replace(Island.ToString(), "");

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}")]
    private static partial Regex Tag();

    [GeneratedRegex("\u2066([^\u2066\u2069]*)\u2069")]
    private static partial Regex Around();
}
