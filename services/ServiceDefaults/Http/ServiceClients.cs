using System.Buffers.Text;
using System.Security.Cryptography;
using Matchmaking.ServiceDefaults.Auth;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matchmaking.ServiceDefaults.Http;

/// <summary>The key by which our services know each other. Web, which calls no /internal path, has none of its own and makes one up.</summary>
public sealed record ServiceKey(string Value);

/// <summary>
/// HTTP clients to our own services, by name. Where deployed their addresses come from Services:Profile and so on; in one process they are the
/// process's own address, so that the same calls are made in both modes.
/// </summary>
public static class ServiceClients
{
    public const string Profile = "profile", Matching = "matching", Notification = "notification";

    internal static void AddServiceClients(this IHostApplicationBuilder builder, Backbone backbone)
    {
        var services = builder.Services;
        var key = builder.Configuration["Services:Key"]
            ?? (backbone.Embedded || backbone.RabbitMq is null ? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)) : throw new StartRefused(
                $"{backbone.Service} cannot start: setting 'Services:Key' is missing. Set Services__Key to the same long random text for all services."));
        services.AddSingleton(new ServiceKey(key));
        services.AddSingleton<OwnAddress>();
        services.AddHttpContextAccessor();
        services.AddTransient<CallersAddress>();
        foreach (var name in (string[])[Profile, Matching, Notification])
        {
            var address = builder.Configuration[$"Services:{name}"];
            services.AddHttpClient(name, (provider, client) =>
            {
                client.BaseAddress = address is not null ? new Uri(address.TrimEnd('/') + "/") : provider.GetRequiredService<OwnAddress>().Value;
                client.Timeout = TimeSpan.FromSeconds(10);
            }).AddHttpMessageHandler<CallersAddress>();
        }
    }

    /// <summary>A client that shows our service key: for /internal paths alone.</summary>
    public static HttpClient CreateInternal(this IHttpClientFactory http, string service, ServiceKey key)
    {
        var client = http.CreateClient(service);
        client.DefaultRequestHeaders.Add(ServiceKeyHandler.Header, key.Value);
        return client;
    }
}

/// <summary>Says for whom a page asks: limits are by the address of the person, not by that of the process between.</summary>
internal sealed class CallersAddress(IHttpContextAccessor http) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (http.HttpContext?.Connection.RemoteIpAddress is { } address) request.Headers.TryAddWithoutValidation(ForwardedHeadersDefaults.XForwardedForHeaderName, address.ToString());
        return base.SendAsync(request, cancel);
    }
}

/// <summary>Where this process listens, as a client on the same machine reaches it.</summary>
public sealed class OwnAddress(IServer server)
{
    public Uri Value
    {
        get
        {
            var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.OrderBy(a => a.StartsWith("https", StringComparison.Ordinal)).FirstOrDefault() ?? "http://localhost";
            foreach (var any in (string[])["://+", "://*", "://0.0.0.0", "://[::]"]) address = address.Replace(any, "://localhost", StringComparison.Ordinal);
            return new Uri(address.TrimEnd('/') + "/");
        }
    }
}
