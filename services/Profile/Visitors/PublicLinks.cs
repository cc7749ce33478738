using Matchmaking.ServiceDefaults.Http;
using Microsoft.Extensions.Options;

namespace Matchmaking.Profile.Visitors;

/// <summary>Addresses of pages, as they stand in answers and mails: under Public:Address, else where the request came in, else where the process listens.</summary>
internal sealed class PublicLinks(IOptions<ProfileOptions> options, IHttpContextAccessor http, OwnAddress own)
{
    public string Visitor(Guid id, string token) => $"{Root}/link/{id}/{token}";

    public string SignIn(string code) => $"{Root}/sign-in/{code}";

    public string Inbox => $"{Root}/exhibitor";

    private string Root => options.Value.Public.Address?.TrimEnd('/')
        ?? (http.HttpContext?.Request is { } request && !request.Path.StartsWithSegments("/internal")
            ? $"{request.Scheme}://{request.Host}"
            : own.Value.ToString().TrimEnd('/'));
}
