using System.Globalization;
using System.Resources;

namespace Matchmaking.Contracts.Texts;

/// <summary>
/// In which languages visitors are spoken to, and the few words that more than one service says: days, months, where a table is. Words.resx is German,
/// Words.xx.resx the others; a language is added with its Words, Pages, Reasons and mails, and a test names what is missing.
/// </summary>
public static class Words
{
    private static readonly ResourceManager Manager = new(typeof(Words));

    /// <summary>Of every page, mail and slip that a visitor sees, in the order of the picker.</summary>
    public static readonly IReadOnlyList<string> Languages = ["de", "en", "uk", "ar", "ru", "fa", "tr", "fr", "es", "vi", "pl", "ro", "ti", "kmr"];

    /// <summary>Of what exhibitors, analysts and organisers see.</summary>
    public static readonly IReadOnlyList<string> StaffLanguages = ["de", "en", "uk", "ar"];

    /// <summary>Written from right to left.</summary>
    public static bool IsRightToLeft(string language) => language is "ar" or "fa" or "prs" or "ckb" or "ps" or "ur";

    /// <summary>German in a language that is not among <see cref="Languages"/>; the key where there is no such word.</summary>
    public static string In(string key, string language) => Manager.GetString(key, CultureInfo.GetCultureInfo(Languages.Contains(language) ? language : "de")) ?? key;

    /// <summary>"Table 3, Hall 1": parts with the comma of the language.</summary>
    public static string List(IEnumerable<string> parts, string language) => string.Join(In("list.comma", language), parts);

    /// <summary>"Samstag".</summary>
    public static string Weekday(DateTimeOffset local, string language) => In("days", language).Split('|')[(int)local.DayOfWeek];

    /// <summary>"Juni", as it is said after a day.</summary>
    public static string Month(int month, string language) => In("months", language).Split('|')[month - 1];

    /// <summary>"20. Juni".</summary>
    public static string DayMonth(DateTimeOffset local, string language) => Fill("date.day", language, local.Day, Month(local.Month, language), local.Month);

    /// <summary>"20. Juni 2026".</summary>
    public static string Date(DateOnly day, string language) => Fill("date.year", language, day.Day, Month(day.Month, language), day.Year, day.Month);

    /// <summary>"Samstag, 20. Juni".</summary>
    public static string LongDay(DateTimeOffset local, string language) => Fill("date.long", language, Weekday(local, language), DayMonth(local, language));

    /// <summary>"Samstag, 20. Juni 2026".</summary>
    public static string LongDate(DateTimeOffset local, string language) => Fill("date.long", language, Weekday(local, language), Date(DateOnly.FromDateTime(local.Date), language));

    private static string Fill(string key, string language, params object[] values) => string.Format(CultureInfo.InvariantCulture, In(key, language), values);
}
