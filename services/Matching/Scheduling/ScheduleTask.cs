namespace Matchmaking.Matching.Scheduling;

/// <summary>From <paramref name="Start"/> until before <paramref name="End"/>.</summary>
internal sealed record TimeSlice(DateTimeOffset Start, DateTimeOffset End)
{
    public bool Overlaps(TimeSlice other) => Start < other.End && other.Start < End;

    public bool Covers(TimeSlice other) => Start <= other.Start && other.End <= End;
}

/// <param name="Chance">From 0 to 1: that the meeting is of use, which is usefulness x acceptance.</param>
internal sealed record Wish(Guid Exhibitor, double Chance);

/// <param name="Wishes">The dearest first. A stand that is named twice counts at its first place.</param>
/// <param name="Free">When the visitor can come; empty: at any time. A meeting lies within one of them.</param>
/// <param name="Languages">Empty: not known, so no table is ruled out.</param>
internal sealed record WishingVisitor(Guid Id, IReadOnlyList<Wish> Wishes, IReadOnlyList<TimeSlice> Free, IReadOnlyList<string> Languages);

/// <param name="No">Where other languages are spoken at some times, the table is there once for each, and closed at the times of the others.</param>
/// <param name="Languages">Spoken at it; empty: not known, so nobody is ruled out.</param>
internal sealed record StandTable(int No, IReadOnlyList<string> Languages);

/// <param name="Slots">At each of them every table can have one meeting. They do not overlap.</param>
/// <param name="Breaks">A slot that touches one is not used.</param>
/// <param name="Closed">Tables that cannot be given at a time: kept for people without a date, or taken.</param>
/// <param name="Most">Meetings that the stand wants in the whole day, kept ones included; null: as many as there are seats.</param>
internal sealed record OpenStand(
    Guid Id, IReadOnlyList<StandTable> Tables, IReadOnlyList<TimeSlice> Slots, IReadOnlyList<TimeSlice> Breaks, IReadOnlyList<ClosedSeat>? Closed = null, int? Most = null);

internal sealed record ClosedSeat(StandTable Table, TimeSlice Time);

/// <summary>What both sides agreed on before. It stays, takes its table and both people's time, and counts for everybody's most.</summary>
internal sealed record KeptMeeting(Guid Visitor, Guid Exhibitor, TimeSlice Time, int Table);

/// <summary>Most meetings in the whole day, kept ones included.</summary>
internal sealed record MostMeetings(int PerVisitor, int PerExhibitor);

/// <summary>All that a schedule is drawn up from. Nothing in it says who somebody is.</summary>
internal sealed record ScheduleTask(IReadOnlyList<WishingVisitor> Visitors, IReadOnlyList<OpenStand> Stands, IReadOnlyList<KeptMeeting> Kept, MostMeetings Most);
