using System.Security.Claims;
using System.Text.Encodings.Web;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Matchmaking.ServiceDefaults.Auth;

/// <summary>
/// Knows a visitor by the capability in "Authorization: Bearer". A token that another service has issued a moment ago may still be on its way
/// here: then it waits up to two seconds, and answers "come again" (202 to a GET, else 503, with Retry-After) rather than refuse its owner. So it
/// does while the shared cache, which would know of it, does not answer.
/// </summary>
internal sealed class CapabilityHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, IEnumerable<ICapabilityHolders> holders, CapabilityMemory memory, FreshMarks marks, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Scheme_ = "capability";
    private const string OnItsWay = "capability-on-its-way";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Web knows no visitors: it passes the token on.
        if (Bearer.Of(Request) is not { } token || !holders.Any()) return AuthenticateResult.NoResult();
        if (token.Length is < 43 or > 64) return AuthenticateResult.Fail("not a capability");
        var hash = CapabilityToken.Hash(token);
        if (await FindAsync(hash) is { } subject) return Known(subject);

        var (reachable, version) = await marks.ReadAsync("token:" + hash);
        if (reachable && version is null) return AuthenticateResult.Fail("unknown");
        for (var until = clock.GetUtcNow() + Patience; clock.GetUtcNow() < until;)
        {
            await Task.Delay(Pause, clock, Context.RequestAborted);
            if (await FindAsync(hash) is { } late) return Known(late);
        }
        Context.Items[OnItsWay] = true;
        return AuthenticateResult.Fail("unknown yet");
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (!Context.Items.ContainsKey(OnItsWay))
        {
            Response.Headers.WWWAuthenticate = "Bearer";
            await Problem.Of("unauthorized", StatusCodes.Status401Unauthorized).ExecuteAsync(Context);
            return;
        }
        Response.Headers.RetryAfter = "1";
        if (HttpMethods.IsGet(Request.Method)) Response.StatusCode = StatusCodes.Status202Accepted;
        else await Problem.Of("not-ready", StatusCodes.Status503ServiceUnavailable).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problem.Of("forbidden", StatusCodes.Status403Forbidden).ExecuteAsync(Context);

    private async ValueTask<Guid?> FindAsync(string hash)
    {
        if (memory.Recall(hash) is { } known) return known;
        var erasures = memory.Erasures;
        foreach (var holder in holders)
        {
            if (await holder.FindAsync(hash, Context.RequestAborted) is not { } subject) continue;
            memory.Remember(hash, subject, erasures);
            return subject;
        }
        return null;
    }

    private AuthenticateResult Known(Guid subject) => AuthenticateResult.Success(new AuthenticationTicket(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(Claims.Visitor, subject.ToString()), new Claim(Claims.Role, Roles.Visitor)], Scheme.Name, null, Claims.Role)), Scheme.Name));
}

internal static class Bearer
{
    private const string Prefix = "Bearer ";

    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? value[Prefix.Length..].Trim() : null;

    /// <summary>A JWT has three parts; a capability none.</summary>
    public static bool IsJwt(string? token) => token is not null && token.Contains('.');
}
