using System.Net;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Http;
using Microsoft.Extensions.Options;

namespace Matchmaking.Profile.Visitors;

/// <summary>
/// Addresses of pages, as they stand in answers and mails: under Public:Address, else where the process listens. A request's Host header is what
/// its sender wrote, and a link made from it could lead elsewhere: it counts in one process alone, and only if it says this machine.
/// </summary>
internal sealed partial class PublicLinks
{
    private readonly string? _configured;
    private readonly bool _embedded, _filtered;
    private readonly IHttpContextAccessor _http;
    private readonly OwnAddress _own;

    public PublicLinks(IOptions<ProfileOptions> options, Backbone backbone, IConfiguration settings, IHttpContextAccessor http, OwnAddress own, ILogger<PublicLinks> log)
    {
        _configured = options.Value.Public.Address?.TrimEnd('/');
        _embedded = backbone.Embedded;
        // ASP.NET Core refuses other hosts then, before anything of ours sees them.
        _filtered = settings["AllowedHosts"] is { Length: > 0 } allowed && !allowed.Split(';').Contains("*");
        (_http, _own) = (http, own);
        if (!_embedded && _configured is null) LogInner(log);
    }

    public string Visitor(Guid id, string token) => $"{Root}/link/{id}/{token}";

    public string SignIn(string code) => $"{Root}/sign-in/{code}";

    /// <param name="token">A signed right, and nothing else: the page asks before it does anything.</param>
    public string Answer(Guid meetingId, string token) => $"{Root}/answer/{meetingId}/{token}";

    public string Inbox => $"{Root}/exhibitor";

    private string Root => _configured ?? (_embedded && OfRequest() is { } here ? here : _own.Value.ToString().TrimEnd('/'));

    private string? OfRequest() =>
        _http.HttpContext is { Request: var request } context && !request.Path.StartsWithSegments("/internal")
        && (_filtered || IsHere(request.Host.Host.Trim('[', ']'), context.Connection.LocalIpAddress))
            ? $"{request.Scheme}://{request.Host}"
            : null;

    /// <summary>This machine by name, or by the number under which the caller has in fact reached it (a phone in the same network).</summary>
    private static bool IsHere(string host, IPAddress? reached) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && (IPAddress.IsLoopback(address) || (reached is not null && address.MapToIPv6().Equals(reached.MapToIPv6()))));

    [LoggerMessage(241, LogLevel.Warning, "Setting Public:Address is missing: links in answers and mails lead to this process's own address, which people cannot reach")]
    private static partial void LogInner(ILogger log);
}
