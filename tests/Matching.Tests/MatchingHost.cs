using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using MassTransit;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Rig;
using Matchmaking.ServiceDefaults;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Bus;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using NSubstitute;

namespace Matchmaking.Matching.Tests;

public enum Engine { Sqlite, Postgres }

/// <summary>The Matching service as it is, on a database of its own and with a clock that the test moves.</summary>
internal sealed class MatchingHost : IAsyncDisposable
{
    private static readonly ECDsaSecurityKey Key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };
    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly string? _connection;
    private readonly bool _guest;

    private MatchingHost(WebApplication app, string folder, string? connection, bool guest, FakeTimeProvider clock) =>
        (_app, _folder, _connection, _guest, Clock) = (app, folder, connection, guest, clock);

    public FakeTimeProvider Clock { get; }
    public IServiceProvider Services => _app.Services;

    /// <param name="beside">Another replica: this one works on its database and by its clock, and ends before it.</param>
    /// <param name="without">A background service that does nothing here of itself. Stopped after the start it would take the host along, if it had not yet begun.</param>
    public static async Task<MatchingHost> StartAsync(Engine engine = Engine.Sqlite, bool catalogue = true, MatchingHost? beside = null, Type? without = null, params (string Name, string Value)[] settings)
    {
        var folder = beside?._folder ?? Directory.CreateTempSubdirectory("matching-tests-").FullName;
        var clock = beside?.Clock ?? new FakeTimeProvider(DemoFair.Before);
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["DataFolder"] = folder;
        // A few people play the whole crowd of a stand; how many meetings one may have there has tests of its own.
        builder.Configuration["Matching:MeetingsAtStand"] = "100";
        foreach (var (name, value) in settings) builder.Configuration[name] = value;
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.AddDefaults("matching", embedded: true);
        builder.AddMatching();
        builder.AddBus();
        builder.Services.PostConfigure<JwtBearerOptions>("jwt", o =>
        {
            var configuration = new OpenIdConnectConfiguration { Issuer = Claims.Issuer };
            configuration.SigningKeys.Add(Key);
            o.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration);
        });
        var connection = engine == Engine.Postgres ? beside?._connection ?? await SharedPostgres.FreshDatabaseAsync() + ";Maximum Pool Size=20;Timeout=120" : null;
        if (connection is not null)
        {
            builder.Services.RemoveAll<MatchingDb>();
            builder.Services.AddDbContext<MatchingDbPostgres>((_, o) => o.UseNpgsql(connection), ServiceLifetime.Scoped, ServiceLifetime.Singleton);
            builder.Services.AddScoped<MatchingDb>(s => s.GetRequiredService<MatchingDbPostgres>());
        }
        if (without is not null) builder.Services.Remove(builder.Services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.GetType().GenericTypeArguments[1] == without));
        var app = builder.Build();
        app.MapDefaults();
        app.MapMatching();
        if (connection is not null)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<MatchingDb>().Database.MigrateAsync();
        }
        await app.StartAsync();
        var host = new MatchingHost(app, folder, connection, beside is not null, clock);
        if (catalogue && beside is null) await host.ConsumeAsync<Matchmaking.Matching.Catalogue.KeepCatalogueConsumer, CataloguePublished>(DemoFair.Catalogue());
        return host;
    }

    /// <summary>Lets a consumer handle a message as the inbox does: one save for its effects.</summary>
    public async Task ConsumeAsync<TConsumer, T>(T message) where TConsumer : class, IConsumer<T> where T : class
    {
        await using var scope = Services.CreateAsyncScope();
        var context = Substitute.For<ConsumeContext<T>>();
        context.Message.Returns(message);
        await scope.ServiceProvider.GetRequiredService<TConsumer>().Consume(context);
        await scope.ServiceProvider.GetRequiredService<MatchingDb>().SaveChangesAsync();
    }

    /// <summary>Nobody meets, sits or waits any more.</summary>
    public Task EmptyAsync() => QueryAsync(async db =>
    {
        await db.Set<Matchmaking.Matching.Meetings.BookingCell>().ExecuteDeleteAsync();
        await db.TableCells.ExecuteDeleteAsync();
        await db.Bookings.ExecuteDeleteAsync();
        await db.WalkIns.ExecuteDeleteAsync();
        return await db.Waiting.ExecuteDeleteAsync();
    });

    /// <summary>The time limit of this meeting is over, where it has one; that of no other is.</summary>
    public async Task LapseAsync(Guid meeting)
    {
        await QueryAsync(db => db.Bookings.Where(b => b.Id == meeting && b.ExpiresAt != null).ExecuteUpdateAsync(b => b.SetProperty(x => x.ExpiresAt, Clock.GetUtcNow().AddMinutes(-1))));
        await Services.GetServices<IHostedService>().OfType<Matchmaking.Matching.Meetings.ExpireMeetings>().Single().ExpireDueAsync(TestContext.Current.CancellationToken);
    }

    public async Task<T> QueryAsync<T>(Func<MatchingDb, Task<T>> query)
    {
        await using var scope = Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<MatchingDb>());
    }

    /// <summary>The events of a type that were announced, oldest first.</summary>
    public async Task<IReadOnlyList<T>> AnnouncedAsync<T>() =>
        [.. (await QueryAsync(db => db.Outbox.AsNoTracking().Where(o => o.Type == typeof(T).FullName && o.Body != null).OrderBy(o => o.Id).Select(o => o.Body!).ToListAsync()))
            .Select(body => JsonSerializer.Deserialize<T>(body, JsonSerializerOptions.Web)!)];

    public HttpClient Anyone()
    {
        var client = _app.GetTestClient();
        // Thousands who ask at once wait for each other, on a busy machine for minutes: whether each is answered is asked, not how soon.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        return client;
    }

    public async Task<TestVisitor> VisitorAsync(Needs? needs = null, long version = 1)
    {
        var (id, token) = (Guid.CreateVersion7(), CapabilityToken.Create());
        await ConsumeAsync<Matchmaking.Matching.Visitors.RankVisitorConsumer, VisitorProfileSubmitted>(DemoFair.Submitted(id, version, token, needs));
        return new TestVisitor(id, token, With(token));
    }

    /// <summary>Many at once, as rows.</summary>
    public async Task<IReadOnlyList<TestVisitor>> VisitorsAsync(int count)
    {
        var made = Enumerable.Range(0, count).Select(_ => (Id: Guid.CreateVersion7(), Token: CapabilityToken.Create())).ToArray();
        await QueryAsync(async db =>
        {
            db.AddRange(made.Select(v => new Matchmaking.Matching.Visitors.VisitorMark { Id = v.Id }));
            db.AddRange(made.Select(v => new Matchmaking.Matching.Visitors.Visitor { Id = v.Id, FairId = DemoFair.Fair, Version = 1, Needs = DemoFair.Open, Since = DemoFair.Before, ExpiresAt = DemoFair.Closes.AddDays(30) }));
            db.AddRange(made.Select(v => new Matchmaking.Matching.Visitors.VisitorToken { Hash = CapabilityToken.Hash(v.Token), VisitorId = v.Id }));
            return await db.SaveChangesAsync();
        });
        return [.. made.Select(v => new TestVisitor(v.Id, v.Token, With(v.Token)))];
    }

    public HttpClient Exhibitor(Guid exhibitorId) => Staff("exhibitor", exhibitorId);

    /// <param name="meeting">The only one that the token is for.</param>
    public HttpClient Staff(string role, Guid? exhibitorId = null, Guid? meeting = null) => With(new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Claims.Issuer,
        Audience = Claims.Issuer,
        Expires = DateTime.UtcNow.AddHours(1),
        Claims = new Dictionary<string, object> { ["sub"] = "somebody", [Claims.Role] = role, [Claims.Exhibitor] = exhibitorId?.ToString() ?? "", [Claims.Meeting] = meeting?.ToString() ?? "" },
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
    }));

    /// <summary>The school has one table, of which nothing is kept: one seat a time, at the stand or by video.</summary>
    public async Task OneTableAsync() => await Exhibitor(DemoFair.School)
        .PutAsJsonAsync($"/api/exhibitors/{DemoFair.School}/plan", new StandPlan(Tables: [new(null)], WalkInEvery: 0)).ReadAsync<StandPlanView>();

    public async Task<IReadOnlyList<SlotView>> SlotsAsync(Guid offerId) => (await Anyone().GetFromJsonAsync<IReadOnlyList<SlotView>>($"/api/offers/{offerId}/slots"))!;

    public HttpClient With(string token)
    {
        var client = Anyone();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_guest) return;
        // What is left idle counts for minutes against all that the server grants, and another test has a database of its own.
        if (_connection is not null) Npgsql.NpgsqlConnection.ClearPool(new Npgsql.NpgsqlConnection(_connection));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

internal sealed record TestVisitor(Guid Id, string Token, HttpClient Http)
{
    public Task<HttpResponseMessage> AskAsync(Guid offerId, SlotView slot, string? key = null, string? note = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/meetings") { Content = JsonContent.Create(new MeetingRequest(Id, offerId, slot.Id, slot.Format, note)) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return Http.SendAsync(request);
    }

    public async Task<Meeting> MeetAsync(Guid offerId, SlotView slot)
    {
        var answer = await AskAsync(offerId, slot);
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<Meeting>())!;
    }
}

internal static class Answers
{
    /// <summary>The end of the problem's type: its code.</summary>
    public static async Task<string> ProblemAsync(this HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("type").GetString()!.Split(':')[^1];
    }

    public static async Task<T> ReadAsync<T>(this Task<HttpResponseMessage> sent)
    {
        var answer = await sent;
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }
}
