using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Fairs;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Visitors;

/// <summary>A newcomer's answers come in, or are replaced: visitor row and outbox row in one save.</summary>
internal static class SubmitVisitor
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/visitors", CreateAsync).WithTags("Visitors").WithSummary("Submit needs; no account is made").AllowAnonymous().RequireRateLimiting(Defaults.PublicWrites);
        app.MapPut("/api/visitors/{id:guid}", ReplaceAsync).WithTags("Visitors").WithSummary("Replace the needs").RequireAuthorization(Policies.Visitor).OwnVisitor();
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
        Announce(db, visitor, contactChanged: true, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        await Task.WhenAll(marks.LeaveAsync("token:" + visitor.TokenHash, visitor.Version, cancel), marks.LeaveAsync("subject:" + visitor.Id, visitor.Version, cancel));
        return TypedResults.Created($"/api/visitors/{visitor.Id}", new VisitorCreated(visitor.Id, token, links.Visitor(visitor.Id, token), visitor.ExpiresAt, visitor.Version));
    }

    private static async Task<Results<Ok<VisitorProfile>, ProblemHttpResult>> ReplaceAsync(
        Guid id, Needs needs, ProfileDb db, RecentVisitors recent, FreshMarks marks, TimeProvider clock, CancellationToken cancel)
    {
        if (Refusal(needs) is { } refusal) return refusal;
        var known = recent.Take(id);
        if (known is not null) db.Attach(known);
        var visitor = known ?? await db.Visitors.SingleOrDefaultAsync(v => v.Id == id, cancel);
        while (visitor is not null)
        {
            var reach = visitor.Reach;
            visitor.Replace(needs);
            Announce(db, visitor, visitor.Reach != reach, clock.GetUtcNow());
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateConcurrencyException)
            {
                // What was remembered may be old; what was just read was overtaken.
                if (visitor != known) return Problem.Of("changed-meanwhile", StatusCodes.Status409Conflict);
                db.ChangeTracker.Clear();
                visitor = await db.Visitors.SingleOrDefaultAsync(v => v.Id == id, cancel);
                continue;
            }
            await marks.LeaveAsync("subject:" + id, visitor.Version, cancel);
            var view = visitor.View;
            db.ChangeTracker.Clear();
            recent.Keep(visitor);
            return TypedResults.Ok(view);
        }
        return Problem.Of("not-found", StatusCodes.Status404NotFound);
    }

    private static void Announce(ProfileDb db, Visitor visitor, bool contactChanged, DateTimeOffset now)
    {
        db.Announce(visitor.Submitted(now), visitor.Id, visitor.Version);
        if (contactChanged) db.Announce(visitor.ContactChanged(now), visitor.Id, visitor.Version);
    }

    private static ProblemHttpResult? Refusal(Needs needs) =>
        NeedsRules.Check(needs) is { Count: > 0 } faults ? Problem.Invalid(faults.Select(f => new FieldFault(f.Field, f.Code, f.Arguments))) : null;
}
