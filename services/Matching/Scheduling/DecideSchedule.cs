using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Scheduling;

/// <summary>The organiser stops a drawing, throws a draft away, or publishes it. Pressed twice it is done once, and both presses get the same answer.</summary>
internal static class DecideSchedule
{
    private const int Tries = 5;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/schedules/{id:guid}/cancel", CancelAsync).WithTags("Meetings").WithSummary("Stop drawing a schedule up, or throw its draft away; what is published stays")
            .RequireAuthorization(Policies.Organiser).Refuses(404, "not-found").Refuses(409, "schedule-over", "changed-meanwhile");
        routes.MapPost("/api/schedules/{id:guid}/publish", PublishAsync).WithTags("Meetings").WithSummary("Publish a draft: its meetings are booked as agreed, as far as their seats are still free")
            .WithDescription("Booking goes on in the background; GET tells how many are booked and why others could not be. Meetings that were there before are not changed.")
            .RequireAuthorization(Policies.Organiser).Refuses(404, "not-found").Refuses(409, "not-a-draft", "changed-meanwhile");
    }

    private static async Task<Results<Ok<ScheduleView>, ProblemHttpResult>> CancelAsync(Guid id, MatchingDb db, ScheduleDesk desk, TimeProvider clock, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            db.ChangeTracker.Clear();
            if (await db.Schedules.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } schedule) return Problem.Of("not-found", StatusCodes.Status404NotFound);
            if (schedule.State == ScheduleStates.Cancelled) return TypedResults.Ok(await ListSchedules.ViewAsync(db, schedule, cancel));
            if (schedule.State is not (ScheduleStates.Drawing or ScheduleStates.Draft)) return Problem.Of("schedule-over", StatusCodes.Status409Conflict);
            (schedule.State, schedule.EndedAt, schedule.HeldUntil) = (ScheduleStates.Cancelled, clock.GetUtcNow(), 0);
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateConcurrencyException) { continue; }
            desk.Stop(id);
            await KeepDraft.ClearAwayAsync(db, cancel);
            return TypedResults.Ok(await ListSchedules.ViewAsync(db, schedule, cancel));
        }
        return Problem.Of("changed-meanwhile", StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Accepted<ScheduleView>, ProblemHttpResult>> PublishAsync(Guid id, MatchingDb db, ScheduleDesk desk, TimeProvider clock, CancellationToken cancel)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            db.ChangeTracker.Clear();
            if (await db.Schedules.SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } schedule) return Problem.Of("not-found", StatusCodes.Status404NotFound);
            if (schedule.State is not (ScheduleStates.Draft or ScheduleStates.Published)) return Problem.Of("not-a-draft", StatusCodes.Status409Conflict);
            if (schedule.State == ScheduleStates.Draft)
            {
                (schedule.State, schedule.PublishedAt, schedule.HeldBy, schedule.HeldUntil) = (ScheduleStates.Published, clock.GetUtcNow(), null, 0);
                try { await db.SaveChangesAsync(cancel); }
                catch (DbUpdateConcurrencyException) { continue; }
                desk.Ring();
            }
            return TypedResults.Accepted($"/api/schedules/{id}", await ListSchedules.ViewAsync(db, schedule, cancel));
        }
        return Problem.Of("changed-meanwhile", StatusCodes.Status409Conflict);
    }
}
