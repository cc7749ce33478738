using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Matching.Meetings;

/// <summary>The visitor takes one of the times that the exhibitor proposed: agreed, if a seat is still free. Or the seat that is held for them since they waited: a request then.</summary>
internal static class ChooseTime
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/meetings/{id:guid}/choose", HandleAsync).WithSummary("The visitor takes one of the times that the exhibitor proposed, or the freed seat that is held for them")
            .RequireAuthorization(Policies.Visitor).Refuses(409, "not-proposed", "meeting-expired", "slot-taken", "slot-over", "visitor-busy", "changed-meanwhile");

    private static async Task<Results<Ok<Meeting>, ProblemHttpResult>> HandleAsync(
        Guid id, MeetingChoice choice, ClaimsPrincipal caller, MeetingDesk desk, CancellationToken cancel)
    {
        if (choice.SlotId is not { } slotId) return Problem.Invalid("slotId", "required");
        var now = desk.Clock.GetUtcNow();
        return await desk.ChangeAsync(id, caller, async booking =>
        {
            if (booking.MayChoose(slotId, now) is { } no) return no;
            if (booking.IsOffered)
            {
                booking.TakeOffered(now);
                return null;
            }
            var state = (await SlotBoard.OfSlotAsync(desk.Db, slotId, now, cancel))?.ForStand;
            if (state is null or { Free.Count: 0 }) return new Refusal("slot-taken");
            if (state.Slot.Start <= now) return new Refusal("slot-over");
            booking.Choose(state.Slot, await desk.TableAsync(state, booking, cancel), now);
            booking.StandOrdinal = await StandPlaces.BeyondAsync(desk.Db, state.Slot, cancel);
            return null;
        }, (b, facts) =>
        {
            if (b.IsAgreed) desk.Db.Announce(new MeetingAccepted(facts, now, MeetingSides.Visitor), b.VisitorId, b.Version);
            else desk.Db.Announce(new MeetingRequested(facts, now), b.VisitorId, b.Version);
        }, cancel);
    }
}
