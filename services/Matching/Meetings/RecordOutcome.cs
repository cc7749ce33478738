using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>Whether it was held, and how useful it was: the first by either side, the second by the visitor alone.</summary>
internal static class RecordOutcome
{
    private static readonly string[] Outcomes = [MeetingStatuses.Held, MeetingStatuses.NoShow];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/meetings/{id:guid}/outcome", HandleAsync).WithSummary("Whether the meeting was held, from a quarter of an hour before it begins; how useful it was, the visitor alone says")
            .RequireAuthorization(Policies.Party).Refuses(409, "not-accepted", "too-early", "already-recorded", "changed-meanwhile");
        routes.MapDelete("/api/meetings/{id:guid}/outcome", UndoAsync).WithSummary("The stand takes back what it has recorded, as long as the visitor has not judged the meeting")
            .RequireAuthorization(Policies.Exhibitor).Refuses(409, "not-recorded", "already-recorded", "changed-meanwhile");
    }

    private static Task<Results<Ok<Meeting>, ProblemHttpResult>> UndoAsync(Guid id, ClaimsPrincipal caller, MeetingDesk desk, CancellationToken cancel)
    {
        var now = desk.Clock.GetUtcNow();
        return desk.ChangeAsync(id, caller, async b =>
            b.Reopen(await VisitorPlace.BeyondAsync(desk.Db, b.VisitorId, b.ExhibitorId, cancel), now), (_, _) => { }, cancel);
    }

    private static async Task<Results<Ok<Meeting>, ProblemHttpResult>> HandleAsync(
        Guid id, MeetingOutcome outcome, ClaimsPrincipal caller, MeetingDesk desk, OutcomeTimes times, CancellationToken cancel)
    {
        var (now, by) = (desk.Clock.GetUtcNow(), MeetingDesk.SideOf(caller));
        if (Faults(outcome, by).ToArray() is { Length: > 0 } faults) return Problem.Invalid(faults);
        // No event: nobody has to be told what both were there to see.
        return await desk.ChangeAsync(id, caller, b => Task.FromResult(b.Record(outcome.Outcome!, outcome.Useful, by, now, times.From(b))), (_, _) => { }, cancel);
    }

    private static IEnumerable<FieldFault> Faults(MeetingOutcome outcome, string by)
    {
        if (outcome.Outcome is null) yield return new FieldFault("outcome", "required");
        else if (!Outcomes.Contains(outcome.Outcome)) yield return new FieldFault("outcome", "unknown-code", outcome.Outcome, string.Join(", ", Outcomes));
        if (outcome.Useful is null) yield break;
        if (outcome.Useful is < 1 or > 5) yield return new FieldFault("useful", "out-of-range", 1, 5);
        else if (by != MeetingSides.Visitor || outcome.Outcome != MeetingStatuses.Held) yield return new FieldFault("useful", "useful-by-visitor");
    }
}
