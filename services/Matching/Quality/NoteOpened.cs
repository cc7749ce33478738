using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Quality;

/// <summary>The visitor looked at an offer; once or ten times is the same.</summary>
internal static class NoteOpened
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/visitors/{id:guid}/opened", HandleAsync).WithTags("Matches").WithSummary("The visitor looked at an offer of the list").RequireAuthorization(Policies.Visitor);

    private static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id, OfferOpened opened, ClaimsPrincipal caller, MatchingDb db, PublishedCatalogues catalogues, TimeProvider clock, CancellationToken cancel)
    {
        if (opened.OfferId is not { } offerId) return Problem.Invalid("offerId", "required");
        if (id != caller.VisitorId() || await catalogues.OfferAsync(offerId, cancel) is null) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var key = await db.Visitors.Where(v => v.Id == id).Select(v => (Guid?)v.RecordKey).SingleOrDefaultAsync(cancel);
        if (key is not { } record) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        if (await db.OpenedOffers.AnyAsync(o => o.RecordKey == record && o.OfferId == offerId, cancel)) return TypedResults.NoContent();
        db.OpenedOffers.Add(new OpenedOffer { RecordKey = record, OfferId = offerId, At = clock.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException e) when (!Refusals.IsOutage(e))
        {
            if (Refusals.UniquenessBroken(e) is null && !await db.Visitors.AnyAsync(v => v.Id == id, cancel)) return Problem.Of("not-found", StatusCodes.Status404NotFound);
            if (Refusals.UniquenessBroken(e) is null) throw;
        }
        return TypedResults.NoContent();
    }
}
