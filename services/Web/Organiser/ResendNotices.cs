using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;

namespace Matchmaking.Web.Organiser;

/// <summary>/organiser/notices: what could not be told, why, and once more.</summary>
internal static class ResendNotices
{
    private const string Here = "/organiser/notices";

    public static void MapFailures(this RouteGroupBuilder pages)
    {
        pages.MapGet(Here, (Visit visit, NotificationClient notification, ProfileClient profile, int? again, bool? gone, CancellationToken cancel) =>
            Gate.For(visit, "organiser", async pass =>
            {
                var failures = await notification.Failures(pass.Token, cancel);
                if (failures.Problem is { } refusal) return Page.Refused(refusal, staff: true);
                var names = (await profile.Exhibitors(cancel)).Value?.Items.ToDictionary(e => e.Id, e => e.Name) ?? [];
                return Page.Show<NoticesPage>(new { Failures = failures.Value!, Names = (IReadOnlyDictionary<Guid, string>)names, Again = again, Gone = gone == true });
            }));
        pages.MapPost(Here + "/send-again", (Visit visit, NotificationClient notification, CancellationToken cancel) => Again(visit, notification, null, cancel));
        pages.MapPost(Here + "/{id:guid}/send-again", (Guid id, Visit visit, NotificationClient notification, CancellationToken cancel) => Again(visit, notification, id, cancel));
    }

    private static Task<IResult> Again(Visit visit, NotificationClient notification, Guid? notice, CancellationToken cancel) => Gate.For(visit, "organiser", async pass =>
    {
        var reply = await notification.SendAgain(pass.Token, notice, cancel);
        return reply.Problem switch
        {
            null => Page.Go($"{Here}?again={reply.Value!.Notices}"),
            { Status: 404 } => Page.Go(Here + "?gone=true"),
            var problem => Page.Refused(problem, staff: true),
        };
    });
}
