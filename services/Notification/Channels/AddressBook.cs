using System.Net;
using Matchmaking.Contracts.Profile;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults.Http;

namespace Matchmaking.Notification.Channels;

/// <summary>Asks Profile for an address at the moment of sending; addresses are never kept here.</summary>
internal sealed class AddressBook(IHttpClientFactory http, ServiceKey key)
{
    /// <returns>null: there is no such person any more.</returns>
    /// <exception cref="MailLimitedException">The address has had its share of such mails.</exception>
    /// <exception cref="HttpRequestException">Profile does not answer; ask again later.</exception>
    public async Task<Address?> FindAsync(NoticeRow notice, CancellationToken cancel)
    {
        var path = notice.RecipientSide switch
        {
            Sides.Visitor => $"internal/visitors/{notice.RecipientId}/address?kind={notice.Kind}&notice={notice.Id}",
            Sides.Exhibitor => $"internal/exhibitors/{notice.RecipientId}/address" + Answering(notice),
            _ => $"internal/accounts/{notice.RecipientId}/address/{notice.LinkId}",
        };
        using var client = http.CreateInternal(ServiceClients.Profile, key);
        using var answer = await client.GetAsync(path, cancel);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return null;
        if (answer.StatusCode is HttpStatusCode.TooManyRequests) throw new MailLimitedException();
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<Address>(cancel);
    }

    /// <summary>The mail about a request carries a link that answers it; so does that of a request that moved, which may be the first that goes out.</summary>
    private static string Answering(NoticeRow notice) =>
        notice.Kind is NoticeKinds.Requested or NoticeKinds.Moved && notice.ReadFacts().Meeting is { ExpiresAt: { } until } meeting
            ? $"?meeting={meeting.MeetingId}&until={until.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}"
            : "";
}

/// <summary>Not an outage: trying again would only take what the next one may get.</summary>
internal sealed class MailLimitedException : Exception;
