extern alias allinone;

using Matchmaking.Rig;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Conventions.Tests;

/// <summary>Every endpoint of the whole fair names its policy, or stands in the list of those that anyone may call.</summary>
public sealed class DenyByDefaultTests
{
    /// <summary>What anyone may call, by the service that answers; counted only where that service is there.</summary>
    private static readonly Dictionary<string, string[]> Anyone = new()
    {
        ["ServiceDefaults"] =
        [
            "* /health/live", "* /health/ready",
        ],
        ["Profile"] =
        [
            "GET /.well-known/jwks.json", "GET /api/erasures/{id:guid}", "GET /api/exhibitors", "GET /api/exhibitors/{id:guid}", "GET /api/fairs/current", "GET /api/occupations", "GET /api/offers",
            "GET /api/offers/{id:guid}", "POST /api/demo/sign-in", "POST /api/staff/links", "POST /api/staff/sign-out", "POST /api/staff/tokens", "POST /api/staff/tokens/renew", "POST /api/visitors",
        ],
        ["Matching"] = ["GET /api/offers/{id:guid}/slots", "POST /api/eligibility/preview"],
        ["Notification"] = ["DELETE /api/notices/stop/{token}", "GET /api/demo/mail", "GET /api/notices/stop/{token}", "POST /api/notices/stop/{token}"],
        // It passes the caller's token on to the services, which check it each for itself.
        ["Web"] = ["GET /api/visitors/{id:guid}/export"],
        ["AllInOne"] = ["GET /openapi/{documentName}.json"],
    };

    [Fact]
    public void Every_endpoint_names_its_policy_or_stands_in_the_list()
    {
        using var folder = new TemporaryFolder();
        using var factory = new WebApplicationFactory<allinone::Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("DataFolder", folder.Path).UseSetting("urls", "http://127.0.0.1:0");
            host.UseSetting("Demo:Enabled", "true");
        });
        var endpoints = factory.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(Of).ToArray();
        Assert.True(endpoints.Length > 20, $"only {endpoints.Length} endpoints were found");
        var here = Projects.Services.Single(p => p.Name == "AllInOne").References.Append("AllInOne").Append("ServiceDefaults").ToHashSet();
        var listed = Anyone.Where(a => here.Contains(a.Key)).SelectMany(a => a.Value).ToHashSet();
        Assert.Empty(Undecided(endpoints));
        Assert.Empty(Unlisted(endpoints, listed));
        Assert.Empty(listed.Where(l => !l.StartsWith("GET /openapi", StringComparison.Ordinal)).Except(endpoints.Where(e => e.Anonymous).SelectMany(e => e.Names)));
    }

    [Fact]
    public void An_endpoint_that_says_nothing_and_one_that_nobody_listed_are_seen()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.MapGet("/api/forgotten", () => "x");
        app.MapGet("/api/no-policy", () => "x").RequireAuthorization();
        app.MapPost("/api/open", () => "x").AllowAnonymous();
        app.MapGet("/api/closed", () => "x").RequireAuthorization("organiser");
        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(Of).ToArray();
        Assert.Equal(["GET /api/forgotten", "GET /api/no-policy"], Undecided(endpoints).Order());
        Assert.Equal(["POST /api/open"], Unlisted(endpoints, []));
    }

    private sealed record Seen(string[] Names, bool Anonymous, bool Policy);

    private static Seen Of(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } some ? some : ["*"];
        var path = "/" + endpoint.RoutePattern.RawText?.TrimStart('/').TrimEnd('/');
        return new Seen([.. methods.Select(m => $"{m} {path}")], endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null,
            endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => a.Policy is not null));
    }

    private static IEnumerable<string> Undecided(IEnumerable<Seen> endpoints) => endpoints.Where(e => e is { Anonymous: false, Policy: false }).SelectMany(e => e.Names);

    /// <summary>Pages and their files are read by people and decide by themselves; what speaks JSON is listed.</summary>
    private static IEnumerable<string> Unlisted(IEnumerable<Seen> endpoints, HashSet<string> listed) =>
        endpoints.Where(e => e.Anonymous).SelectMany(e => e.Names).Where(n => ApiPaths.Has(new PathString(n[n.IndexOf('/')..].Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)))).Except(listed);
}
