using System.Security.Cryptography;

namespace Matchmaking.Web.Components;

/// <summary>Only the scripts that the page itself names, no inline style, no frames, no address told to others (a capability link is an address), nothing kept in caches.</summary>
internal sealed class SafetyHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly object Nonce = new();

    /// <summary>What the scripts of the page that answers this request are marked with; new for each.</summary>
    public static string NonceOf(HttpContext context) => (string)(context.Items[Nonce] ??= RandomNumberGenerator.GetHexString(32, lowercase: true));

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = $"{Policy}; script-src 'nonce-{NonceOf(context)}'";
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
