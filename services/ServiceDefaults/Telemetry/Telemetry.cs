using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Matchmaking.ServiceDefaults.Telemetry;

internal static class Traces
{
    public const string OutboxSource = "Matchmaking.Outbox";
    public static readonly ActivitySource Outbox = new(OutboxSource);
}

/// <summary>Metrics of the backbone; those of a service are named matchmaking.&lt;service&gt;.&lt;what&gt;.</summary>
public static class Metrics
{
    public const string Meters = "Matchmaking.*";
    private static readonly Meter Meter = new("Matchmaking.Backbone");
    internal static readonly Counter<long> OutboxSent = Meter.CreateCounter<long>("matchmaking.outbox.sent", "{message}");
    internal static readonly Counter<long> InboxHandled = Meter.CreateCounter<long>("matchmaking.inbox.handled", "{message}");
    internal static readonly Counter<long> Quarantined = Meter.CreateCounter<long>("matchmaking.inbox.quarantined", "{message}");
}

internal static class TelemetrySetup
{
    /// <summary>
    /// Traces through HTTP, outbox, bus and database; exported by OTLP where OTEL_EXPORTER_OTLP_ENDPOINT says so. Health checks and /link/… are not traced;
    /// of what else opens something by its path that is left out (<see cref="SecretPaths"/>), query strings and statements' parameters always.
    /// </summary>
    public static void AddTelemetry(this IHostApplicationBuilder builder, string service)
    {
        // Without a receiver nothing is collected: spans that nobody sees cost a tenth of a request. Who asked for what still travels in traceparent.
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            builder.Services.AddOpenTelemetry()
                .ConfigureResource(r => r.AddService(builder.Configuration["OTEL_SERVICE_NAME"] ?? service))
                .WithTracing(t => t
                    .AddSource(Traces.OutboxSource, "MassTransit", "Matchmaking.*")
                    .AddAspNetCoreInstrumentation(o => o.Filter = context =>
                        !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/link"))
                    .AddHttpClientInstrumentation()
                    .AddNpgsql()
                    .AddProcessor(new SecretPaths()))
                .WithMetrics(m => m.AddMeter(Metrics.Meters, "MassTransit", "Npgsql").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation())
                .UseOtlpExporter();
            builder.Logging.AddOpenTelemetry(o => o.IncludeScopes = false);
        }
        // Request lines would carry capability links; traces say the same without them.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
        // EF Core reports every refused save as an error; a uniqueness that holds is an answer here, and real failures are thrown.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.Logging.AddFilter("MassTransit", level => level >= LogLevel.Warning && !StartRefused.Thrown);
        // Each retry would be logged with its whole stack; what is left after the last one is logged by the quarantine.
        builder.Logging.AddFilter("MassTransit.ReceiveTransport", LogLevel.Error);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        // It tells the whole address of each call that it forwards.
        builder.Logging.AddFilter("Yarp", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => StartUpLine.Passed && level >= LogLevel.Information);
    }
}
