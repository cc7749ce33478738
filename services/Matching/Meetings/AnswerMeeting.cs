using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Matching.Meetings;

/// <summary>The exhibitor says yes, no, or "another time".</summary>
internal static class AnswerMeeting
{
    private const int MostProposals = 3;
    private static readonly string[] Answers = ["accept", "decline", "propose"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/meetings/{id:guid}/answer", HandleAsync).WithSummary("The exhibitor accepts, declines with a reason, or proposes up to three other times")
            .RequireAuthorization(Policies.Answerer).Refuses(409, "already-answered", "meeting-expired", "slot-taken", "slot-over", "changed-meanwhile");

    private static async Task<Results<Ok<Meeting>, ProblemHttpResult>> HandleAsync(
        Guid id, MeetingAnswer answer, ClaimsPrincipal caller, MeetingDesk desk, CancellationToken cancel)
    {
        if (Faults(answer).ToArray() is { Length: > 0 } faults) return Problem.Invalid(faults);
        var (db, now) = (desk.Db, desk.Clock.GetUtcNow());
        return answer.Answer switch
        {
            "accept" => await desk.ChangeAsync(id, caller, b => Task.FromResult(b.Accept(now)),
                (b, facts) => db.Announce(new MeetingAccepted(facts, now), b.VisitorId, b.Version), cancel),
            "decline" => await desk.ChangeAsync(id, caller, b => Task.FromResult(b.Decline(answer.Reason, now)),
                (b, facts) => db.Announce(new MeetingDeclined(facts, answer.Reason, now), b.VisitorId, b.Version), cancel),
            _ => await desk.ChangeAsync(id, caller, b => ProposeAsync(b, [.. answer.SlotIds!.Distinct()], desk, now, cancel),
                (b, facts) => db.Announce(new MeetingProposed(facts, [.. b.Proposals.Select(p => p.Start).Distinct().Order()], now), b.VisitorId, b.Version), cancel),
        };
    }

    private static async Task<Refusal?> ProposeAsync(Booking booking, IReadOnlyList<Guid> slotIds, MeetingDesk desk, DateTimeOffset now, CancellationToken cancel)
    {
        // Who asked for that time is not to be asked whether it would suit them.
        if (booking.TableNo is not null && slotIds.Contains(booking.SlotId)) return new Refusal("asked-for", Field: "slotIds");
        var times = new List<SlotTime>();
        foreach (var slotId in slotIds)
        {
            // The stand may give away its own kept seats: so they count as free here.
            var state = (await SlotBoard.OfSlotAsync(desk.Db, slotId, now, cancel, except: booking.Id))?.ForStand;
            if (SlotState.Unfit(state, booking.ExhibitorId, now, "slotIds") is { } unfit) return unfit;
            times.Add(new SlotTime(slotId, state!.Slot.Start, state.Slot.End));
        }
        return booking.Propose([.. times.OrderBy(t => t.Start)], now);
    }

    private static IEnumerable<FieldFault> Faults(MeetingAnswer answer)
    {
        if (answer.Answer is null) yield return new FieldFault("answer", "required");
        else if (!Answers.Contains(answer.Answer)) yield return new FieldFault("answer", "unknown-code", answer.Answer, string.Join(", ", Answers));
        if (answer.Reason is not null && !DeclineReasons.All.Contains(answer.Reason))
            yield return new FieldFault("reason", "unknown-code", answer.Reason, string.Join(", ", DeclineReasons.All));
        if (answer.Answer == "decline" && answer.Reason is null) yield return new FieldFault("reason", "required");
        if (answer.Answer == "propose" && answer.SlotIds is null or { Count: 0 }) yield return new FieldFault("slotIds", "required");
        if (answer.SlotIds?.Count > MostProposals) yield return new FieldFault("slotIds", "too-many", MostProposals);
    }
}
