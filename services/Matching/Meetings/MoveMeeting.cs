using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Matching.Meetings;

/// <summary>The visitor takes another free time of the same stand. If it cannot be had, the old one stays theirs.</summary>
internal static class MoveMeeting
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/meetings/{id:guid}/move", HandleAsync).WithSummary("The visitor takes another free time of the stand; the old one is given back in the same moment")
            .RequireAuthorization(Policies.Visitor).Refuses(409, "meeting-over", "meeting-begun", "moved-enough", "slot-taken", "slot-over", "visitor-busy", "changed-meanwhile");

    private static async Task<Results<Ok<Meeting>, ProblemHttpResult>> HandleAsync(
        Guid id, MeetingChoice choice, ClaimsPrincipal caller, MeetingDesk desk, CancellationToken cancel)
    {
        if (choice.SlotId is not { } slotId) return Problem.Invalid("slotId", "required");
        var now = desk.Clock.GetUtcNow();
        var before = default(DateTimeOffset);
        return await desk.ChangeAsync(id, caller, async booking =>
        {
            // The very seat that is held for them is taken by that.
            if (booking.IsOffered && booking.SlotId == slotId)
            {
                if (booking.MayChoose(slotId, now) is { } late) return late;
                booking.TakeOffered(now);
                return null;
            }
            // Pressed twice: it is there already.
            if (booking.SlotId == slotId && booking.TableNo is not null) return null;
            if (booking.MayMove(now) is { } no) return no;
            var state = await SlotBoard.OfSlotAsync(desk.Db, slotId, now, cancel, except: booking.Id);
            if (booking.TableNo is not null) state = state?.ForHolder;
            if (SlotState.Unfit(state, booking.ExhibitorId, now, "slotId") is { } unfit) return unfit;
            before = booking.Start;
            booking.Move(state!.Slot, await desk.TableAsync(state, booking, cancel), now);
            booking.StandOrdinal ??= await StandPlaces.FreeAsync(desk.Db, state.Slot, cancel);
            return null;
        }, (b, facts) =>
        {
            if (b.History[^1].What == MeetingSteps.Requested) desk.Db.Announce(new MeetingRequested(facts, now), b.VisitorId, b.Version);
            else desk.Db.Announce(new MeetingMoved(facts, b.IsAgreed, before, now), b.VisitorId, b.Version);
        }, cancel);
    }
}
