using System.Security.Claims;
using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Matching.Meetings;

/// <summary>A meeting as iCalendar (RFC 5545): the same UID for ever, SEQUENCE grows with each change, so calendars follow it.</summary>
internal static class ShowCalendar
{
    public static void Map(IEndpointRouteBuilder routes) => 
        routes.MapGet("/api/meetings/{id:guid}/calendar.ics", HandleAsync).WithSummary("The meeting as iCalendar, with a UID that stays and a SEQUENCE that grows")
            .Produces<string>(StatusCodes.Status200OK, "text/calendar").RequireAuthorization(Policies.Party);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(Guid id, ClaimsPrincipal caller, MeetingDesk desk, CancellationToken cancel)
    {
        if (await desk.FindAsync(id, caller, cancel) is not { } booking) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var text = Write(await desk.FactsAsync(booking, cancel), booking.Status, booking.History[^1].At);
        return TypedResults.File(Encoding.UTF8.GetBytes(text), "text/calendar; charset=utf-8", "meeting.ics");
    }

    internal static string Write(MeetingFacts facts, string status, DateTimeOffset changed)
    {
        var entry = new CalendarEvent
        {
            Uid = $"{facts.MeetingId}@matchmaking",
            Sequence = (int)facts.Version,
            Summary = facts.Confidential ? facts.Title : $"{facts.Title} – {facts.Exhibitor}",
            Description = "Code: " + facts.Code,
            Location = string.Join(", ", new[] { facts.Stand, facts.Table is { } table ? $"Tisch {table}" : null, facts.Place }.Where(p => !string.IsNullOrEmpty(p))),
            DtStamp = Utc(changed),
            Start = Utc(facts.Start),
            End = Utc(facts.End),
            Status = status switch
            {
                MeetingStatuses.Accepted or MeetingStatuses.Held or MeetingStatuses.NoShow => "CONFIRMED",
                MeetingStatuses.Requested or MeetingStatuses.Proposed => "TENTATIVE",
                _ => "CANCELLED",
            },
        };
        var calendar = new Calendar { Method = "PUBLISH", ProductId = "-//Matchmaking//Meetings//DE" };
        calendar.Events.Add(entry);
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private static CalDateTime Utc(DateTimeOffset time) => new(time.UtcDateTime, "UTC");
}
