using System.Net;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Bus;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.Inbox;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Outbox;
using Matchmaking.ServiceDefaults.Problems;
using Matchmaking.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Matchmaking.ServiceDefaults;

/// <summary>What every process of the product has: telemetry, health, cache, auth, problems. Bus and database are added where they are needed.</summary>
public static class Defaults
{
    /// <summary>Bodies over this are refused (413); the importer of an organiser raises it for itself.</summary>
    public const int MaxBodyBytes = 64 * 1024;

    /// <summary>Rate limit of calls that anyone may make and that store something; setting RateLimits:WritesPerMinute for each address.</summary>
    public const string PublicWrites = "public-writes";

    public static WebApplicationBuilder AddDefaults(this WebApplicationBuilder builder, string service, bool embedded = false)
    {
        StartRefused.PrintPlainly();
        var backbone = ServiceDefaults.Backbone.Read(service, embedded, builder.Configuration);
        var services = builder.Services;
        services.AddSingleton(backbone);
        services.AddSingleton(Faults.Read(builder.Configuration));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<OutboxHandover>();
        services.AddSingleton<EmbeddedReplay>();
        services.AddSingleton<CapabilityMemory>();
        services.AddSingleton<WriteAheadLogs>();
        builder.AddTelemetry(service);
        builder.AddCache(backbone);
        builder.AddServiceClients(backbone);
        builder.AddAuth();
        builder.AddKeyRing(backbone);
        services.AddHealthChecks();
        services.AddApiDescription(service);
        services.AddSingleton<KnownQueries>();
        services.AddExceptionHandler<ApiFailures>();
        services.AddProblemDetails();
        services.AddRequestLocalization(o =>
        {
            o.SetDefaultCulture("de");
            o.AddSupportedCultures("de", "en", "uk", "ar").AddSupportedUICultures("de", "en", "uk", "ar");
        });
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            o.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            o.SerializerOptions.AllowDuplicateProperties = false;
            o.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
            o.SerializerOptions.Converters.Add(new TimeWithOffset());
        });
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.Configure<KestrelServerOptions>(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        var writes = builder.Configuration.GetValue("RateLimits:WritesPerMinute", 600);
        services.AddRateLimiter(o =>
        {
            // Our own services are not strangers: the demo's generator and an import may write as fast as they can.
            o.AddPolicy(PublicWrites, context => context.User.IsInRole(Roles.Service) ? RateLimitPartition.GetNoLimiter(IPAddress.None) : RateLimitPartition.GetTokenBucketLimiter(context.Connection.RemoteIpAddress ?? IPAddress.None, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = writes,
                TokensPerPeriod = Math.Max(1, writes / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }));
            o.OnRejected = async (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "60";
                await Problem.Of("too-many-requests", StatusCodes.Status429TooManyRequests).ExecuteAsync(rejected.HttpContext);
            };
        });
        // Web says for whom it asks. Where deployed it is the only public door, and nobody else can reach a service; in one process it calls from this
        // machine, and only such calls are believed, as is the framework's default.
        if (IsBehindWeb(backbone) || backbone.Embedded) services.Configure<ForwardedHeadersOptions>(o =>
        {
            o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            if (backbone.Embedded) return;
            o.KnownIPNetworks.Clear();
            o.KnownProxies.Clear();
        });
        services.AddHostedService<StartUpLine>();
        return builder;
    }

    public static WebApplication MapDefaults(this WebApplication app)
    {
        var backbone = app.Services.GetRequiredService<Backbone>();
        if (IsBehindWeb(backbone) || backbone.Embedded) app.UseForwardedHeaders();
        app.UseRequestLocalization();
        app.UseExceptionHandler();
        app.UseWhen(c => ApiPaths.Has(c.Request.Path), api => api.Use(SayHowToKeep).UseStatusCodePages(async c => await OfStatus(c.HttpContext.Response.StatusCode).ExecuteAsync(c.HttpContext)));
        app.UseRouting();
        // An address that does not exist is unknown, one that is called in the wrong way says so (405, 415): neither is "closed", as the fallback policy would say.
        var missing = app.Services.GetService<MissingPage>();
        app.Use((context, next) =>
        {
            var endpoint = context.GetEndpoint();
            if (endpoint is RouteEndpoint) return next(context);
            if (ApiPaths.Has(context.Request.Path))
                return endpoint is null ? Problem.Of("not-found", StatusCodes.Status404NotFound).ExecuteAsync(context) : endpoint.RequestDelegate!(context);
            if (missing is not null) context.SetEndpoint(missing.Endpoint);
            return next(context);
        });
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        var queries = app.Services.GetRequiredService<KnownQueries>();
        app.Use((context, next) => queries.Refusal(context) is { } refusal ? refusal.ExecuteAsync(context) : next(context));
        app.MapOpenApi().AllowAnonymous();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
        if (app.Services.GetServices<ServiceDatabase>().Any()) ReplayQuarantined.Map(app);
        return app;
    }

    /// <summary>The process's <see cref="ServiceDefaults.Backbone"/>, while services are still being added.</summary>
    public static Backbone Backbone(this IServiceCollection services) =>
        services.Select(d => d.ImplementationInstance).OfType<Backbone>().SingleOrDefault() ?? throw new InvalidOperationException("Call AddDefaults first.");

    private static bool IsBehindWeb(Backbone backbone) => !backbone.Embedded && backbone.RabbitMq is not null;

    /// <summary>Answers are what their type says, and hold what is somebody's own: nothing between us and the caller keeps them unless an answer says so itself.</summary>
    private static Task SayHowToKeep(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static IResult OfStatus(int status) => status switch
    {
        401 => Problem.Of("unauthorized", status),
        403 => Problem.Of("forbidden", status),
        404 => Problem.Of("not-found", status),
        405 => Problem.Of("method-not-allowed", status),
        413 => Problem.Of("too-large", status),
        415 => Problem.Of("unsupported-media-type", status),
        429 => Problem.Of("too-many-requests", status),
        >= 500 => Problem.Of("internal", status),
        _ => Problem.Of("malformed", status),
    };
}

internal sealed partial class StartUpLine(Backbone backbone, Faults faults, IHostApplicationLifetime life, ILogger<StartUpLine> log) : IHostedService
{
    /// <summary>From then on the host's own words are logged; before, a failure is thrown and told once.</summary>
    public static volatile bool Passed;

    public Task StartAsync(CancellationToken cancel)
    {
        life.ApplicationStarted.Register(() => Passed = true);
        LogStart(log, backbone.StartUpLine);
        if (faults != new Faults(false, false)) LogFaults(log, faults.ToString());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    [LoggerMessage(100, LogLevel.Information, "{Line}")]
    private static partial void LogStart(ILogger log, string line);

    [LoggerMessage(102, LogLevel.Critical, "Deliberate faults are ON: {Faults}. This process may lose or double messages.")]
    private static partial void LogFaults(ILogger log, string faults);
}
