using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Matching.Meetings;

/// <summary>
/// The times that a stand may propose instead of the one that was asked for. Its own limits do not stand against them: neither the seats that it keeps for
/// people without a date nor how many meetings it wants.
/// </summary>
internal static class ListStandTimes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/exhibitors/{id:guid}/times", OfStandAsync).WithSummary("The stand's times to come that it may propose, with the number of tables that nobody has")
            .RequireAuthorization(Policies.Exhibitor).Refuses(404, "not-found");
        routes.MapGet("/api/meetings/{id:guid}/times", OfMeetingAsync).WithSummary("The times that the stand may propose instead of the one asked for, in all of its formats")
            .RequireAuthorization(Policies.Answerer).Refuses(404, "not-found");
    }

    private static async Task<Results<Ok<IReadOnlyList<SlotView>>, ProblemHttpResult>> OfStandAsync(
        Guid id, ClaimsPrincipal caller, MatchingDb db, PublishedCatalogues catalogues, TimeProvider clock, CancellationToken cancel) =>
        id == caller.ExhibitorId() && await catalogues.ExhibitorAsync(id, cancel) is var (catalogue, _)
            ? TypedResults.Ok(await TimesAsync(db, catalogue.Fair.Id, id, clock.GetUtcNow(), null, cancel))
            : Problem.Of("not-found", StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<IReadOnlyList<SlotView>>, ProblemHttpResult>> OfMeetingAsync(Guid id, ClaimsPrincipal caller, MeetingDesk desk, CancellationToken cancel) =>
        await desk.FindAsync(id, caller, cancel) is { } booking
            ? TypedResults.Ok(await TimesAsync(desk.Db, booking.FairId, booking.ExhibitorId, desk.Clock.GetUtcNow(), booking.SlotId, cancel))
            : Problem.Of("not-found", StatusCodes.Status404NotFound);

    private static async Task<IReadOnlyList<SlotView>> TimesAsync(MatchingDb db, Guid fair, Guid exhibitor, DateTimeOffset now, Guid? asked, CancellationToken cancel) =>
    [
        .. from state in await SlotBoard.OfExhibitorsAsync(db, fair, [exhibitor], now, cancel)
           where state.Slot.Start > now && state.Slot.Id != asked && state.ForStand.Free.Count > 0
           select new SlotView(state.Slot.Id, state.Slot.Start, state.Slot.End, state.Slot.Format, state.ForStand.Free.Count),
    ];
}
