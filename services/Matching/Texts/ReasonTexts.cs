using System.Globalization;
using System.Resources;
using System.Text;
using System.Text.RegularExpressions;
using Matchmaking.Contracts.Profile.Occupations;
using Matchmaking.Contracts.Texts;

namespace Matchmaking.Matching.Texts;

/// <summary>A parameter of a text. A value that begins with '#' is one or more keys (separated by commas) of texts to be said in its place.</summary>
internal readonly record struct TextArg(string Name, string Value)
{
    public static TextArg Code(string name, params IEnumerable<string> keys) => new(name, "#" + string.Join(',', keys));
}

/// <summary>
/// Says a code with its parameters in a language: Reasons.resx is German, Reasons.&lt;language&gt;.resx the others; what is missing in one is said
/// in German. Parameters stand as {name} in the texts.
/// </summary>
internal static partial class ReasonTexts
{
    private static readonly ResourceManager Resources = new("Matchmaking.Matching.Texts.Reasons", typeof(ReasonTexts).Assembly);
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de");

    /// <summary>Beginning of keys that name an occupation by its code, as "isco.2221".</summary>
    public const string Occupation = "isco.";

    /// <summary>Languages that have all texts.</summary>
    public static readonly IReadOnlyList<string> Languages = Words.Languages;

    public static bool Has(string code) => Resources.GetString(code, German) is not null;

    /// <summary>A text as it stands, with its parameters unfilled; null where there is none in any language.</summary>
    public static string? Raw(string code, CultureInfo culture) => Resources.GetString(code, culture);

    /// <summary>The parameters that a text takes.</summary>
    public static IEnumerable<string> Holes(string text) => Hole().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order();

    /// <param name="own">By language, where the code's words are not in the resources; German is always among them.</param>
    public static string Say(string code, IReadOnlyList<TextArg> args, string language, IReadOnlyDictionary<string, string>? own = null) => own is null
        ? Say(code, args, Culture(language))
        : own.TryGetValue(language, out var words) ? Fill(words, args, Culture(language)) : Fill(own["de"], args, German);

    /// <summary>An unknown code is said as itself: a page with an odd word is better than no page.</summary>
    public static string Say(string code, IReadOnlyList<TextArg> args, CultureInfo culture) => Fill(Raw(code, culture) ?? code, args, culture);

    private static string Fill(string text, IReadOnlyList<TextArg> args, CultureInfo culture)
    {
        if (args.Count == 0) return text;
        var filled = new StringBuilder(text);
        foreach (var arg in args) filled.Replace("{" + arg.Name + "}", Value(arg.Value, culture));
        return filled.ToString();
    }

    public static string Office(string code, string language) => Say("office." + code, [], language);

    public static CultureInfo Culture(string language)
    {
        try { return CultureInfo.GetCultureInfo(language); }
        catch (CultureNotFoundException) { return German; }
    }

    private static string Value(string value, CultureInfo culture) =>
        value.StartsWith('#')
            ? Words.List(value[1..].Split(',').Select(key => Word(key, culture)), culture.Name)
            : Isolated(value, culture);

    /// <summary>Names of occupations come from their list, which knows more languages than the sentences around them.</summary>
    private static string Word(string key, CultureInfo culture) =>
        key.StartsWith(Occupation, StringComparison.Ordinal) && OccupationList.Find(key[Occupation.Length..]) is { } listed
            ? listed.In(culture.Name).Name
            : Raw(key, culture) ?? key;

    /// <summary>An organiser's own words are in German: within a text that runs the other way they keep their direction (U+2068, U+2069).</summary>
    private static string Isolated(string words, CultureInfo culture) => culture.TextInfo.IsRightToLeft ? $"\u2068{words}\u2069" : words;

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Hole();
}
