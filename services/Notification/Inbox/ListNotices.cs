using System.Security.Claims;
using Matchmaking.Contracts.Notification;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Inbox;

/// <summary>What was sent to the caller, newest first.</summary>
internal static class ListNotices
{
    internal const int Most = 200;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/notices", HandleAsync).WithTags("Notices").WithSummary("What was sent to the caller, by which channel, with what result").RequireAuthorization(Policies.Party);

    private static async Task<Results<Ok<IReadOnlyList<Notice>>, ForbidHttpResult>> HandleAsync(ClaimsPrincipal user, NotificationDb db, CancellationToken cancel)
    {
        if (Recipient.Of(user) is not { } caller) return TypedResults.Forbid();
        var rows = await db.Notices.AsNoTracking().Where(n => n.RecipientSide == caller.Side && n.RecipientId == caller.Id && !NoticeKinds.ForCalendars.Contains(n.Kind))
            .OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(Most).ToListAsync(cancel);
        return TypedResults.Ok<IReadOnlyList<Notice>>([.. rows.Select(n => n.View())]);
    }
}
