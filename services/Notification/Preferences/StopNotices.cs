using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Preferences;

/// <summary>Ends all mails to whom a link was sent, without signing in; the link is in every mail. Looking changes nothing.</summary>
internal static class StopNotices
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/notices/stop/{token}", (string token, NotificationDb db, StopLinks links, CancellationToken cancel) => HandleAsync(token, null, db, links, cancel))
            .WithTags("Notices").WithSummary("Whether mails still go to whom this link was sent").AllowAnonymous();
        app.MapPost("/api/notices/stop/{token}", (string token, NotificationDb db, StopLinks links, CancellationToken cancel) => HandleAsync(token, false, db, links, cancel))
            .WithTags("Notices").WithSummary("No more mails to whom this link was sent").AllowAnonymous().RequireRateLimiting(Defaults.PublicWrites);
        app.MapDelete("/api/notices/stop/{token}", (string token, NotificationDb db, StopLinks links, CancellationToken cancel) => HandleAsync(token, true, db, links, cancel))
            .WithTags("Notices").WithSummary("Mails again to whom this link was sent").AllowAnonymous().RequireRateLimiting(Defaults.PublicWrites);
    }

    private static async Task<Results<Ok<NoticeStop>, ProblemHttpResult>> HandleAsync(string token, bool? mail, NotificationDb db, StopLinks links, CancellationToken cancel)
    {
        if (await links.ReadAsync(token, cancel) is not { } who || (who.Side == Sides.Visitor && await db.Visitors.AnyAsync(v => v.Id == who.Id && v.ErasedAt != null, cancel)))
            return Problem.Of("not-found", StatusCodes.Status404NotFound);
        while (mail is { } wish)
        {
            var row = await NoticePreference.ToChangeAsync(db, who.Side, who.Id, cancel);
            if (row.Mail == wish) break;
            row.Mail = wish;
            try
            {
                await db.SaveChangesAsync(cancel);
                break;
            }
            catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || Refusals.UniquenessBroken(e) is not null) { db.ChangeTracker.Clear(); }
        }
        return TypedResults.Ok(new NoticeStop(who.Side, !(mail ?? (await NoticePreference.OfAsync(db, who.Side, who.Id, cancel)).Mail)));
    }
}
