using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>The meetings of one side, by time; and one of them alone.</summary>
internal static class ListMeetings
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/visitors/{id:guid}/meetings", OfVisitorAsync).WithSummary("The visitor's meetings, by time").RequireAuthorization(Policies.Visitor);
        routes.MapGet("/api/exhibitors/{id:guid}/meetings", OfExhibitorAsync).WithSummary("The stand's meetings, by time; of a visitor only what they agreed to share").RequireAuthorization(Policies.Exhibitor);
        routes.MapGet("/api/meetings/{id:guid}", OneAsync).WithSummary("One meeting, as the side that asks may see it").RequireAuthorization(Policies.Reader);
    }

    private static async Task<Results<Ok<IReadOnlyList<Meeting>>, ProblemHttpResult>> OfVisitorAsync(
        Guid id, ClaimsPrincipal caller, MatchingDb db, MeetingViews views, CancellationToken cancel)
    {
        if (id != caller.VisitorId()) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var bookings = await db.Bookings.AsNoTracking().Where(b => b.VisitorId == id).OrderBy(b => b.Start).ThenBy(b => b.Id).ToListAsync(cancel);
        var meetings = new List<Meeting>(bookings.Count);
        foreach (var booking in bookings) meetings.Add(await views.OfAsync(booking, MeetingSides.Visitor, cancel));
        return TypedResults.Ok<IReadOnlyList<Meeting>>(meetings);
    }

    private static async Task<Results<Ok<IReadOnlyList<Meeting>>, ProblemHttpResult>> OfExhibitorAsync(
        Guid id, ClaimsPrincipal caller, MatchingDb db, PublishedCatalogues catalogues, OutcomeTimes times, CancellationToken cancel)
    {
        if (id != caller.ExhibitorId()) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var rows = await (from booking in db.Bookings.AsNoTracking()
                          join visitor in db.Visitors.AsNoTracking() on booking.VisitorId equals visitor.Id
                          where booking.ExhibitorId == id
                          orderby booking.Start, booking.Id
                          select new { Booking = booking, Visitor = visitor }).ToListAsync(cancel);
        var meetings = new List<Meeting>(rows.Count);
        foreach (var row in rows.Where(r => r.Booking.StandKnows))
            meetings.Add(MeetingTexts.ForExhibitor(row.Booking, await catalogues.OfferAsync(row.Booking.OfferId, cancel), row.Visitor, times) with { Join = await StandPlans.JoinAsync(db, row.Booking, cancel) });
        return TypedResults.Ok<IReadOnlyList<Meeting>>(meetings);
    }

    private static async Task<Results<Ok<Meeting>, ProblemHttpResult>> OneAsync(Guid id, ClaimsPrincipal caller, MeetingDesk desk, CancellationToken cancel) =>
        await desk.FindAsync(id, caller, cancel) is { } booking
            ? TypedResults.Ok(await desk.ViewAsync(booking, caller, cancel))
            : Problem.Of("not-found", StatusCodes.Status404NotFound);
}
