using System.Security.Claims;
using System.Text;
using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Calendars;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Matching.Meetings;

/// <summary>
/// A meeting as a calendar file to be downloaded. It is the entry that mails carry too, in the words of the side that asks: a visitor's own
/// language, German for a stand, whatever the request would rather read.
/// </summary>
internal static class ShowCalendar
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/meetings/{id:guid}/calendar.ics", HandleAsync).WithSummary("The meeting as iCalendar, with a UID that stays and a SEQUENCE that grows")
            .Produces<string>(StatusCodes.Status200OK, "text/calendar").RequireAuthorization(Policies.Party);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(Guid id, ClaimsPrincipal caller, MeetingDesk desk, CancellationToken cancel)
    {
        if (await desk.FindAsync(id, caller, cancel) is not { } booking) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var (side, language) = (MeetingDesk.SideOf(caller), "de");
        if (side == MeetingSides.Visitor) language = (await desk.Db.Visitors.FindAsync([booking.VisitorId], cancel))?.Needs.Language ?? "de";
        var file = CalendarFile.Publish(Entry(booking, await desk.FactsAsync(booking, cancel), side, language));
        return TypedResults.File(Encoding.UTF8.GetBytes(file.Text), "text/calendar; charset=utf-8", "meeting.ics");
    }

    /// <summary>A stand that proposes other times has given the first one back: it stands in no calendar.</summary>
    internal static Appointment Entry(Booking booking, MeetingFacts meeting, string side, string language) => new(
        MeetingEntry.Uid(meeting), meeting.Version, booking.Status switch
        {
            MeetingStatuses.Accepted or MeetingStatuses.Held or MeetingStatuses.NoShow => AppointmentStatus.Confirmed,
            MeetingStatuses.Requested => AppointmentStatus.Tentative,
            MeetingStatuses.Proposed when booking.IsOffered => AppointmentStatus.Tentative,
            _ => AppointmentStatus.Cancelled,
        },
        MeetingEntry.Summary(meeting, side, language), MeetingEntry.Location(meeting, language), MeetingEntry.Description(meeting, language), meeting.Start, meeting.End, booking.History[^1].At);
}
