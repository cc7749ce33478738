using System.Net;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification.Webhooks;

/// <summary>What may be the address of a webhook: encrypted, of the public internet, without a password in it.</summary>
internal sealed class WebhookUrls(IOptions<WebhookOptions> options)
{
    public const int Longest = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <returns>What is wrong with it; null: nothing that can be seen now. The address behind a name is looked at again with each connection.</returns>
    public async Task<FieldFault?> FaultAsync(string? text, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(text)) return new("url", "required");
        if (text.Length > Longest) return new("url", "too-long", Longest);
        // A line end within it would be passed over when it is read, and stored all the same.
        if (text.Trim().Any(c => char.IsControl(c) || char.IsWhiteSpace(c))) return new("url", "webhook-url");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || url.Fragment.Length > 0 || url.Host.Length == 0) return new("url", "webhook-url");
        if (options.Value.AllowLocal && url.Scheme is "http" or "https") return null;
        if (url.Scheme != Uri.UriSchemeHttps) return new("url", "webhook-https");
        // A name without a dot, or under a domain of local networks, is none of the public internet.
        if (url.HostNameType == UriHostNameType.Dns && (!url.IdnHost.TrimEnd('.').Contains('.') || Array.Exists(LocalDomains, d => url.IdnHost.TrimEnd('.').EndsWith(d, StringComparison.OrdinalIgnoreCase))))
            return new("url", "webhook-public");
        return (await AddressesAsync(url, cancel)).All(PublicAddresses.IsPublic) ? null : new("url", "webhook-public");
    }

    private static readonly string[] LocalDomains = [".localhost", ".local", ".internal", ".lan", ".home", ".corp", ".home.arpa", ".svc", ".cluster.local"];

    private static async Task<IPAddress[]> AddressesAsync(Uri url, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try { return await Dns.GetHostAddressesAsync(url.IdnHost.Trim('[', ']'), patience.Token); }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or OperationCanceledException && !cancel.IsCancellationRequested) { return []; } // not yet known; a delivery will tell
    }
}
