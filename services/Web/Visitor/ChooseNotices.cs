using Matchmaking.Contracts.Notification;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/notices: what the visitor was told, and whether mails and reminders are wished.</summary>
internal static class ChooseNotices
{
    public static void MapVisitorNotices(this RouteGroupBuilder pages)
    {
        pages.MapGet("/notices", async (Visit visit, NotificationClient notification, ProfileClient profile, bool? saved, CancellationToken cancel) =>
        {
            if (visit.Visitor is not { } pass) return Page.Error("expired");
            var wishes = await notification.Preferences(pass.Token, cancel);
            if (wishes.Problem is { } refusal) return Page.Refused(refusal);
            var own = await profile.Visitor(pass, cancel);
            if (own.Problem is { } unread) return Page.Refused(unread);
            var told = (await notification.Notices(pass.Token, cancel)).Value ?? [];
            return Page.Show<NoticesPage>(new { Wishes = wishes.Value!, Notices = (IReadOnlyList<Notice>)told, NoAddress = own.Value!.Needs.Contact is null or { Email: null, Phone: null }, Saved = saved == true });
        });
        pages.MapPost("/notices", async (HttpContext context, Visit visit, NotificationClient notification, CancellationToken cancel) =>
        {
            if (visit.Visitor is not { } pass) return Page.Error("expired");
            var wishes = NoticeWishesFields.Read(await context.Request.ReadFormAsync(cancel));
            return (await notification.Wish(pass.Token, wishes, cancel)).Problem is { } refusal ? Page.Refused(refusal) : Page.Go("/notices?saved=true");
        });
    }
}
