using Matchmaking.Contracts.Matching;

namespace Matchmaking.Web.Visitor;

/// <summary>Meetings that are agreed on, or may still be.</summary>
internal static class OpenMeetings
{
    public static bool IsOpen(this Meeting meeting) => meeting.Status is "requested" or "accepted" or "proposed";

    /// <returns>null: nothing is asked for or agreed on about this offer.</returns>
    public static Meeting? About(this IEnumerable<Meeting> meetings, Guid offer) => meetings.FirstOrDefault(m => m.OfferId == offer && m.IsOpen());
}
