using System.Globalization;
using System.Resources;

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

    /// <summary>null: there is no such text.</summary>
    public static string? Find(string key, CultureInfo culture) => Visitors.GetString(key, culture) ?? Staff.GetString(key, culture);
}
