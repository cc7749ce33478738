using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Failures;

/// <summary>What could not be told: for an organiser, who sees what and why, but not to which visitor.</summary>
internal static class ListFailures
{
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/notices/failed", HandleAsync).WithTags("Notices").WithSummary("Notices that failed for good, newest first, and how many are being tried again").RequireAuthorization(Policies.Organiser);

    private static async Task<Ok<NoticeFailures>> HandleAsync(NotificationDb db, CancellationToken cancel)
    {
        var waiting = db.Notices.Where(n => n.Result == NoticeResults.Waiting && n.Failure != null);
        var count = await waiting.CountAsync(cancel);
        var failed = await db.Notices.AsNoTracking().Where(n => n.Result == NoticeResults.Failed).OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(Most).ToListAsync(cancel);
        return TypedResults.Ok(new NoticeFailures(count, count == 0 ? null : await waiting.MinAsync(n => n.CreatedAt, cancel),
            [.. failed.Select(n => new FailedNotice(n.Id, n.Kind, n.RecipientSide, n.RecipientSide == Sides.Exhibitor ? n.RecipientId : null, n.Subject, n.Failure ?? MailFailures.NoAnswer, n.Attempts, n.CreatedAt, n.Facts != null))]));
    }
}
