using Matchmaking.Contracts.Notification;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Exhibitor;

/// <summary>/exhibitor/webhooks: addresses of the stand's own systems, their secrets, and what they were sent.</summary>
internal static class RunWebhooks
{
    private const string Here = "/exhibitor/webhooks";

    public static void MapWebhooks(this RouteGroupBuilder pages)
    {
        pages.MapGet(Here, (Visit visit, ProfileClient profile, NotificationClient notification, string? problem, bool? done, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", pass => Show(pass, profile, notification, cancel, problem: problem, done: done == true)));
        pages.MapPost(Here, (HttpContext context, Visit visit, ProfileClient profile, NotificationClient notification, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var url = (await context.Request.ReadFormAsync(cancel))["url"].ToString().Trim();
                var made = await notification.Register(pass.Token, new WebhookWish(url), cancel);
                // No way on after this POST: the secret is shown on its answer and nowhere else.
                return made.Problem switch
                {
                    null => await Show(pass, profile, notification, cancel, made.Value),
                    { Status: 400 } problem => await Show(pass, profile, notification, cancel, entered: url, mistake: problem.Errors.GetValueOrDefault("url")?[0] ?? problem.Title, status: 400),
                    { Status: 409 } problem => Page.Go($"{Here}?problem={Uri.EscapeDataString(problem.Code)}"),
                    var problem => Page.Refused(problem, staff: true),
                };
            }));
        pages.MapPost(Here + "/{id:guid}/secret", (Guid id, Visit visit, ProfileClient profile, NotificationClient notification, CancellationToken cancel) =>
            Gate.For(visit, "exhibitor", async pass =>
            {
                var made = await notification.Webhook<WebhookSecret>(HttpMethod.Post, pass.Token, $"{id}/secret", cancel);
                return made.Problem is { } problem ? Page.Refused(problem, staff: true) : await Show(pass, profile, notification, cancel, made.Value);
            }));
        pages.MapPost(Here + "/{id:guid}/delete", (Guid id, Visit visit, NotificationClient notification, CancellationToken cancel) => Act(visit, notification, HttpMethod.Delete, $"{id}", "", cancel));
        pages.MapPost(Here + "/{id:guid}/enable", (Guid id, Visit visit, NotificationClient notification, CancellationToken cancel) => Act(visit, notification, HttpMethod.Post, $"{id}/enable", $"#w-{id:N}", cancel));
        pages.MapPost(Here + "/{id:guid}/test", (Guid id, Visit visit, NotificationClient notification, CancellationToken cancel) => Act(visit, notification, HttpMethod.Post, $"{id}/test", $"#w-{id:N}", cancel));
        pages.MapPost(Here + "/{id:guid}/deliveries/{delivery:guid}/again", (Guid id, Guid delivery, Visit visit, NotificationClient notification, CancellationToken cancel) =>
            Act(visit, notification, HttpMethod.Post, $"{id}/deliveries/{delivery}/again", $"#w-{id:N}", cancel));
    }

    private static Task<IResult> Act(Visit visit, NotificationClient notification, HttpMethod method, string path, string place, CancellationToken cancel) => Gate.For(visit, "exhibitor", async pass =>
        (await notification.Webhook<Nothing>(method, pass.Token, path, cancel)).Problem switch
        {
            null => Page.Go($"{Here}?done=true{place}"),
            { Status: 409 } problem => Page.Go($"{Here}?problem={Uri.EscapeDataString(problem.Code)}"),
            var problem => Page.Refused(problem, staff: true),
        });

    private static async Task<IResult> Show(
        StaffPass pass, ProfileClient profile, NotificationClient notification, CancellationToken cancel, WebhookSecret? secret = null, string? entered = null,
        string? mistake = null, int status = 200, string? problem = null, bool done = false)
    {
        var exhibitor = await profile.Exhibitor(pass.Exhibitor!.Value, cancel);
        var hooks = await notification.Webhook<List<WebhookView>>(HttpMethod.Get, pass.Token, "", cancel);
        if ((exhibitor.Problem ?? hooks.Problem) is { } refusal) return Page.Refused(refusal, staff: true);
        var shown = new List<(WebhookView, IReadOnlyList<WebhookDeliveryView>)>();
        foreach (var hook in hooks.Value!) shown.Add((hook, (await notification.Webhook<List<WebhookDeliveryView>>(HttpMethod.Get, pass.Token, $"{hook.Id}/deliveries", cancel)).Value ?? []));
        return Page.Show<WebhooksPage>(new
        {
            Exhibitor = exhibitor.Value!,
            Hooks = (IReadOnlyList<(WebhookView, IReadOnlyList<WebhookDeliveryView>)>)shown,
            Secret = secret,
            Entered = entered,
            Mistake = mistake,
            Problem = problem,
            Done = done,
        }, status);
    }
}
