using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>The visitor's day in order: what is agreed or asked for, and how long it is from one to the next.</summary>
internal static class ShowRoute
{
    private static readonly string[] Shown = [MeetingStatuses.Requested, MeetingStatuses.Accepted, MeetingStatuses.Held];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/visitors/{id:guid}/route", HandleAsync).WithSummary("The visitor's day, one stop after the other").RequireAuthorization(Policies.Visitor);

    private static async Task<Results<Ok<IReadOnlyList<RouteStop>>, ProblemHttpResult>> HandleAsync(
        Guid id, ClaimsPrincipal caller, MatchingDb db, MeetingViews views, CancellationToken cancel)
    {
        if (id != caller.VisitorId()) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var bookings = await db.Bookings.AsNoTracking().Where(b => b.VisitorId == id && Shown.Contains(b.Status)).OrderBy(b => b.Start).ToListAsync(cancel);
        var stops = new List<RouteStop>(bookings.Count);
        foreach (var booking in bookings)
        {
            int? gap = stops.Count == 0 ? null : (int)(booking.Start - stops[^1].Meeting.Slot.End).TotalMinutes;
            stops.Add(new RouteStop(await views.OfAsync(booking, MeetingSides.Visitor, cancel), gap));
        }
        return TypedResults.Ok<IReadOnlyList<RouteStop>>(stops);
    }
}
