using System.Globalization;
using System.Resources;
using Matchmaking.Contracts.Texts;

namespace Matchmaking.Web.Texts;

/// <summary>
/// The texts of the pages. What visitors see stands in Pages.resx (German) and Pages.xx.resx, for every language of
/// <see cref="Contracts.Texts.Words.Languages"/>; what only staff see in Staff.resx, in fewer. All but German and English are machine-drafted and await review by
/// speakers (TRANSLATIONS.md).
/// </summary>
public static class Pages
{
    private static readonly ResourceManager Visitors = new(typeof(Pages)), Staff = new("Matchmaking.Web.Texts.Staff", typeof(Pages).Assembly);

    /// <summary>The German text, where it stands beside another language.</summary>
    public static string German(string key) => In(key, "de");

    public static string In(string key, string language) => Find(key, CultureInfo.GetCultureInfo(language)) ?? key;

    /// <summary>null: there is no such text. What only staff are told is no text of a language that staff pages do not have: it would be said in German.</summary>
    public static string? Find(string key, CultureInfo culture) => Visitors.GetString(key, culture) ?? (HasStaffTexts(culture) ? Staff.GetString(key, culture) : null);

    private static bool HasStaffTexts(CultureInfo culture) => culture.Name.Length == 0 || Words.StaffLanguages.Contains(culture.TwoLetterISOLanguageName);
}
