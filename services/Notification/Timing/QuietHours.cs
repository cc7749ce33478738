using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Matchmaking.ServiceDefaults;

namespace Matchmaking.Notification.Timing;

/// <summary>Hours of the fair's zone in which nobody is disturbed: from the first minute, until before the last; over midnight where the end is earlier.</summary>
internal sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    /// <param name="text">"21:00-07:00"; empty: none.</param>
    public static bool TryParse(string text, out QuietHours? hours)
    {
        hours = null;
        if (text.Length == 0) return true;
        if (text.Split('-') is not [var from, var to] || !Reads(from, out var start) || !Reads(to, out var end) || start == end) return false;
        hours = new QuietHours(start.Value, end.Value);
        return true;
    }

    /// <returns>When it is over; null: it is not quiet now.</returns>
    public DateTimeOffset? Until(DateTimeOffset now, TimeZoneInfo zone)
    {
        var time = DayTimes.TimeOf(now, zone);
        if (!time.IsBetween(From, To)) return null;
        var day = DayTimes.DayOf(now, zone);
        return DayTimes.At(time >= To ? day.AddDays(1) : day, To, zone);
    }

    internal static bool Reads(string text, [NotNullWhen(true)] out TimeOnly? time)
    {
        time = TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : null;
        return time is not null;
    }
}
