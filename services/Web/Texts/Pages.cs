using System.Globalization;
using System.Resources;

namespace Matchmaking.Web.Texts;

/// <summary>
/// The texts of the pages: Pages.resx is German, Pages.xx.resx the others. Ukrainian and Arabic are machine-drafted and await review by speakers.
/// </summary>
public sealed class Pages
{
    private static readonly ResourceManager Manager = new(typeof(Pages));
    private static readonly CultureInfo De = CultureInfo.GetCultureInfo("de");

    /// <summary>The German text, where it stands beside another language.</summary>
    public static string German(string key) => Manager.GetString(key, De) ?? key;
}
