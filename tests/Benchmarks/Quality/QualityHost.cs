using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Matchmaking.Matching;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Bus;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Matchmaking.Benchmarks.Quality;

/// <summary>Matching as it is on Kestrel, on a record that stays when it is started again, with an analyst's client and an empty page beside it.</summary>
internal sealed class QualityHost(WebApplication app, WebApplication empty, HttpClient analyst, HttpClient nobody) : IAsyncDisposable
{
    private static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "benchmark" };

    public HttpClient Analyst => analyst;
    public HttpClient Empty => nobody;
    public IServiceProvider Services => app.Services;

    /// <param name="connections">Of PostgreSQL, Redis and RabbitMQ, as configuration; none: SQLite and memory.</param>
    public static async Task<QualityHost> StartAsync(string folder, IReadOnlyDictionary<string, string> connections)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["DataFolder"] = folder;
        foreach (var (name, value) in connections) builder.Configuration[name] = value;
        builder.AddDefaults("matching", embedded: connections.Count == 0);
        builder.AddMatching();
        builder.AddBus();
        builder.Services.PostConfigure<JwtBearerOptions>("jwt", o =>
        {
            var configuration = new OpenIdConnectConfiguration { Issuer = Claims.Issuer };
            configuration.SigningKeys.Add(Key);
            o.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration);
        });
        var app = builder.Build();
        app.MapDefaults();
        app.MapMatching();
        await app.StartAsync();

        var slim = WebApplication.CreateSlimBuilder();
        slim.Logging.ClearProviders();
        slim.WebHost.UseUrls("http://127.0.0.1:0");
        var empty = slim.Build();
        empty.MapGet("/", () => TypedResults.Text("", "text/html"));
        await empty.StartAsync();
        var analyst = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromMinutes(10) };
        analyst.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token());
        return new QualityHost(app, empty, analyst, new HttpClient { BaseAddress = new Uri(empty.Urls.Single()) });
    }

    public async Task SaveAsync(Func<MatchingDb, Task> work)
    {
        await using var scope = Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<MatchingDb>());
    }

    /// <returns>Milliseconds until the whole answer was there, and how long it was.</returns>
    public static async Task<(double Ms, int Bytes)> GetAsync(HttpClient client, string path)
    {
        var from = Stopwatch.GetTimestamp();
        using var answer = await client.GetAsync(path);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {System.Text.Encoding.UTF8.GetString(bytes)}");
        return (Stopwatch.GetElapsedTime(from).TotalMilliseconds, bytes.Length);
    }

    public async ValueTask DisposeAsync()
    {
        analyst.Dispose();
        nobody.Dispose();
        await app.DisposeAsync();
        await empty.DisposeAsync();
    }

    private static string Token() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Claims.Issuer,
        Audience = Claims.Issuer,
        Expires = DateTime.UtcNow.AddHours(3),
        Claims = new Dictionary<string, object> { ["sub"] = "benchmark", [Claims.Role] = "analyst" },
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
    });
}
