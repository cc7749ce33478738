using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Matchmaking.ServiceDefaults.Auth;

/// <summary>Knows our own services by the shared key (setting Services:Key; random in an embedded process).</summary>
internal sealed class ServiceKeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ServiceKey key)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Scheme_ = "service-key";
    public const string Header = "X-Service-Key";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var given = Encoding.UTF8.GetBytes(Request.Headers[Header].ToString());
        if (!CryptographicOperations.FixedTimeEquals(SHA256.HashData(given), SHA256.HashData(Encoding.UTF8.GetBytes(key.Value))))
            return Task.FromResult(AuthenticateResult.Fail("wrong service key"));
        var identity = new ClaimsIdentity([new Claim(Claims.Role, Roles.Service)], Scheme.Name, null, Claims.Role);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Problem.Of("unauthorized", StatusCodes.Status401Unauthorized).ExecuteAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.Of("forbidden", StatusCodes.Status403Forbidden).ExecuteAsync(Context);
}
