using System.Text;
using Matchmaking.Matching.Meetings;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Calendars;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Routes;

/// <summary>
/// The visitor's day as one calendar file: each meeting that is agreed on or asked for, as the very entry that mails and the file of the one meeting carry.
/// Suggestions are not in it: they change with the day, and a file that was taken over once cannot take them back.
/// </summary>
internal static class ShowRouteCalendar
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/visitors/{id:guid}/route.ics", HandleAsync).WithTags("Meetings").WithSummary("All meetings of the visitor's day in one iCalendar file, as their own files have them")
            .Produces<string>(StatusCodes.Status200OK, "text/calendar").RequireAuthorization(Policies.Visitor).OwnVisitor().Refuses(404, "no-meetings");

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleAsync(Guid id, MeetingDesk desk, CancellationToken cancel)
    {
        var language = (await desk.Db.Visitors.FindAsync([id], cancel))?.Needs.Language ?? "de";
        var bookings = await desk.Db.Bookings.AsNoTracking().Where(b => b.VisitorId == id && ShowRoute.Agreed.Contains(b.Status)).OrderBy(b => b.Start).ThenBy(b => b.Id).ToListAsync(cancel);
        // A calendar without an entry is none (RFC 5545, 3.6).
        if (bookings.Count == 0) return Problem.Of("no-meetings", StatusCodes.Status404NotFound);
        var entries = new List<Appointment>(bookings.Count);
        foreach (var booking in bookings)
            entries.Add(ShowCalendar.Entry(booking, await desk.FactsAsync(booking, cancel), MeetingSides.Visitor, language));
        return TypedResults.File(Encoding.UTF8.GetBytes(CalendarFile.Publish(entries).Text), "text/calendar; charset=utf-8", "route.ics");
    }
}
