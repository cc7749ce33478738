using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Import;
using Matchmaking.Rig;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Bus;
using Matchmaking.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Matchmaking.Profile.Tests;

/// <summary>
/// The Profile service on a real port (body limits and the key set need one), made by the same methods as its Program; the demo fair is in.
/// </summary>
internal sealed class ProfileHost : IAsyncDisposable
{
    private readonly TemporaryFolder folder;

    private ProfileHost(WebApplication app, TemporaryFolder folder, FakeTimeProvider clock) => (App, this.folder, Clock, Http) = (app, folder, clock, Client(app));

    public WebApplication App { get; }
    public FakeTimeProvider Clock { get; }

    /// <summary>Says nothing about who calls, and asks for English.</summary>
    public HttpClient Http { get; }

    /// <param name="deployed">Connection strings; null for the embedded mode.</param>
    public static async Task<ProfileHost> StartAsync(IReadOnlyDictionary<string, string?>? deployed = null, params (string Key, string? Value)[] more)
    {
        var folder = new TemporaryFolder();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var settings = new Dictionary<string, string?>(deployed ?? new Dictionary<string, string?>())
        {
            ["DataFolder"] = folder.Path,
            ["Fair:Folder"] = Path.Combine(AppContext.BaseDirectory, "Data", "DemoFair"),
            ["Demo:Enabled"] = "true",
            ["Staff:Organisers"] = "Organiser@example.org",
            ["Staff:Analysts"] = "analyst@example.org",
        };
        foreach (var (key, value) in more) settings[key] = value;
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddDefaults("profile", embedded: deployed is null);
        builder.AddProfile();
        builder.AddBus();
        var app = builder.Build();
        app.MapDefaults();
        app.MapProfile();
        await app.StartAsync();
        return new ProfileHost(app, folder, clock);
    }

    public HttpClient As(string token)
    {
        var http = Client(App);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    public HttpClient AsService()
    {
        var http = Client(App);
        http.DefaultRequestHeaders.Add("X-Service-Key", App.Services.GetRequiredService<ServiceKey>().Value);
        return http;
    }

    public async Task<HttpClient> AsStaffAsync(string role)
    {
        var answer = await Http.PostAsJsonAsync("api/demo/sign-in", new { role });
        return As((await answer.Content.ReadFromJsonAsync<StaffToken>())!.Token);
    }

    /// <summary>Submits needs, for a visitor of one's own and a client that holds the link.</summary>
    public async Task<(VisitorCreated Visitor, HttpClient Http)> VisitorAsync(object? needs = null)
    {
        var answer = await Http.PostAsJsonAsync("api/visitors", needs ?? new { language = "uk", consents = (string[])["matching"] });
        answer.EnsureSuccessStatusCode();
        var visitor = (await answer.Content.ReadFromJsonAsync<VisitorCreated>())!;
        return (visitor, As(visitor.Token));
    }

    public async Task<T> InAsync<T>(Func<ProfileDb, Task<T>> work)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ProfileDb>());
    }

    public async Task<ImportReport> ImportAsync(FairFiles files, bool dryRun = false)
    {
        await using var scope = App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FairImporter>().ImportAsync(files, CancellationToken.None, dryRun);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    private static HttpClient Client(WebApplication app)
    {
        var http = new HttpClient { BaseAddress = app.Services.GetRequiredService<OwnAddress>().Value };
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        return http;
    }
}

internal static class Answers
{
    /// <summary>Asserts a problem document: status, code, a title; returns its fields' faults.</summary>
    public static async Task<IReadOnlyDictionary<string, string[]>> ProblemAsync(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal("urn:matchmaking:problem:" + code, problem.GetProperty("type").GetString());
        Assert.False(string.IsNullOrWhiteSpace(problem.GetProperty("title").GetString()));
        return problem.TryGetProperty("errors", out var errors) ? errors.Deserialize<Dictionary<string, string[]>>()! : new Dictionary<string, string[]>();
    }

    public static async Task<string> TitleAsync(this HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString()!;
}
