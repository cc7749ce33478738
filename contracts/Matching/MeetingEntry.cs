using Matchmaking.Contracts.Texts;

namespace Matchmaking.Contracts.Matching;

/// <summary>
/// What a calendar says of a meeting, the same in a mail and in a download: a calendar that got both holds one entry. Calendars are read by
/// others: a confidential meeting shows its code alone.
/// </summary>
public static class MeetingEntry
{
    /// <summary>For ever the same.</summary>
    public static string Uid(MeetingFacts meeting) => $"{meeting.MeetingId}@matchmaking";

    /// <param name="side">"visitor" reads whom they meet, "exhibitor" about what.</param>
    /// <param name="language">One of <see cref="Words.Languages"/>; German for any other.</param>
    public static string Summary(MeetingFacts meeting, string side, string language)
    {
        var what = Words.In("entry.appointment", language) + " " + meeting.Code;
        if (meeting.Confidential) return what;
        return what + ": " + (side == "visitor" ? meeting.Exhibitor : meeting.Titles.GetValueOrDefault(language) is { Length: > 0 } title ? title : meeting.Title);
    }

    /// <summary>Of a meeting by video or telephone the address or number, where the stand has said one; never of a confidential one, whose link may name the stand.</summary>
    public static string? Location(MeetingFacts meeting, string language) =>
        meeting.Format == "stand" ? Words.List(((string?[])[meeting.Place, StandSign.In(meeting.Stand, language)]).OfType<string>().Where(p => p.Length > 0), language) : meeting.Confidential ? null : meeting.Join;

    public static string Description(MeetingFacts meeting, string language)
    {
        var code = $"{Words.In("entry.code", language)}: {meeting.Code}";
        return meeting is { Format: "stand", Table: { } number } ? Words.List([code, $"{Words.In("entry.desk", language)} {number}"], language) : code;
    }
}
