using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Matching.Meetings;

/// <summary>The times at which an offer's stand can be met, and how many seats each has left. Anyone may look.</summary>
internal static class ListSlots
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/offers/{id:guid}/slots", HandleAsync).WithSummary("The times at which an offer's stand can be met, with the number of free seats").AllowAnonymous();

    private static async Task<Results<Ok<IReadOnlyList<SlotView>>, ProblemHttpResult>> HandleAsync(
        Guid id, MatchingDb db, PublishedCatalogues catalogues, TimeProvider clock, CancellationToken cancel)
    {
        if (await catalogues.OfferAsync(id, cancel) is not { } offer) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var now = clock.GetUtcNow();
        var slots = await SlotBoard.OfExhibitorsAsync(db, offer.Fair.Id, [offer.Exhibitor.Id], now, cancel);
        return TypedResults.Ok<IReadOnlyList<SlotView>>(
            [.. from state in slots
                where state.Slot.Start > now
                select new SlotView(state.Slot.Id, state.Slot.Start, state.Slot.End, state.Slot.Format, state.Free.Count, AnswerTime.By(now, state.Slot.Start))]);
    }
}
