using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Quality;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Visitors;

/// <summary>All that Matching holds of the visitor who asks (GDPR Art. 15 and 20).</summary>
internal static class ExportVisitor
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/visitors/{id:guid}/export/matching", HandleAsync).WithSummary("All that Matching holds of the visitor").RequireAuthorization(Policies.Visitor);

    private static async Task<Results<Ok<MatchingExport>, ProblemHttpResult>> HandleAsync(
        Guid id, ClaimsPrincipal caller, MatchingDb db, MeetingViews views, CancellationToken cancel)
    {
        if (id != caller.VisitorId() || await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancel) is not { } visitor)
            return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var meetings = new List<ExportedMeeting>();
        foreach (var booking in await db.Bookings.AsNoTracking().Where(b => b.VisitorId == id).OrderBy(b => b.RequestedAt).ToListAsync(cancel))
            meetings.Add(new ExportedMeeting(await views.OfAsync(booking, MeetingSides.Visitor, cancel), booking.Note, booking.Useful));
        var shown = await ShownList.OfVisitor(db, id).OrderBy(l => l.At).ToListAsync(cancel);
        var opened = await db.OpenedOffers.AsNoTracking().Where(o => o.RecordKey == visitor.RecordKey).OrderBy(o => o.At).ToListAsync(cancel);
        var waiting = await db.Waiting.Where(w => w.VisitorId == id).OrderBy(w => w.At).Select(w => new ExportedWaiting(w.OfferId, w.Format, w.At)).ToListAsync(cancel);
        var planned = await (from plan in db.PlannedMeetings
                             join slot in db.Slots on plan.SlotId equals slot.Id
                             where plan.VisitorId == id
                             orderby plan.ScheduleId, slot.Start
                             select new ExportedPlan(plan.ScheduleId, plan.OfferId, slot.Start, plan.Wish, plan.Outcome)).ToListAsync(cancel);
        var choices = await db.Choices.Where(c => c.VisitorId == id).OrderBy(c => c.At).Select(c => new ExportedChoice(c.OfferId, c.Choice, c.Reason, c.At)).ToListAsync(cancel);
        return TypedResults.Ok(new MatchingExport(
            id, visitor.FairId, visitor.Version, visitor.Needs, visitor.ExpiresAt, await db.VisitorTokens.CountAsync(t => t.VisitorId == id, cancel), meetings,
            [.. shown.Select(l => new ExportedList(l.At, l.ProfileVersion, new RankedBy(l.RankerKind, l.RankerVersion), [.. l.Offers]))],
            [.. opened.Select(o => new ExportedOpening(o.OfferId, o.At))], waiting, planned, choices));
    }
}
