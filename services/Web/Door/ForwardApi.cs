using Matchmaking.ServiceDefaults.Http;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;

namespace Matchmaking.Web.Door;

/// <summary>
/// Where deployed, this process is the only public door: it forwards /api to the service that answers it. /internal and /health of the
/// services are not reachable through it. In one process there is nothing to forward.
/// </summary>
internal static class ForwardApi
{
    private const long ImportBytes = 16 * 1024 * 1024;

    /// <summary>First match wins; the more particular path stands before the more general one.</summary>
    private static readonly (string Path, string Service)[] Routes =
    [
        ("/api/visitors/{id}/matches", ServiceClients.Matching),
        ("/api/visitors/{id}/search", ServiceClients.Matching),
        ("/api/visitors/{id}/offers/{**rest}", ServiceClients.Matching),
        ("/api/visitors/{id}/choices/{**rest}", ServiceClients.Matching),
        ("/api/visitors/{id}/opened", ServiceClients.Matching),
        ("/api/visitors/{id}/meetings", ServiceClients.Matching),
        ("/api/visitors/{id}/route", ServiceClients.Matching),
        ("/api/visitors/{id}/route.ics", ServiceClients.Matching),
        ("/api/visitors/{id}/waiting", ServiceClients.Matching),
        ("/api/visitors/{id}/export/matching", ServiceClients.Matching),
        ("/api/visitors/{id}/export/notification", ServiceClients.Notification),
        ("/api/visitors/{**rest}", ServiceClients.Profile),
        ("/api/erasures/{**rest}", ServiceClients.Profile),
        ("/api/offers/{id}/slots", ServiceClients.Matching),
        ("/api/offers/{**rest}", ServiceClients.Profile),
        ("/api/occupations/{**rest}", ServiceClients.Profile),
        ("/api/exhibitors/{id}/meetings", ServiceClients.Matching),
        ("/api/exhibitors/{id}/day", ServiceClients.Matching),
        ("/api/exhibitors/{id}/times", ServiceClients.Matching),
        ("/api/exhibitors/{id}/plan", ServiceClients.Matching),
        ("/api/exhibitors/{id}/walk-ins/{**rest}", ServiceClients.Matching),
        ("/api/exhibitors/{**rest}", ServiceClients.Profile),
        ("/api/fairs/{**rest}", ServiceClients.Profile),
        ("/api/staff/{**rest}", ServiceClients.Profile),
        ("/api/meetings/{**rest}", ServiceClients.Matching),
        ("/api/waiting/{**rest}", ServiceClients.Matching),
        ("/api/eligibility/{**rest}", ServiceClients.Matching),
        ("/api/quality/{**rest}", ServiceClients.Matching),
        ("/api/rule-packs/{**rest}", ServiceClients.Matching),
        ("/api/schedules/{**rest}", ServiceClients.Matching),
        ("/api/models/{**rest}", ServiceClients.Matching),
        ("/api/notices/{**rest}", ServiceClients.Notification),
        ("/.well-known/jwks.json", ServiceClients.Profile),
    ];

    public static void AddForwarding(this IHostApplicationBuilder builder)
    {
        string[] services = [ServiceClients.Profile, ServiceClients.Matching, ServiceClients.Notification];
        var clusters = services.Select(s => new ClusterConfig
        {
            ClusterId = s,
            Destinations = new Dictionary<string, DestinationConfig>
            {
                [s] = new() { Address = builder.Configuration[$"Services:{s}"] ?? throw new ServiceDefaults.StartRefused($"web cannot start: setting 'Services:{s}' is missing. Set Services__{s} to the address of that service.") },
            },
        }).ToArray();
        var routes = Routes.Select((route, order) => new RouteConfig
        {
            RouteId = $"{order:00} {route.Path}",
            Order = order,
            ClusterId = route.Service,
            Match = new RouteMatch { Path = route.Path },
            MaxRequestBodySize = route.Path.StartsWith("/api/fairs", StringComparison.Ordinal) || route.Path.StartsWith("/api/models", StringComparison.Ordinal) ? ImportBytes : null,
        });
        // Each service describes itself: /openapi/profile/v1.json and so on.
        var descriptions = services.Select(s => new RouteConfig
        {
            RouteId = "openapi " + s,
            ClusterId = s,
            Match = new RouteMatch { Path = $"/openapi/{s}/v1.json" },
        }.WithTransformPathSet("/openapi/v1.json"));
        builder.Services.AddReverseProxy().LoadFromMemory([.. routes, .. descriptions], clusters);
    }

    public static void MapForwarding(this IEndpointRouteBuilder app) => app.MapReverseProxy().AllowAnonymous();
}
