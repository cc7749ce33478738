using System.Globalization;
using Matchmaking.Contracts.Texts;

namespace Matchmaking.Notification.Templates;

/// <summary>Times as a reader says them: in the fair's zone, Gregorian, 24 hours, digits 0-9 in every language (they are compared with signs).</summary>
internal sealed class FairTime(string zone, string language)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(zone);

    public string Day(DateTimeOffset at) => Words.LongDate(Local(at), language);

    public string Time(DateTimeOffset at) => Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    public string DayAndTime(DateTimeOffset at) => Words.List([Day(at), Time(at)], language);

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, _zone);
}

/// <summary>Names of languages, in a reader's language.</summary>
internal static class LanguageNames
{
    public static string Of(string language, string reader)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            // ICU names languages in the culture of the moment.
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(reader);
            return new CultureInfo(language).DisplayName;
        }
        catch (CultureNotFoundException)
        {
            return language;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
