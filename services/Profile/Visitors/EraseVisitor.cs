using MassTransit;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Visitors;

/// <summary>Erasure starts here: this service forgets at once and announces it; each other service confirms when it has forgotten too.</summary>
internal static class EraseVisitor
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapDelete("/api/visitors/{id:guid}", HandleAsync).WithTags("Visitors").WithSummary("Erase everything about the visitor, in every service")
            .RequireAuthorization(Policies.Visitor).OwnVisitor();
        app.MapGet("/api/erasures/{id:guid}", ReadAsync).WithTags("Visitors").WithSummary("How far an erasure has come").AllowAnonymous();
    }

    private static async Task<Results<Accepted<ErasureStarted>, ProblemHttpResult>> HandleAsync(
        Guid id, ProfileDb db, RecentVisitors recent, FreshMarks marks, TimeProvider clock, CancellationToken cancel)
    {
        var erasure = await EraseAsync(db, recent, marks, id, clock.GetUtcNow(), cancel);
        return erasure is null
            ? Problem.Of("not-found", StatusCodes.Status404NotFound)
            : TypedResults.Accepted($"/api/erasures/{erasure.Id}", new ErasureStarted(erasure.Id));
    }

    /// <returns>null where there is no such visitor (any more).</returns>
    internal static async Task<Erasure?> EraseAsync(ProfileDb db, RecentVisitors recent, FreshMarks marks, Guid visitorId, DateTimeOffset now, CancellationToken cancel)
    {
        while (true)
        {
            if (await db.Visitors.SingleOrDefaultAsync(v => v.Id == visitorId, cancel) is not { } visitor) return null;
            var tokens = await db.VisitorTokens.Where(t => t.VisitorId == visitorId).Select(t => t.Hash).ToListAsync(cancel);
            foreach (var submission in await db.Submissions.Where(s => s.VisitorId == visitorId).ToListAsync(cancel)) submission.Erase(now);
            await db.EraseFromBackboneAsync(visitorId, cancel);
            var erasure = new Erasure { StartedAt = now };
            erasure.Confirm("profile", now);
            db.Visitors.Remove(visitor);
            db.Erasures.Add(erasure);
            db.Announce(new VisitorErased(visitorId, erasure.Id, now), visitorId, long.MaxValue);
            db.WhenSaved(() => recent.Forget(visitorId));
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateConcurrencyException)
            {
                // New answers came in at the same moment, or another erasure did: the next look tells which. Each round somebody gets done, so it ends.
                db.ChangeTracker.Clear();
                continue;
            }
            // Otherwise the links would be answered for some minutes with "on its way" instead of "gone".
            foreach (var token in tokens) await marks.ForgetAsync("token:" + token);
            await marks.ForgetAsync("subject:" + visitorId);
            return erasure;
        }
    }

    private static async Task<Results<Ok<ErasureStatus>, ProblemHttpResult>> ReadAsync(Guid id, ProfileDb db, CancellationToken cancel)
    {
        var erasure = await db.Erasures.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, cancel);
        if (erasure is null) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var services = Erasure.Services.Select(s => new ErasureConfirmation(s, erasure.Confirmations.Find(c => c.Service == s)?.At)).ToList();
        return TypedResults.Ok(new ErasureStatus(services.TrueForAll(s => s.ConfirmedAt is not null), services));
    }
}

internal sealed class ConfirmErasureConsumer(ProfileDb db) : IConsumer<ErasureConfirmed>
{
    public async Task Consume(ConsumeContext<ErasureConfirmed> context)
    {
        var erasure = await db.Erasures.SingleOrDefaultAsync(e => e.Id == context.Message.ErasureId, context.CancellationToken);
        erasure?.Confirm(context.Message.Service, context.Message.At);
    }
}
