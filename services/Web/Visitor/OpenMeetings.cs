using Matchmaking.Contracts.Matching;

namespace Matchmaking.Web.Visitor;

/// <summary>Meetings that are agreed on, or may still be.</summary>
internal static class OpenMeetings
{
    public static bool IsOpen(this Meeting meeting) => meeting.Status is "requested" or "accepted" or "proposed";

    /// <summary>What is agreed on and over was held or missed: there is nothing to call off or to move.</summary>
    public static bool MayBeChanged(this Meeting meeting, DateTimeOffset now) => meeting.IsOpen() && (meeting.Status != "accepted" || meeting.Slot.End > now);

    /// <summary>A freed seat, held for the visitor until they take it.</summary>
    public static bool IsHeldSeat(this Meeting meeting) => meeting is { Status: "proposed", Table: not null };

    /// <summary>The stand has proposed other times. Where a table is held, a freed seat is offered to who waits for one, of which the stand knows nothing yet.</summary>
    public static bool IsProposal(this Meeting meeting) => meeting is { Status: "proposed", Table: null };

    /// <summary>Whether the visitor has something else at that time; what a stand proposes is no time yet.</summary>
    public static bool IsBusy(this IEnumerable<Meeting> meetings, SlotView time) =>
        meetings.Any(m => m.IsOpen() && !m.IsProposal() && m.Slot.Start < time.End && time.Start < m.Slot.End);

    /// <returns>null: nothing is asked for or agreed on about this offer.</returns>
    public static Meeting? About(this IEnumerable<Meeting> meetings, Guid offer) => meetings.FirstOrDefault(m => m.OfferId == offer && m.IsOpen());
}
