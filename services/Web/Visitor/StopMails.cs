using Matchmaking.Contracts.Notification;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>
/// /stop/{token}: under every mail. In a browser a page with a button; a mail program's own button posts to the same address without a page, without
/// cookies and so without a form's token (RFC 8058): the address itself is what allows it, and it can do nothing else.
/// </summary>
internal static class StopMails
{
    private const string Address = "/stop/{token:maxlength(100)}";

    public static void MapStop(this RouteGroupBuilder pages)
    {
        pages.MapGet(Address, async (string token, NotificationClient notification, CancellationToken cancel) =>
            Answer(await notification.Stop(HttpMethod.Get, token, cancel), token));
        pages.MapPost(Address + "/again", async (string token, NotificationClient notification, CancellationToken cancel) =>
            (await notification.Stop(HttpMethod.Delete, token, cancel)).Problem is { } refusal ? Page.Refused(refusal) : Page.Go("/stop/" + token));
    }

    /// <summary>Outside the pages that ask for a form's token.</summary>
    public static void MapOneClick(this IEndpointRouteBuilder app) =>
        app.MapPost(Address, async (string token, HttpRequest request, NotificationClient notification, CancellationToken cancel) =>
        {
            var reply = await notification.Stop(HttpMethod.Post, token, cancel);
            // A mail program wants an answer, not another address.
            var byMachine = request.HasFormContentType && (await request.ReadFormAsync(cancel))["List-Unsubscribe"] == "One-Click";
            return reply.Problem is null && !byMachine ? Page.Go("/stop/" + token) : Answer(reply, token);
        }).AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();

    private static IResult Answer(Reply<NoticeStop> reply, string token) =>
        reply.Problem is { } refusal ? Page.Refused(refusal) : Page.Show<StopPage>(new { Stop = reply.Value!, Token = token });
}
