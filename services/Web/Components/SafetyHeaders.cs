namespace Matchmaking.Web.Components;

/// <summary>Only the scripts that the page itself names, no inline style, no frames, no address told to others (a capability link is an address), nothing kept in caches.</summary>
internal sealed class SafetyHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context, Visit visit)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = $"{Policy}; script-src 'nonce-{visit.Nonce}'";
        // For browsers that do not know the policy's word for it; a form's own would allow what the policy forbids.
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        context.Response.OnStarting(() =>
        {
            if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
