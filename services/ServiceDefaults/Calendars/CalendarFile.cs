using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Matchmaking.ServiceDefaults.Calendars;

/// <summary>One appointment, as every calendar that hears of it is to know it.</summary>
/// <param name="Uid">Never changes; with <see cref="Sequence"/>, which grows with each change, calendars follow it instead of adding a second entry.</param>
/// <param name="Stamp">When it came to be what it is.</param>
public sealed record Appointment(
    string Uid, long Sequence, AppointmentStatus Status, string Summary, string? Location, string? Description, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset Stamp);

public enum AppointmentStatus
{
    Tentative, Confirmed, Cancelled,
}

/// <summary>An iCalendar file (RFC 5545) with its iTIP method (RFC 5546), which is also a parameter of an attachment's content type.</summary>
public sealed record CalendarFile(string Method, string Text)
{
    /// <summary>One writer of all files, so that no calendar takes two of them for the works of two programs.</summary>
    private const string ProductId = "-//Matchmaking//Fair//DE";

    /// <summary>To be downloaded by its owner into a calendar of their own: nobody is invited and nobody waits for an answer, so it names no people.</summary>
    public static CalendarFile Publish(params IReadOnlyCollection<Appointment> appointments) => Write("PUBLISH", appointments, null, null);

    /// <summary>To be sent: an invitation that calendars enter by themselves, or, for a cancelled appointment, its withdrawal.</summary>
    /// <param name="organizer">Mail address of the sender.</param>
    /// <param name="attendee">Mail address of the reader, whom RFC 5546 wants to be named.</param>
    public static CalendarFile Send(Appointment appointment, string organizer, string attendee) =>
        Write(appointment.Status == AppointmentStatus.Cancelled ? "CANCEL" : "REQUEST", [appointment], organizer, attendee);

    private static CalendarFile Write(string method, IReadOnlyCollection<Appointment> appointments, string? organizer, string? attendee)
    {
        var calendar = new Calendar { Method = method, ProductId = ProductId };
        calendar.Events.AddRange(appointments.Select(appointment => Entry(appointment, organizer, attendee)));
        return new CalendarFile(method, new CalendarSerializer().SerializeToString(calendar)!);
    }

    private static CalendarEvent Entry(Appointment appointment, string? organizer, string? attendee)
    {
        var tentative = appointment.Status == AppointmentStatus.Tentative;
        var entry = new CalendarEvent
        {
            Uid = appointment.Uid,
            Sequence = checked((int)appointment.Sequence),
            DtStamp = Utc(appointment.Stamp),
            Start = Utc(appointment.Start),
            End = Utc(appointment.End),
            Summary = appointment.Summary,
            Location = appointment.Location,
            Description = appointment.Description,
            Status = appointment.Status switch
            {
                AppointmentStatus.Tentative => EventStatus.Tentative,
                AppointmentStatus.Confirmed => EventStatus.Confirmed,
                _ => EventStatus.Cancelled,
            },
        };
        if (organizer is not null) entry.Organizer = new Organizer("mailto:" + organizer) { CommonName = "Matchmaking" };
        if (attendee is not null)
            entry.Attendees.Add(new Attendee("mailto:" + attendee) { Rsvp = false, ParticipationStatus = tentative ? EventParticipationStatus.Tentative : EventParticipationStatus.Accepted });
        return entry;
    }

    private static CalDateTime Utc(DateTimeOffset at) => new(at.UtcDateTime, CalDateTime.UtcTzId);
}
