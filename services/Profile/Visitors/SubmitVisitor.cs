using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Accounts;
using Matchmaking.Profile.Fairs;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Visitors;

/// <summary>A newcomer's answers come in, or are replaced: visitor row and outbox row in one save.</summary>
internal static class SubmitVisitor
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/visitors", CreateAsync).WithTags("Visitors").WithSummary("Submit needs; no account is made").AllowAnonymous().RequireRateLimiting(Defaults.PublicWrites)
            .Refuses(400, "idempotency-key-too-short", "idempotency-key-too-long").Refuses(410, "visitor-erased").Refuses(422, "idempotency-key-reused").Refuses(503, "no-fair");
        app.MapPut("/api/visitors/{id:guid}", ReplaceAsync).WithTags("Visitors").WithSummary("Replace the needs").RequireAuthorization(Policies.Visitor).OwnVisitor()
            .Refuses(409, "changed-meanwhile");
    }

    private static async Task<Results<Created<VisitorCreated>, ProblemHttpResult>> CreateAsync(
        Needs needs, [FromHeader(Name = IdempotencyKey.Header)] string? key, ProfileDb db, CurrentFair current, Seals secrets, FreshMarks marks, PublicLinks links,
        TimeProvider clock, CancellationToken cancel)
    {
        if (key is not null && IdempotencyKey.Refusal(key, Submission.ShortestKey) is { } unfit) return unfit;
        if (Refusal(needs = NeedsRules.Tidy(needs)) is { } refusal) return refusal;
        if (await current.GetAsync(cancel) is not { } fair) return Problem.Of("no-fair", StatusCodes.Status503ServiceUnavailable);
        var now = clock.GetUtcNow();
        var (token, submission) = key is null ? (CapabilityToken.Create(), null) : Submission.Of(await secrets.SealAsync(cancel), fair.Id, key, needs, now);
        var visitor = Visitor.Of(needs, fair, CapabilityToken.Hash(token), now);
        db.Visitors.Add(visitor);
        db.VisitorTokens.Add(new VisitorToken { Hash = visitor.TokenHash, VisitorId = visitor.Id, CreatedAt = visitor.CreatedAt });
        if (submission is not null)
        {
            submission.VisitorId = visitor.Id;
            db.Submissions.Add(submission);
        }
        visitor.Announce(db, contactChanged: true, now);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (submission is not null && Refusals.UniquenessBroken(e) is not null)
        {
            // Sent twice: the constraint let one of them in, and both get its answer.
            db.ChangeTracker.Clear();
            if (await db.Submissions.AsNoTracking().SingleOrDefaultAsync(s => s.KeyHash == submission.KeyHash, cancel) is not { } kept) throw;
            if (kept.VisitorId is not { } id || await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancel) is not { } first)
                return Problem.Of("visitor-erased", StatusCodes.Status410Gone);
            if (kept.BodyHash != submission.BodyHash || now - kept.At > Submission.Answered) return IdempotencyKey.Reused();
            visitor = first;
        }
        await Task.WhenAll(marks.LeaveAsync("token:" + visitor.TokenHash, visitor.Version), marks.LeaveAsync("subject:" + visitor.Id, visitor.Version));
        return TypedResults.Created($"/api/visitors/{visitor.Id}", new VisitorCreated(visitor.Id, token, links.Visitor(visitor.Id, token), visitor.ExpiresAt, Visitor.FirstVersion));
    }

    private static async Task<Results<Ok<VisitorProfile>, ProblemHttpResult>> ReplaceAsync(Guid id, Needs needs, Replacements replacements)
    {
        if (Refusal(needs = NeedsRules.Tidy(needs)) is { } refusal) return refusal;
        try { return await replacements.ReplaceAsync(id, needs) is { } saved ? TypedResults.Ok(saved) : Problem.Of("not-found", StatusCodes.Status404NotFound); }
        catch (DbUpdateConcurrencyException) { return Problem.Of("changed-meanwhile", StatusCodes.Status409Conflict); }
    }

    private static ProblemHttpResult? Refusal(Needs needs) =>
        NeedsRules.Check(needs) is { Count: > 0 } faults ? Problem.Invalid(faults.Select(f => new FieldFault(f.Field, f.Code, f.Arguments))) : null;
}
