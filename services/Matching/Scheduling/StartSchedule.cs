using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Scheduling;

/// <summary>The organiser has a whole schedule drawn up. It is a draft then, and books nothing.</summary>
internal static class StartSchedule
{
    public const int UsualSeconds = 10, MostSeconds = 300, UsualPerVisitor = 2, MostPerExhibitor = 1000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/schedules", HandleAsync).WithTags("Meetings").WithSummary("Draw up a schedule for a whole fair, in the background; the draft books nothing until it is published")
            .RequireAuthorization(Policies.Organiser).Refuses(404, "not-found").Refuses(409, "schedule-drawing");

    private static async Task<Results<Accepted<ScheduleView>, ProblemHttpResult>> HandleAsync(
        ScheduleRequest request, MatchingDb db, ScheduleDesk desk, ScheduleLease lease, PublishedCatalogues catalogues, IOptions<MatchingOptions> options, TimeProvider clock, CancellationToken cancel)
    {
        var mostPerVisitor = options.Value.MeetingsAtOnce;
        if (Faults(request, mostPerVisitor).ToArray() is { Length: > 0 } faults) return Problem.Invalid(faults);
        var fair = request.FairId is { } fairId ? await catalogues.OfFairAsync(fairId, cancel) : await catalogues.CurrentAsync(cancel);
        if (fair is null) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        await desk.TellInterruptedAsync(db, cancel);
        var now = clock.GetUtcNow();
        var (by, until) = await lease.TakeAsync(db, cancel);
        var schedule = new KeptSchedule
        {
            Id = Guid.CreateVersion7(now),
            FairId = fair.Fair.Id,
            MostPerVisitor = request.MostPerVisitor ?? Math.Min(UsualPerVisitor, mostPerVisitor),
            MostPerExhibitor = request.MostPerExhibitor,
            Seconds = request.Seconds ?? UsualSeconds,
            StartedAt = now,
            HeldBy = by,
            HeldUntil = until,
        };
        db.Schedules.Add(schedule);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (Refusals.UniquenessBroken(e) is not null) { return Problem.Of("schedule-drawing", StatusCodes.Status409Conflict); }
        desk.Begin(schedule);
        return TypedResults.Accepted($"/api/schedules/{schedule.Id}", await ListSchedules.ViewAsync(db, schedule, cancel));
    }

    private static IEnumerable<FieldFault> Faults(ScheduleRequest request, int mostPerVisitor)
    {
        if (request.MostPerVisitor is { } n && (n < 1 || n > mostPerVisitor)) yield return new FieldFault("mostPerVisitor", "out-of-range", 1, mostPerVisitor);
        if (request.MostPerExhibitor is < 1 or > MostPerExhibitor) yield return new FieldFault("mostPerExhibitor", "out-of-range", 1, MostPerExhibitor);
        if (request.Seconds is < 1 or > MostSeconds) yield return new FieldFault("seconds", "out-of-range", 1, MostSeconds);
    }
}
