using Matchmaking.ServiceDefaults.Auth;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Matchmaking.ServiceDefaults.OpenApi;

/// <summary>Who may call an operation, as its policies say, in the words of OpenAPI: schemes, and for staff the roles.</summary>
internal static class Callers
{
    private const string Visitor = "visitor", Staff = "staff", Service = "service";

    /// <returns>The roles; empty: anyone. What names no policy is closed and has the role that nobody has.</returns>
    public static async Task<IReadOnlyList<string>> OfAsync(IList<object> metadata, IServiceProvider services)
    {
        var policies = services.GetRequiredService<IAuthorizationPolicyProvider>();
        AuthorizationPolicy? policy;
        if (metadata.OfType<CheckedElsewhereNote>().LastOrDefault() is { } elsewhere) policy = await policies.GetPolicyAsync(elsewhere.Policy);
        else if (metadata.OfType<IAllowAnonymous>().Any()) return [];
        else policy = await AuthorizationPolicy.CombineAsync(policies, metadata.OfType<IAuthorizeData>()) ?? await policies.GetFallbackPolicyAsync();
        return [.. policy!.Requirements.OfType<RolesAuthorizationRequirement>().SelectMany(r => r.AllowedRoles).Distinct()];
    }

    /// <summary>One of these is enough. OpenAPI 3.1 lets a requirement name the roles that are needed.</summary>
    public static IList<OpenApiSecurityRequirement> Requirements(IReadOnlyList<string> roles, OpenApiDocument document) =>
        [.. roles.GroupBy(SchemeOf).Select(scheme => new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(scheme.Key, document)] = scheme.Key == Staff ? [.. scheme] : [],
        })];

    public static void Describe(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>(Visitor, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "capability",
            Description = "The visitor's token, as POST /api/visitors answers it, or as it stands in a link of a mail: 256 random bits in base64url.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(Staff, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "Token of an exhibitor, analyst or organiser (ES256, keys at /.well-known/jwks.json), from POST /api/staff/tokens; it lives a quarter of an hour and is renewed at POST /api/staff/tokens/renew.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(Service, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = ServiceKeyHandler.Header,
            Description = "The key by which our own services know each other.",
        });
    }

    private static string SchemeOf(string role) => role switch { Roles.Visitor => Visitor, Roles.Service => Service, _ => Staff };
}
