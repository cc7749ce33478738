using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Matchmaking.ServiceDefaults.Http;

/// <summary>
/// What is shown where neither the API nor a page is. Not a fallback route: one for every address would be a candidate beside the API's own
/// endpoints, and a wrong method or content type would find it instead of being told.
/// </summary>
public sealed class MissingPage(RequestDelegate show)
{
    internal Endpoint Endpoint { get; } = new(show, new EndpointMetadataCollection(new AllowAnonymousAttribute()), "missing page");
}
