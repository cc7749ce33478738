using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using MassTransit;
using Matchmaking.Contracts.Profile;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Bus;
using Matchmaking.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Matchmaking.Notification.Tests;

/// <summary>The real service on SQLite and the in-memory bus, on a free port and in a folder of its own; only Profile is played.</summary>
internal sealed class Host : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private WebApplication _app = null!;

    public string Folder { get; } = Directory.CreateTempSubdirectory("notification-tests-").FullName;
    public FakeProfile Profile { get; } = new();
    public IServiceProvider Services => _app.Services;
    public HttpClient Client { get; private set; } = null!;
    public string MailFolder => Path.Combine(Folder, "mail");

    public static async Task<Host> StartAsync(params (string Key, string Value)[] settings)
    {
        var host = new Host();
        await host.RunAsync(settings);
        return host;
    }

    public async Task RunAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DataFolder"] = Folder,
            ["Notices:FirstWaitMs"] = "20",
            ["Notices:LongestWaitMs"] = "200",
            // Tests run at night too.
            ["Notices:QuietHours"] = "",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.AddDefaults("notification", embedded: true);
        builder.AddNotification();
        builder.AddBus();
        builder.Services.AddHttpClient(ServiceClients.Profile).ConfigurePrimaryHttpMessageHandler(() => new FakeProfile.Door(Profile));
        _app = builder.Build();
        _app.MapDefaults();
        _app.MapNotification();
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = Services.GetRequiredService<OwnAddress>().Value };
    }

    public async Task StopAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>As the outbox of another service publishes; give the same id to repeat a message.</summary>
    public async Task<Guid> TellAsync<T>(T message, Guid subject, Guid? id = null) where T : class
    {
        var messageId = id ?? Guid.CreateVersion7();
        await Services.GetRequiredService<IBus>().Publish(message, c =>
        {
            c.MessageId = messageId;
            c.Headers.Set("subject", subject.ToString());
        });
        return messageId;
    }

    public async Task<T> AskAsync<T>(Func<NotificationDb, Task<T>> ask)
    {
        await using var scope = Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<NotificationDb>());
    }

    public Task<List<NoticeRow>> NoticesAsync() => AskAsync(db => db.Notices.AsNoTracking().OrderBy(n => n.Id).ToListAsync());

    /// <summary>The notices, as soon as they are as many and each has an end result.</summary>
    public async Task<List<NoticeRow>> SettledAsync(int count) =>
        await UntilAsync(NoticesAsync, notices => notices.Count >= count && notices.TrueForAll(n => n.Result != NoticeResults.Waiting));

    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> good)
    {
        for (var until = DateTimeOffset.UtcNow + Patience; ;)
        {
            var seen = await look();
            if (good(seen)) return seen;
            Assert.True(DateTimeOffset.UtcNow < until, $"Not within {Patience}; seen last: {System.Text.Json.JsonSerializer.Serialize(seen)}");
            await Task.Delay(20);
        }
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>Profile as this service sees it: addresses by service key, and the keys by which staff tokens are checked.</summary>
internal sealed class FakeProfile
{
    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };
    public ConcurrentDictionary<string, Address> Addresses { get; } = new();
    public ConcurrentQueue<string> Asked { get; } = new();
    public volatile bool Down;

    /// <summary>Addresses have had their share of such mails.</summary>
    public volatile string? LimitedKind;
    public ConcurrentQueue<string> AskedWith { get; } = new();

    public void Knows(string side, Guid id, string email, string language = "de") =>
        Addresses[$"/internal/{side}s/{id}/address"] = new Address(email, language, $"https://fair.example/{side}/{id}", null);

    public string Staff(string role, Guid? exhibitor = null) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Claims.Issuer,
        Audience = Claims.Issuer,
        Expires = DateTime.UtcNow.AddMinutes(5),
        Claims = new Dictionary<string, object> { ["sub"] = "staff", [Claims.Role] = role, [Claims.Exhibitor] = exhibitor?.ToString() ?? "" },
        SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.EcdsaSha256),
    });

    public sealed class Door(FakeProfile profile) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
        {
            var path = request.RequestUri!.AbsolutePath;
            if (path.EndsWith("jwks.json", StringComparison.Ordinal))
                return Answer(HttpStatusCode.OK, new { keys = new[] { JsonWebKeyConverter.ConvertFromECDsaSecurityKey(profile._key) }.Select(k => new { kty = k.Kty, crv = k.Crv, x = k.X, y = k.Y, kid = "test", alg = "ES256" }) });
            profile.Asked.Enqueue(path);
            if (profile.Down) throw new HttpRequestException("Profile is away");
            profile.AskedWith.Enqueue(request.RequestUri.Query);
            if (profile.LimitedKind is { } kind && request.RequestUri.Query.Contains("kind=" + kind + "&", StringComparison.Ordinal)) return Answer(HttpStatusCode.TooManyRequests, "");
            if (!request.Headers.Contains("X-Service-Key")) return Answer(HttpStatusCode.Unauthorized, "");
            return profile.Addresses.TryGetValue(path, out var address) ? Answer(HttpStatusCode.OK, address) : Answer(HttpStatusCode.NotFound, "");
        }

        private static Task<HttpResponseMessage> Answer<T>(HttpStatusCode status, T body) => Task.FromResult(new HttpResponseMessage(status) { Content = JsonContent.Create(body) });
    }
}
