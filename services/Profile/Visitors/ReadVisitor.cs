using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Visitors;

internal static class ReadVisitor
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/visitors/{id:guid}", ReadAsync).WithTags("Visitors").WithSummary("The needs as they stand").RequireAuthorization(Policies.Visitor).OwnVisitor();
        app.MapGet("/api/visitors/{id:guid}/export/profile", ExportAsync).WithTags("Visitors").WithSummary("Everything this service holds of the visitor")
            .RequireAuthorization(Policies.Visitor).OwnVisitor();
    }

    private static async Task<Results<Ok<VisitorProfile>, ProblemHttpResult>> ReadAsync(Guid id, ProfileDb db, CancellationToken cancel) =>
        await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancel) is { } visitor
            ? TypedResults.Ok(visitor.View)
            : Problem.Of("not-found", StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<VisitorExport>, ProblemHttpResult>> ExportAsync(Guid id, ProfileDb db, CancellationToken cancel)
    {
        var visitor = await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancel);
        if (visitor is null) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var links = await db.VisitorTokens.Where(t => t.VisitorId == id).OrderBy(t => t.CreatedAt).Select(t => t.CreatedAt).ToListAsync(cancel);
        var keyed = await db.Submissions.AnyAsync(s => s.VisitorId == id, cancel);
        return TypedResults.Ok(new VisitorExport(visitor.View, visitor.CreatedAt, links, keyed));
    }

    /// <param name="LinksIssuedAt">When links to the visitor's pages were made; the links themselves are not stored.</param>
    /// <param name="SubmissionKnown">Hashes of the first submission and of its Idempotency-Key are kept, to know it should it come again.</param>
    internal sealed record VisitorExport(VisitorProfile Profile, DateTimeOffset CreatedAt, IReadOnlyList<DateTimeOffset> LinksIssuedAt, bool SubmissionKnown);
}
