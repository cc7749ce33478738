using System.Buffers;
using System.Net;
using MassTransit;
using Matchmaking.Benchmarks.Flow;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching;
using Matchmaking.Rig;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Bus;
using Matchmaking.ServiceDefaults.Cache;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Benchmarks.Serve;

/// <param name="Token">Capability of the visitor; null: nobody asks.</param>
internal sealed record ServeCall(string Path, string? Token);

/// <summary>
/// The Matching service as it is, and beside it in the same process an endpoint that does nothing but return the same bytes: both on Kestrel,
/// over loopback. Catalogue and visitors came to Matching by its bus, as everywhere.
/// </summary>
internal sealed class ServedMatching : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> started = new();
    private readonly SocketsHttpHandler handler = new() { PooledConnectionLifetime = Timeout.InfiniteTimeSpan };

    /// <summary>To the empty endpoint.</summary>
    public static readonly ServeCall Same = new("/same", null);

    public HttpClient Ours { get; private set; } = null!;
    public HttpClient Empty { get; private set; } = null!;
    public IReadOnlyList<ServeCall> Calls { get; private set; } = [];
    public int Bytes { get; private set; }

    public static async Task<ServedMatching> StartAsync(ServeOptions options)
    {
        var served = new ServedMatching();
        try
        {
            await served.RunAsync(options);
            return served;
        }
        catch
        {
            await served.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Ours?.Dispose();
        Empty?.Dispose();
        handler.Dispose();
        while (started.TryPop(out var one)) await one.DisposeAsync();
    }

    private async Task RunAsync(ServeOptions options)
    {
        var folder = new TemporaryFolder();
        started.Push(new Disposing(folder));
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["DataFolder"] = folder.Path;
        if (options.Deployed)
        {
            builder.Configuration["ConnectionStrings:matching"] = await (await Keep(PostgresServer.StartAsync(durable: true))).CreateDatabaseAsync("matching");
            builder.Configuration["ConnectionStrings:redis"] = (await Keep(RedisServer.StartAsync())).ConnectionString;
            builder.Configuration["ConnectionStrings:rabbitmq"] = (await Keep(RabbitMqServer.StartAsync())).ConnectionString;
            builder.Configuration["Services:Key"] = Guid.NewGuid().ToString("N");
        }
        builder.AddDefaults("matching", embedded: !options.Deployed);
        builder.AddMatching();
        builder.AddBus();
        var app = builder.Build();
        started.Push(app);
        app.MapDefaults();
        app.MapMatching();
        await app.StartAsync();
        Ours = Client(app);
        Calls = await FillAsync(app.Services, options);
        // Only what a visitor was shown once stays as it was: so each has looked at the list before, as at the start page.
        foreach (var call in Calls) await ReadyAsync(call with { Path = call.Path[..call.Path.IndexOf('?')] });
        var bytes = await ReadyAsync(Calls[0]);
        Bytes = bytes.Length;

        var slim = WebApplication.CreateSlimBuilder();
        slim.Logging.ClearProviders();
        slim.WebHost.UseUrls("http://127.0.0.1:0");
        slim.WebHost.ConfigureKestrel(o => o.AddServerHeader = false);
        var empty = slim.Build();
        started.Push(empty);
        empty.MapGet(Same.Path, http =>
        {
            http.Response.ContentType = "application/json; charset=utf-8";
            http.Response.ContentLength = bytes.Length;
            return http.Response.Body.WriteAsync(bytes).AsTask();
        });
        await empty.StartAsync();
        Empty = Client(empty);
        await SameAsync(bytes);
    }

    /// <summary>Reads the answer to its end.</summary>
    /// <returns>How long it was.</returns>
    public static async Task<int> GetAsync(HttpClient client, ServeCall call)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, call.Path);
        if (call.Token is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + call.Token);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{call.Path}: {(int)response.StatusCode}");
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var (total, read) = (0, 0);
            while ((read = await body.ReadAsync(buffer)) > 0) total += read;
            return total;
        }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
    }

    private async Task<IReadOnlyList<ServeCall>> FillAsync(IServiceProvider services, ServeOptions options)
    {
        var (bus, marks) = (services.GetRequiredService<IBus>(), services.GetRequiredService<FreshMarks>());
        var catalogue = ServeFair.Catalogue(options.Offers);
        await services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromMinutes(1));
        await bus.Publish(catalogue);
        var calls = new List<ServeCall>();
        for (var i = 0; i < options.Visitors; i++)
        {
            var (id, token) = (Guid.CreateVersion7(), CapabilityToken.Create());
            await marks.LeaveAsync("token:" + CapabilityToken.Hash(token), 1);
            await marks.LeaveAsync("subject:" + id, 1);
            await bus.Publish(new VisitorProfileSubmitted(id, catalogue.FairId, 1, CapabilityToken.Hash(token), FlowNeeds.Of(i), DateTimeOffset.UtcNow.AddDays(30), DateTimeOffset.UtcNow));
            calls.Add(new ServeCall($"/api/visitors/{id}/matches?all=true", token));
        }
        return calls;
    }

    /// <summary>Asks until the list is there.</summary>
    private async Task<byte[]> ReadyAsync(ServeCall call)
    {
        for (var i = 0; ; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, call.Path);
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + call.Token);
            using var response = await Ours.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.OK) return await response.Content.ReadAsByteArrayAsync();
            if (i > 100) throw new TimeoutException($"{call.Path}: {(int)response.StatusCode}");
            await Task.Delay(200);
        }
    }

    /// <summary>The two answers are alike to a client: status, bytes, headers.</summary>
    private async Task SameAsync(byte[] bytes)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Calls[0].Path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Calls[0].Token);
        using var ours = await Ours.SendAsync(request);
        using var empty = await Empty.GetAsync(Same.Path);
        static string Headers(HttpResponseMessage r) => string.Join("; ", r.Headers.Concat(r.Content.Headers).Where(h => h.Key != "Date").Select(h => $"{h.Key}: {string.Join(",", h.Value)}").Order());
        if (Headers(ours) != Headers(empty)) throw new InvalidOperationException($"Other headers: {Headers(ours)} | {Headers(empty)}");
        foreach (var other in (byte[][])[await empty.Content.ReadAsByteArrayAsync(), await ours.Content.ReadAsByteArrayAsync()])
            if (!bytes.AsSpan().SequenceEqual(other)) throw new InvalidOperationException("Other bytes.");
    }

    private HttpClient Client(WebApplication app) => new(handler, disposeHandler: false) { BaseAddress = new Uri(app.Urls.Single()), DefaultRequestVersion = HttpVersion.Version11 };

    private async Task<T> Keep<T>(Task<T> starting) where T : IAsyncDisposable
    {
        var one = await starting;
        started.Push(one);
        return one;
    }

    private sealed class Disposing(IDisposable one) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            one.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
