using System.Globalization;
using System.Resources;

namespace Matchmaking.Web.Texts;

/// <summary>
/// The texts of the pages: Pages.resx is German, Pages.xx.resx the others. Ukrainian and Arabic are machine-drafted and await review by speakers.
/// </summary>
public sealed class Pages
{
    private static readonly ResourceManager Manager = new(typeof(Pages));

    /// <summary>The German text, where it stands beside another language.</summary>
    public static string German(string key) => In(key, "de");

    public static string In(string key, string language) => Manager.GetString(key, CultureInfo.GetCultureInfo(language)) ?? key;
}
