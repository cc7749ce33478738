using System.Security.Claims;
using Matchmaking.Contracts.Notification;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Webhooks;

/// <summary>What a webhook was sent, and what became of it; what was given up goes once more.</summary>
internal static class ListDeliveries
{
    private const int Most = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/notices/webhooks/{id:guid}/deliveries", ListAsync).WithTags("Notices").WithSummary("The last hundred deliveries to a webhook, newest first").RequireAuthorization(Policies.Exhibitor);
        app.MapPost("/api/notices/webhooks/{id:guid}/deliveries/{delivery:guid}/again", AgainAsync).WithTags("Notices").WithSummary("Sends once more what was given up").RequireAuthorization(Policies.Exhibitor)
            .Refuses(409, "webhook-not-failed");
    }

    private static async Task<Results<Ok<IReadOnlyList<WebhookDeliveryView>>, ProblemHttpResult>> ListAsync(Guid id, ClaimsPrincipal user, NotificationDb db, CancellationToken cancel)
    {
        if (!await ManageWebhooks.Own(db, user, id).AnyAsync(cancel)) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var rows = await db.Deliveries.AsNoTracking().Where(d => d.WebhookId == id).OrderByDescending(d => d.Id).Take(Most).ToListAsync(cancel);
        return TypedResults.Ok<IReadOnlyList<WebhookDeliveryView>>([.. rows.Select(d => d.View())]);
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> AgainAsync(Guid id, Guid delivery, ClaimsPrincipal user, NotificationDb db, CancellationToken cancel)
    {
        if (!await ManageWebhooks.Own(db, user, id).AnyAsync(cancel) || !await db.Deliveries.AnyAsync(d => d.Id == delivery && d.WebhookId == id, cancel)) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var again = await db.Deliveries.Where(d => d.Id == delivery && d.Result == DeliveryResults.Failed).ExecuteUpdateAsync(d => d
            .SetProperty(r => r.Result, DeliveryResults.Waiting).SetProperty(r => r.Attempts, 0).SetProperty(r => r.NextAt, 0L).SetProperty(r => r.ClaimedUntil, 0L), cancel);
        return again == 1 ? TypedResults.Accepted((string?)null) : Problem.Of("webhook-not-failed", StatusCodes.Status409Conflict);
    }
}
