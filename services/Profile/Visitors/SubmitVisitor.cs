using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Fairs;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Visitors;

/// <summary>A newcomer's answers come in, or are replaced: visitor row and outbox row in one save.</summary>
internal static class SubmitVisitor
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/visitors", CreateAsync).WithTags("Visitors").WithSummary("Submit needs; no account is made").AllowAnonymous().RequireRateLimiting(Defaults.PublicWrites)
            .Refuses(503, "no-fair");
        app.MapPut("/api/visitors/{id:guid}", ReplaceAsync).WithTags("Visitors").WithSummary("Replace the needs").RequireAuthorization(Policies.Visitor).OwnVisitor()
            .Refuses(409, "changed-meanwhile");
    }

    private static async Task<Results<Created<VisitorCreated>, ProblemHttpResult>> CreateAsync(
        Needs needs, ProfileDb db, CurrentFair current, FreshMarks marks, PublicLinks links, TimeProvider clock, CancellationToken cancel)
    {
        if (Refusal(needs) is { } refusal) return refusal;
        if (await current.GetAsync(cancel) is not { } fair) return Problem.Of("no-fair", StatusCodes.Status503ServiceUnavailable);
        var token = CapabilityToken.Create();
        var visitor = Visitor.Of(needs, fair, CapabilityToken.Hash(token), clock.GetUtcNow());
        db.Visitors.Add(visitor);
        db.VisitorTokens.Add(new VisitorToken { Hash = visitor.TokenHash, VisitorId = visitor.Id, CreatedAt = visitor.CreatedAt });
        visitor.Announce(db, contactChanged: true, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        await Task.WhenAll(marks.LeaveAsync("token:" + visitor.TokenHash, visitor.Version), marks.LeaveAsync("subject:" + visitor.Id, visitor.Version));
        return TypedResults.Created($"/api/visitors/{visitor.Id}", new VisitorCreated(visitor.Id, token, links.Visitor(visitor.Id, token), visitor.ExpiresAt, visitor.Version));
    }

    private static async Task<Results<Ok<VisitorProfile>, ProblemHttpResult>> ReplaceAsync(Guid id, Needs needs, Replacements replacements)
    {
        if (Refusal(needs) is { } refusal) return refusal;
        try { return await replacements.ReplaceAsync(id, needs) is { } saved ? TypedResults.Ok(saved) : Problem.Of("not-found", StatusCodes.Status404NotFound); }
        catch (DbUpdateConcurrencyException) { return Problem.Of("changed-meanwhile", StatusCodes.Status409Conflict); }
    }

    private static ProblemHttpResult? Refusal(Needs needs) =>
        NeedsRules.Check(needs) is { Count: > 0 } faults ? Problem.Invalid(faults.Select(f => new FieldFault(f.Field, f.Code, f.Arguments))) : null;
}
