using System.Security.Claims;
using Matchmaking.Contracts.Notification;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification.Webhooks;

/// <summary>A stand registers addresses of its own systems, gives them new secrets, tries them, turns them on again and takes them away.</summary>
internal static class ManageWebhooks
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/notices/webhooks", ListAsync).WithTags("Notices").WithSummary("The stand's webhooks").RequireAuthorization(Policies.Exhibitor);
        app.MapPost("/api/notices/webhooks", CreateAsync).WithTags("Notices").WithSummary("Registers a webhook; its secret is shown this once").RequireAuthorization(Policies.Exhibitor)
            .Refuses(409, "webhook-exists", "webhook-cap");
        app.MapDelete("/api/notices/webhooks/{id:guid}", DeleteAsync).WithTags("Notices").WithSummary("Takes a webhook away, with what still waits for it").RequireAuthorization(Policies.Exhibitor);
        app.MapPost("/api/notices/webhooks/{id:guid}/secret", RotateAsync).WithTags("Notices").WithSummary("A new secret, shown this once; the one before signs along for a day").RequireAuthorization(Policies.Exhibitor);
        app.MapPost("/api/notices/webhooks/{id:guid}/enable", EnableAsync).WithTags("Notices").WithSummary("Turns a webhook on again that was turned off").RequireAuthorization(Policies.Exhibitor);
        app.MapPost("/api/notices/webhooks/{id:guid}/test", TestAsync).WithTags("Notices").WithSummary("Sends an event webhook.test").RequireAuthorization(Policies.Exhibitor);
    }

    private static async Task<Ok<IReadOnlyList<WebhookView>>> ListAsync(ClaimsPrincipal user, NotificationDb db, CancellationToken cancel) =>
        TypedResults.Ok<IReadOnlyList<WebhookView>>([.. (await db.Webhooks.AsNoTracking().Where(w => w.ExhibitorId == user.ExhibitorId()).OrderBy(w => w.Id).ToListAsync(cancel)).Select(w => w.View())]);

    private static async Task<Results<Created<WebhookSecret>, ForbidHttpResult, ProblemHttpResult>> CreateAsync(
        WebhookWish wish, ClaimsPrincipal user, NotificationDb db, WebhookUrls urls, WebhookSecrets secrets, IOptions<WebhookOptions> options, TimeProvider clock, CancellationToken cancel)
    {
        if (user.ExhibitorId() is not { } stand) return TypedResults.Forbid();
        if (await urls.FaultAsync(wish.Url, cancel) is { } fault) return Problem.Invalid([fault]);
        if (await db.Webhooks.CountAsync(w => w.ExhibitorId == stand, cancel) >= options.Value.MostEach) return Problem.Of("webhook-cap", StatusCodes.Status409Conflict);
        var (shown, stored) = secrets.Create();
        var webhook = new Webhook { Id = Guid.CreateVersion7(), ExhibitorId = stand, Url = wish.Url!.Trim(), Secret = stored, CreatedAt = clock.GetUtcNow() };
        db.Webhooks.Add(webhook);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (Refusals.UniquenessBroken(e) is not null) { return Problem.Of("webhook-exists", StatusCodes.Status409Conflict); }
        // Others may have been stored since the look above: of those that come at once rather too few stay than too many.
        if (await db.Webhooks.CountAsync(w => w.ExhibitorId == stand, cancel) > options.Value.MostEach)
        {
            await Own(db, user, webhook.Id).ExecuteDeleteAsync(cancel);
            return Problem.Of("webhook-cap", StatusCodes.Status409Conflict);
        }
        return TypedResults.Created($"/api/notices/webhooks/{webhook.Id}", new WebhookSecret(webhook.Id, webhook.Url, shown));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, ClaimsPrincipal user, NotificationDb db, CancellationToken cancel) =>
        await Own(db, user, id).ExecuteDeleteAsync(cancel) == 1 ? TypedResults.NoContent() : Problem.Of("not-found", StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<WebhookSecret>, ProblemHttpResult>> RotateAsync(
        Guid id, ClaimsPrincipal user, NotificationDb db, WebhookSecrets secrets, IOptions<WebhookOptions> options, TimeProvider clock, CancellationToken cancel)
    {
        if (await Own(db, user, id).SingleOrDefaultAsync(cancel) is not { } webhook) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var (shown, stored) = secrets.Create();
        (webhook.PreviousSecret, webhook.PreviousUntil, webhook.Secret) = (webhook.Secret, clock.GetUtcNow().AddHours(options.Value.OldSecretHours), stored);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(new WebhookSecret(webhook.Id, webhook.Url, shown));
    }

    private static async Task<Results<Ok<WebhookView>, ProblemHttpResult>> EnableAsync(Guid id, ClaimsPrincipal user, NotificationDb db, CancellationToken cancel)
    {
        if (await Own(db, user, id).SingleOrDefaultAsync(cancel) is not { } webhook) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        (webhook.DisabledAt, webhook.DisabledWhy, webhook.FailingSince) = (null, null, null);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(webhook.View());
    }

    private static async Task<Results<Accepted<WebhookDeliveryView>, ProblemHttpResult>> TestAsync(Guid id, ClaimsPrincipal user, NotificationDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (!await Own(db, user, id).AnyAsync(cancel)) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var delivery = WebhookEvents.AddTest(db, id, clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        return TypedResults.Accepted((string?)null, delivery.View());
    }

    /// <summary>Somebody else's is not there.</summary>
    internal static IQueryable<Webhook> Own(NotificationDb db, ClaimsPrincipal user, Guid id)
    {
        var stand = user.ExhibitorId();
        return db.Webhooks.Where(w => w.Id == id && w.ExhibitorId == stand);
    }
}
