namespace Matchmaking.Matching.Scheduling;

/// <summary>Why somebody has no meeting. Ascending in how near they came to one; the nearest of their wishes is told.</summary>
internal enum NoMeeting
{
    /// <summary>Wished for nothing.</summary>
    NoWish,

    /// <summary>No table of a wished stand speaks one of their languages.</summary>
    NoCommonLanguage,

    /// <summary>No wished stand that they could talk with has a free table when they can come.</summary>
    NoCommonTime,

    /// <summary>They, or the wished stands, have as many meetings as they may have.</summary>
    MostReached,

    /// <summary>All tables at their times went to others.</summary>
    StandsFull,
}
