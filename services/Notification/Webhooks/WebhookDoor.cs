using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification.Webhooks;

/// <summary>The address behind a webhook's name is none of the public internet.</summary>
internal sealed class AddressForbiddenException : Exception;

/// <summary>
/// The only way out to addresses that others have named. It connects to the very address that it has looked at, so a name that is answered differently
/// a moment later changes nothing; it follows no redirects, goes through no proxy and keeps no cookies.
/// </summary>
internal sealed class WebhookDoor : IDisposable
{
    private readonly WebhookOptions _options;
    private readonly HttpClient _http;

    public WebhookDoor(IOptions<WebhookOptions> options)
    {
        _options = options.Value;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = ConnectAsync,
            // So that an address is looked at again before long.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ActivityHeadersPropagator = null,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <returns>The status of the answer; its body is not read.</returns>
    /// <exception cref="OperationCanceledException">No answer within the time for one.</exception>
    /// <exception cref="HttpRequestException">No connection; the inner exception may be <see cref="AddressForbiddenException"/>.</exception>
    public async Task<HttpStatusCode> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(_options.TimeoutSeconds));
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        return answer.StatusCode;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        if (!_options.AllowLocal && !addresses.All(PublicAddresses.IsPublic)) throw new AddressForbiddenException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _http.Dispose();
}
