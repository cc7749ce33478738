using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Matchmaking.Notification.Inbox;

namespace Matchmaking.Notification.Templates;

/// <param name="Method">iTIP method (RFC 5546), also a parameter of the attachment's content type.</param>
internal sealed record CalendarFile(string Method, string Text)
{
    public const string Name = "termin.ics";
}

/// <summary>
/// The meeting as iCalendar: the UID never changes and SEQUENCE is the meeting's version, so that a calendar moves or removes its entry
/// instead of adding a second one. A confidential meeting shows its code alone: calendars are read by others.
/// </summary>
internal static class CalendarEntry
{
    /// <param name="from">The fair's sender address; the organizer bears no person's name.</param>
    /// <param name="to">The reader's own address: RFC 5546 asks for the attendee.</param>
    public static CalendarFile? Of(NoticeFacts facts, string side, string language, string from, string to, DateTimeOffset at)
    {
        if (facts is not { Calendar: { } method, Meeting: { } meeting }) return null;
        var cancel = method == "cancel";
        var entry = new CalendarEvent
        {
            Uid = $"{meeting.MeetingId}@matchmaking",
            Sequence = checked((int)meeting.Version),
            DtStamp = Utc(at),
            Start = Utc(meeting.Start),
            End = Utc(meeting.End),
            Summary = Summary(),
            Location = string.Join(", ", ((string?[])[meeting.Place, meeting.Format == "stand" ? meeting.Stand : null]).Where(p => !string.IsNullOrEmpty(p))),
            Status = cancel ? EventStatus.Cancelled : facts.Tentative ? EventStatus.Tentative : EventStatus.Confirmed,
            Organizer = new Organizer("mailto:" + from) { CommonName = "Matchmaking" },
        };
        entry.Attendees.Add(new Attendee("mailto:" + to) { Rsvp = false, ParticipationStatus = facts.Tentative ? EventParticipationStatus.Tentative : EventParticipationStatus.Accepted });
        var calendar = new Calendar { Method = cancel ? "CANCEL" : "REQUEST", ProductId = "-//Matchmaking//Fair//DE" };
        calendar.Events.Add(entry);
        return new CalendarFile(calendar.Method, new CalendarSerializer().SerializeToString(calendar)!);

        string Summary()
        {
            var what = language switch { "en" => "Appointment", "uk" => "Зустріч", "ar" => "موعد", _ => "Termin" } + " " + meeting.Code;
            if (meeting.Confidential) return what;
            return what + ": " + (side == Sides.Visitor ? meeting.Exhibitor : MailTexts.TitleOf(meeting, language));
        }
    }

    private static CalDateTime Utc(DateTimeOffset at) => new(at.UtcDateTime, CalDateTime.UtcTzId);
}
