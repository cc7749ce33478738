namespace Matchmaking.Contracts.Matching;

/// <summary>Until when a stand may answer a request; then it expires, and the visitor is told.</summary>
public static class AnswerTime
{
    private static readonly TimeSpan Within = TimeSpan.FromHours(24), BeforeStart = TimeSpan.FromHours(1), AtLeast = TimeSpan.FromMinutes(15);

    /// <summary>A day to answer, an hour before it begins at the latest, but never less than a quarter of an hour.</summary>
    /// <param name="asked">When the request is made, or sent again.</param>
    /// <param name="start">Of the meeting; of the latest, where there are several to choose from.</param>
    public static DateTimeOffset By(DateTimeOffset asked, DateTimeOffset start)
    {
        var (day, hourBefore, atLeast) = (asked + Within, start - BeforeStart, asked + AtLeast);
        var by = day < hourBefore ? day : hourBefore;
        return by > atLeast ? by : atLeast;
    }
}
