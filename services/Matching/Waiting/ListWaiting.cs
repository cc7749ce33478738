using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Waiting;

/// <summary>Where the visitor waits, and the way out.</summary>
internal static class ListWaiting
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/visitors/{id:guid}/waiting", ListAsync).WithTags("Meetings").WithSummary("Where the visitor waits for a seat, and how many come before")
            .RequireAuthorization(Policies.Visitor).OwnVisitor();
        routes.MapDelete("/api/waiting/{id:guid}", LeaveAsync).WithTags("Meetings").WithSummary("The visitor waits no longer").RequireAuthorization(Policies.Visitor);
    }

    private static async Task<Ok<IReadOnlyList<WaitingView>>> ListAsync(Guid id, MatchingDb db, PublishedCatalogues catalogues, HttpContext http, CancellationToken cancel)
    {
        var language = CallerLanguage.Of(http, (await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancel))?.Needs.Language);
        var views = new List<WaitingView>();
        foreach (var mine in await db.Waiting.AsNoTracking().Where(w => w.VisitorId == id).OrderBy(w => w.At).ToListAsync(cancel))
        {
            if (await catalogues.OfferAsync(mine.OfferId, cancel) is { } offer) views.Add(await mine.ViewAsync(db, offer, language, cancel));
        }
        return TypedResults.Ok<IReadOnlyList<WaitingView>>(views);
    }

    /// <summary>Pressed twice it is gone all the same; somebody else's place is not there.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> LeaveAsync(Guid id, ClaimsPrincipal caller, MatchingDb db, CancellationToken cancel)
    {
        var visitorId = caller.VisitorId();
        if (await db.Waiting.Where(w => w.Id == id && w.VisitorId == visitorId).ExecuteDeleteAsync(cancel) == 0 && await db.Waiting.AnyAsync(w => w.Id == id, cancel))
            return Problem.Of("not-found", StatusCodes.Status404NotFound);
        return TypedResults.NoContent();
    }
}
