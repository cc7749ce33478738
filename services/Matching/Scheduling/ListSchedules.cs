using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Scheduling;

/// <summary>The schedules of a fair with their progress and figures, newest first; and one of them alone.</summary>
internal static class ListSchedules
{
    private const int Most = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/schedules", ListAsync).WithTags("Meetings").WithSummary("The last twenty schedules of a fair, newest first, with progress and figures").RequireAuthorization(Policies.Organiser);
        routes.MapGet("/api/schedules/{id:guid}", ReadAsync).WithTags("Meetings").WithSummary("One schedule: how far it is, and its figures").RequireAuthorization(Policies.Organiser).Refuses(404, "not-found");
    }

    /// <param name="fairId">Default: the current fair.</param>
    private static async Task<Ok<IReadOnlyList<ScheduleView>>> ListAsync(MatchingDb db, PublishedCatalogues catalogues, CancellationToken cancel, Guid? fairId = null)
    {
        var fair = fairId ?? (await catalogues.CurrentAsync(cancel))?.Fair.Id;
        var views = new List<ScheduleView>();
        foreach (var schedule in await db.Schedules.AsNoTracking().Where(s => s.FairId == fair).OrderByDescending(s => s.StartedAt).ThenByDescending(s => s.Id).Take(Most).ToListAsync(cancel))
            views.Add(await ViewAsync(db, schedule, cancel));
        return TypedResults.Ok<IReadOnlyList<ScheduleView>>(views);
    }

    private static async Task<Results<Ok<ScheduleView>, ProblemHttpResult>> ReadAsync(Guid id, MatchingDb db, CancellationToken cancel) =>
        await db.Schedules.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancel) is { } schedule
            ? TypedResults.Ok(await ViewAsync(db, schedule, cancel))
            : Problem.Of("not-found", StatusCodes.Status404NotFound);

    public static async Task<ScheduleView> ViewAsync(MatchingDb db, KeptSchedule s, CancellationToken cancel) => new(
        s.Id, s.FairId, s.State, s.Fault, s.StartedAt, s.EndedAt, s.PublishedAt, s.MostPerVisitor, s.MostPerExhibitor, s.Seconds, s.Progress, s.Review,
        s.State == ScheduleStates.Published ? await BookedAsync(db, s.Id, cancel) : null);

    private static async Task<ScheduleBooked> BookedAsync(MatchingDb db, Guid id, CancellationToken cancel)
    {
        var counts = await db.PlannedMeetings.Where(m => m.ScheduleId == id).GroupBy(m => m.Outcome).Select(g => new { Outcome = g.Key, Count = g.Count() }).ToListAsync(cancel);
        return new ScheduleBooked(
            counts.Where(c => c.Outcome == PlannedRow.Booked).Sum(c => c.Count), counts.Where(c => c.Outcome is null).Sum(c => c.Count),
            [.. counts.Where(c => c.Outcome is not (null or PlannedRow.Booked)).OrderByDescending(c => c.Count).ThenBy(c => c.Outcome, StringComparer.Ordinal).Select(c => new NotBooked(c.Outcome!, c.Count))]);
    }
}
