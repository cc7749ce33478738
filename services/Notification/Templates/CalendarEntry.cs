using Matchmaking.Contracts.Matching;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults.Calendars;

namespace Matchmaking.Notification.Templates;

/// <summary>The meeting as the attachment of a mail. What it says is said in <see cref="MeetingEntry"/>, as in the file that Matching offers.</summary>
internal static class CalendarEntry
{
    public const string FileName = "termin.ics";

    /// <param name="from">The fair's sender address; the organizer bears no person's name.</param>
    /// <param name="to">The reader's own address.</param>
    public static CalendarFile? Of(NoticeFacts facts, string side, string language, string from, string to, DateTimeOffset at)
    {
        if (facts is not { Calendar: { } method, Meeting: { } meeting }) return null;
        var status = method == "cancel" ? AppointmentStatus.Cancelled : facts.Tentative ? AppointmentStatus.Tentative : AppointmentStatus.Confirmed;
        return CalendarFile.Send(new Appointment(
            MeetingEntry.Uid(meeting), meeting.Version, status, MeetingEntry.Summary(meeting, side, language), MeetingEntry.Location(meeting, language),
            MeetingEntry.Description(meeting, language), meeting.Start, meeting.End, at), from, to);
    }
}
