using System.Net.Http.Headers;
using Matchmaking.Contracts.Notification;

namespace Matchmaking.Web.Clients;

internal sealed class NotificationClient(IHttpClientFactory factory)
{
    public const string Name = "notification";

    private HttpClient Http => factory.CreateClient(Name);

    public Task<Reply<List<Notice>>> Notices(string bearer, CancellationToken cancel) =>
        Http.Ask<List<Notice>>(HttpMethod.Get, "/api/notices", bearer, cancel);

    /// <summary>The stream of what comes, as it comes; its headers alone are waited for.</summary>
    public async Task<HttpResponseMessage> Live(string bearer, string? lastEvent, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/notices/live");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (lastEvent is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEvent);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    public Task<Reply<NoticePreferences>> Preferences(string bearer, CancellationToken cancel) =>
        Http.Ask<NoticePreferences>(HttpMethod.Get, "/api/notices/preferences", bearer, cancel);

    public Task<Reply<NoticePreferences>> Wish(string bearer, NoticeWishes wishes, CancellationToken cancel) =>
        Http.Ask<NoticePreferences>(HttpMethod.Put, "/api/notices/preferences", bearer, cancel, wishes);

    public Task<Reply<NoticeFailures>> Failures(string bearer, CancellationToken cancel) =>
        Http.Ask<NoticeFailures>(HttpMethod.Get, "/api/notices/failed", bearer, cancel);

    /// <param name="notice">null: all that failed.</param>
    public Task<Reply<NoticesSentAgain>> SendAgain(string bearer, Guid? notice, CancellationToken cancel) =>
        Http.Ask<NoticesSentAgain>(HttpMethod.Post, $"/api/notices/{notice?.ToString() ?? "failed"}/send-again", bearer, cancel);

    public Task<Reply<WebhookSecret>> Register(string bearer, WebhookWish wish, CancellationToken cancel) =>
        Http.Ask<WebhookSecret>(HttpMethod.Post, "/api/notices/webhooks", bearer, cancel, wish);

    /// <param name="path">Behind the list of webhooks; empty: the list itself.</param>
    public Task<Reply<T>> Webhook<T>(HttpMethod method, string bearer, string path, CancellationToken cancel) =>
        Http.Ask<T>(method, $"/api/notices/webhooks/{path}".TrimEnd('/'), bearer, cancel);

    /// <param name="path">Behind the list of texts; empty: the list itself.</param>
    public Task<Reply<T>> Template<T>(HttpMethod method, string bearer, string path, TemplateDraft? draft, CancellationToken cancel) =>
        Http.Ask<T>(method, $"/api/notices/templates/{path}".TrimEnd('/'), bearer, cancel, draft);

    /// <param name="method">GET looks, POST stops, DELETE lets mails go again.</param>
    public Task<Reply<NoticeStop>> Stop(HttpMethod method, string token, CancellationToken cancel) =>
        Http.Ask<NoticeStop>(method, $"/api/notices/stop/{Uri.EscapeDataString(token)}", null, cancel);
}
