using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Matching.Meetings;

/// <summary>Either side calls it off; the seat is free at once.</summary>
internal static class CancelMeeting
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/meetings/{id:guid}/cancel", HandleAsync).WithSummary("Either side calls the meeting off; the seat is free at once")
            .RequireAuthorization(Policies.Party).Refuses(409, "meeting-over", "changed-meanwhile");

    private static Task<Results<Ok<Meeting>, ProblemHttpResult>> HandleAsync(Guid id, ClaimsPrincipal caller, MeetingDesk desk, CancellationToken cancel)
    {
        var (now, by) = (desk.Clock.GetUtcNow(), MeetingDesk.SideOf(caller));
        // Pressed twice: it is cancelled, and nobody is told again. To the other side it is news.
        return desk.ChangeAsync(id, caller, b => Task.FromResult(b.Status == MeetingStatuses.Cancelled && b.History[^1].By == by ? null : b.Cancel(by, now)),
            (b, facts) => desk.Db.Announce(new MeetingCancelled(facts, by, now), b.VisitorId, b.Version), cancel);
    }
}
