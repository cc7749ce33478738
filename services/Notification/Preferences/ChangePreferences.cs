using System.Security.Claims;
using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Preferences;

/// <summary>What the caller wishes to be told, and how.</summary>
internal static class ChangePreferences
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/notices/preferences", ReadAsync).WithTags("Notices").WithSummary("What the caller wishes to be told, and how").RequireAuthorization(Policies.Party);
        app.MapPut("/api/notices/preferences", ChangeAsync).WithTags("Notices").WithSummary("Changes what the caller wishes to be told; what is left out stays").RequireAuthorization(Policies.Party);
    }

    private static async Task<Results<Ok<NoticePreferences>, ForbidHttpResult>> ReadAsync(ClaimsPrincipal user, NotificationDb db, CancellationToken cancel) =>
        Recipient.Of(user) is { } caller ? TypedResults.Ok((await NoticePreference.OfAsync(db, caller.Side, caller.Id, cancel)).View()) : TypedResults.Forbid();

    private static async Task<Results<Ok<NoticePreferences>, ForbidHttpResult, ProblemHttpResult>> ChangeAsync(
        NoticeWishes wishes, ClaimsPrincipal user, NotificationDb db, CancellationToken cancel)
    {
        if (Recipient.Of(user) is not { } caller) return TypedResults.Forbid();
        IReadOnlyList<string> possible = caller.Side == Sides.Exhibitor ? Paces.All : [Paces.AtOnce];
        if (wishes.Pace is { } pace && !possible.Contains(pace)) return Problem.Invalid("pace", "unknown-code", pace, string.Join(", ", possible));
        while (true)
        {
            var row = await NoticePreference.ToChangeAsync(db, caller.Side, caller.Id, cancel);
            row.Mail = wishes.Mail ?? row.Mail;
            row.Pace = wishes.Pace ?? row.Pace;
            row.BeforeMeeting = wishes.BeforeMeeting ?? row.BeforeMeeting;
            row.EveningBefore = wishes.EveningBefore ?? row.EveningBefore;
            try
            {
                await db.SaveChangesAsync(cancel);
                return TypedResults.Ok(row.View());
            }
            catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || Refusals.UniquenessBroken(e) is not null) { db.ChangeTracker.Clear(); } // somebody else of the same stand: once more on top of it
        }
    }
}
