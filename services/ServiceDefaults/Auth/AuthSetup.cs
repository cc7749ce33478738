using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Matchmaking.ServiceDefaults.Auth;

internal static class AuthSetup
{
    private const string Bearers = "bearer";
    private const string Jwt = "jwt";

    /// <summary>
    /// Three kinds of callers, told apart by their credentials: visitors (capability), staff (ES256 JWT of Profile, checked by its JWKS) and our own
    /// services (shared key). Everything is closed unless an endpoint names its policy or says that anyone may call it.
    /// </summary>
    public static void AddAuth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(Bearers)
            .AddPolicyScheme(Bearers, null, o => o.ForwardDefaultSelector = context =>
                context.Request.Headers.ContainsKey(ServiceKeyHandler.Header) ? ServiceKeyHandler.Scheme_
                : Auth.Bearer.IsJwt(Auth.Bearer.Of(context.Request)) ? Jwt : CapabilityHandler.Scheme_)
            .AddScheme<AuthenticationSchemeOptions, CapabilityHandler>(CapabilityHandler.Scheme_, null)
            .AddScheme<AuthenticationSchemeOptions, ServiceKeyHandler>(ServiceKeyHandler.Scheme_, null)
            .AddJwtBearer(Jwt);
        builder.Services.AddOptions<JwtBearerOptions>(Jwt).Configure<IHttpClientFactory>((o, http) =>
        {
            o.MapInboundClaims = false;
            o.RequireHttpsMetadata = false;
            o.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                ".well-known/jwks.json", new JwksRetriever(), new ProfileDocuments(http))
            { AutomaticRefreshInterval = TimeSpan.FromMinutes(5), RefreshInterval = TimeSpan.FromSeconds(5) };
            o.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = Claims.Issuer,
                ValidAudience = Claims.Issuer,
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                RoleClaimType = Claims.Role,
                NameClaimType = "sub",
                ClockSkew = TimeSpan.FromSeconds(10),
            };
            o.Events = new JwtBearerEvents
            {
                OnChallenge = async c =>
                {
                    c.HandleResponse();
                    c.Response.Headers.WWWAuthenticate = "Bearer";
                    await Problem.Of("unauthorized", StatusCodes.Status401Unauthorized).ExecuteAsync(c.HttpContext);
                },
                OnForbidden = c => Problem.Of("forbidden", StatusCodes.Status403Forbidden).ExecuteAsync(c.HttpContext),
            };
        });
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole("nobody").Build())
            .AddPolicy(Policies.Visitor, p => p.RequireRole(Roles.Visitor))
            .AddPolicy(Policies.Exhibitor, p => p.RequireRole(Roles.Exhibitor))
            .AddPolicy(Policies.Analyst, p => p.RequireRole(Roles.Analyst, Roles.Organiser))
            .AddPolicy(Policies.Organiser, p => p.RequireRole(Roles.Organiser))
            .AddPolicy(Policies.Party, p => p.RequireRole(Roles.Visitor, Roles.Exhibitor))
            .AddPolicy(Policies.Answerer, p => p.RequireRole(Roles.Exhibitor, Roles.Answerer))
            .AddPolicy(Policies.Reader, p => p.RequireRole(Roles.Visitor, Roles.Exhibitor, Roles.Answerer))
            .AddPolicy(Policies.Service, p => p.RequireRole(Roles.Service));
    }

    /// <summary>Fetches the key set from wherever Profile is.</summary>
    private sealed class ProfileDocuments(IHttpClientFactory http) : IDocumentRetriever
    {
        public Task<string> GetDocumentAsync(string address, CancellationToken cancel) => http.CreateClient(ServiceClients.Profile).GetStringAsync(address, cancel);
    }

    private sealed class JwksRetriever : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
        {
            var keys = new JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel));
            var configuration = new OpenIdConnectConfiguration { JsonWebKeySet = keys, Issuer = Claims.Issuer };
            foreach (var key in keys.GetSigningKeys()) configuration.SigningKeys.Add(key);
            return configuration;
        }
    }
}
