using Matchmaking.Contracts.Notification;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Exhibitor;

/// <summary>/exhibitor/notices: what the stand was told, and how often it wants mails.</summary>
internal static class ChooseNotices
{
    public static void MapStandNotices(this RouteGroupBuilder pages)
    {
        pages.MapGet("/exhibitor/notices", (Visit visit, ProfileClient profile, NotificationClient notification, bool? saved, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var exhibitor = await profile.Exhibitor(pass.Exhibitor!.Value, cancel);
                var wishes = await notification.Preferences(pass.Token, cancel);
                if ((exhibitor.Problem ?? wishes.Problem) is { } refusal) return Page.Refused(refusal, staff: true);
                var told = (await notification.Notices(pass.Token, cancel)).Value ?? [];
                return Page.Show<NoticesPage>(new { Exhibitor = exhibitor.Value!, Wishes = wishes.Value!, Notices = (IReadOnlyList<Notice>)told, Saved = saved == true });
            }));
        pages.MapPost("/exhibitor/notices", (HttpContext context, Visit visit, NotificationClient notification, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var wishes = NoticeWishesFields.Read(await context.Request.ReadFormAsync(cancel));
                return (await notification.Wish(pass.Token, wishes, cancel)).Problem is { } refusal ? Page.Refused(refusal, staff: true) : Page.Go("/exhibitor/notices?saved=true");
            }));
    }
}
