using Matchmaking.Contracts.Notification;

namespace Matchmaking.Web.Clients;

internal sealed class NotificationClient(IHttpClientFactory factory)
{
    public const string Name = "notification";

    private HttpClient Http => factory.CreateClient(Name);

    public Task<Reply<List<Notice>>> Notices(string bearer, CancellationToken cancel) =>
        Http.Ask<List<Notice>>(HttpMethod.Get, "/api/notices", bearer, cancel);
}
