using System.Security.Claims;
using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Preferences;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Visitors;

/// <summary>What this service holds of the visitor who asks.</summary>
internal static class ExportVisitor
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/visitors/{id:guid}/export/notification", HandleAsync).WithSummary("All that Notification holds of the visitor").RequireAuthorization(Policies.Visitor);

    private static async Task<Results<Ok<NotificationExport>, ProblemHttpResult>> HandleAsync(Guid id, ClaimsPrincipal user, NotificationDb db, CancellationToken cancel)
    {
        if (user.VisitorId() != id || await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id && v.ErasedAt == null, cancel) is not { } visitor)
            return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var links = await db.Links.Where(l => l.VisitorId == id).Select(l => l.TokenHash).ToListAsync(cancel);
        var notices = await db.Notices.AsNoTracking().Where(n => n.VisitorId == id).OrderBy(n => n.CreatedAt).ToListAsync(cancel);
        var own = notices.ToLookup(n => n.RecipientSide == Sides.Visitor, n => n.View());
        var wishes = await NoticePreference.OfAsync(db, Sides.Visitor, id, cancel);
        return TypedResults.Ok(new NotificationExport(
            id, visitor.Version, visitor.Language, visitor.HasContact, visitor.ExpiresAt, links, [.. own[true]], [.. own[false]], wishes.View()));
    }
}
