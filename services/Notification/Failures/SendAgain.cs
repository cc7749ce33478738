using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Failures;

/// <summary>Puts what failed back into the queue, as if it had never been tried. What is no longer so by then is not sent.</summary>
internal static class SendAgain
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/notices/{id:guid}/send-again", OneAsync).WithTags("Notices").WithSummary("Sends a notice that failed once more").RequireAuthorization(Policies.Organiser);
        app.MapPost("/api/notices/failed/send-again", AllAsync).WithTags("Notices").WithSummary("Sends all notices that failed once more").RequireAuthorization(Policies.Organiser);
    }

    private static async Task<Results<Ok<NoticesSentAgain>, ProblemHttpResult>> OneAsync(Guid id, NotificationDb db, NoticeBell bell, CancellationToken cancel) =>
        await AgainAsync(db.Notices.Where(n => n.Id == id), bell, cancel) is 1 ? TypedResults.Ok(new NoticesSentAgain(1)) : Problem.Of("not-found", StatusCodes.Status404NotFound);

    private static async Task<Ok<NoticesSentAgain>> AllAsync(NotificationDb db, NoticeBell bell, CancellationToken cancel) =>
        TypedResults.Ok(new NoticesSentAgain(await AgainAsync(db.Notices, bell, cancel)));

    private static async Task<int> AgainAsync(IQueryable<NoticeRow> notices, NoticeBell bell, CancellationToken cancel)
    {
        // Pressed twice, the second finds nothing that failed. NextAt above zero says that it has waited: then it is looked at whether it is still so.
        // What a mail said that came back late is kept no more.
        var sent = await notices.Where(n => n.Result == NoticeResults.Failed && n.Facts != null).ExecuteUpdateAsync(n => n
            .SetProperty(r => r.Result, NoticeResults.Waiting)
            .SetProperty(r => r.Failure, (string?)null)
            .SetProperty(r => r.Attempts, 0)
            .SetProperty(r => r.ClaimedUntil, 0L)
            .SetProperty(r => r.NextAt, 1L), cancel);
        bell.Ring();
        return sent;
    }
}
