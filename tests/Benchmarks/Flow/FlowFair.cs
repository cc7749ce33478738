using System.Net.Http.Headers;
using System.Net.Http.Json;
using Matchmaking.Contracts.Profile;
using Matchmaking.Rig;
using Npgsql;

namespace Matchmaking.Benchmarks.Flow;

/// <summary>A visitor of ours and the version that was acknowledged last.</summary>
internal sealed class FlowVisitor(Guid id, string token, long version)
{
    public Guid Id => id;
    public long Version { get; set; } = version;
    public AuthenticationHeaderValue Pass { get; } = new("Bearer", token);
}

/// <summary>
/// RabbitMQ, Redis, PostgreSQL (every commit reaches the disk) and Profile, Matching, Notification as processes, the demo fair in them, and
/// visitors whose profiles are replaced again and again.
/// </summary>
internal sealed class FlowFair : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> started = new();

    public PostgresServer Postgres { get; private set; } = null!;
    public RabbitMqServer Rabbit { get; private set; } = null!;
    public ServiceProcess Profile { get; private set; } = null!;
    public ServiceProcess Matching { get; private set; } = null!;
    public ServiceProcess Notification { get; private set; } = null!;
    public IReadOnlyList<FlowVisitor> Visitors { get; private set; } = [];
    private string matchingDatabase = "";

    public static async Task<FlowFair> StartAsync(int visitors)
    {
        var fair = new FlowFair();
        try
        {
            await fair.RunAsync(visitors);
            return fair;
        }
        catch
        {
            await fair.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many versions Matching holds ranked, summed over all visitors: each replacement adds one.</summary>
    public async Task<long> RankedVersionsAsync()
    {
        await using var connection = new NpgsqlConnection(matchingDatabase);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select coalesce(sum(version), 0)::bigint from visitors", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Returns when every acknowledged version is ranked.</summary>
    public async Task AllRankedAsync()
    {
        var acknowledged = Visitors.Sum(v => v.Version);
        for (var waited = 0; await RankedVersionsAsync() < acknowledged; waited += 10)
        {
            if (waited > 120_000) throw new TimeoutException("Not all profiles were ranked within two minutes.");
            await Task.Delay(10);
        }
    }

    public async Task PutAsync(FlowVisitor visitor, int turn)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/visitors/{visitor.Id}") { Content = JsonContent.Create(FlowNeeds.Of(turn)) };
        request.Headers.Authorization = visitor.Pass;
        using var response = await Profile.Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
        visitor.Version++;
    }

    /// <summary>The head of the list, as the page of a phone shows it, for the version acknowledged last.</summary>
    public async Task<byte[]> MatchesAsync(FlowVisitor visitor)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/visitors/{visitor.Id}/matches?take=20");
            request.Headers.Authorization = visitor.Pass;
            using var response = await Matching.Http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            if (response.StatusCode == System.Net.HttpStatusCode.OK) return await response.Content.ReadAsByteArrayAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (started.TryPop(out var one)) await one.DisposeAsync();
    }

    private async Task RunAsync(int visitors)
    {
        Console.WriteLine("Starting RabbitMQ, Redis, PostgreSQL and three services...");
        Postgres = await Keep(PostgresServer.StartAsync(durable: true));
        var redis = await Keep(RedisServer.StartAsync());
        Rabbit = await Keep(RabbitMqServer.StartAsync());
        matchingDatabase = await Postgres.CreateDatabaseAsync("matching");
        var environment = new Dictionary<string, string?>
        {
            ["ConnectionStrings__rabbitmq"] = Rabbit.ConnectionString,
            ["ConnectionStrings__redis"] = redis.ConnectionString,
            ["ConnectionStrings__profile"] = await Postgres.CreateDatabaseAsync("profile"),
            ["ConnectionStrings__matching"] = matchingDatabase,
            ["ConnectionStrings__notification"] = await Postgres.CreateDatabaseAsync("notification"),
            ["Services__Key"] = Guid.NewGuid().ToString("N"),
            ["Fair__Folder"] = Path.Combine(Repository.Root, "services", "AllInOne", "DemoFair"),
            ["RateLimits__WritesPerMinute"] = "1000000",
        };
        // Receivers first, so that the catalogue finds its queues at once.
        Matching = await Keep(ServiceProcess.StartAsync("Matching", environment));
        Notification = await Keep(ServiceProcess.StartAsync("Notification", environment));
        Profile = await Keep(ServiceProcess.StartAsync("Profile", environment));
        Visitors = await Task.WhenAll(Enumerable.Range(0, visitors).Select(CreateAsync));
        await AllRankedAsync();
    }

    private async Task<FlowVisitor> CreateAsync(int turn)
    {
        using var response = await Profile.Http.PostAsJsonAsync("/api/visitors", FlowNeeds.Of(turn));
        response.EnsureSuccessStatusCode();
        var made = (await response.Content.ReadFromJsonAsync<VisitorCreated>())!;
        return new FlowVisitor(made.Id, made.Token, made.Version);
    }

    private async Task<T> Keep<T>(Task<T> starting) where T : IAsyncDisposable
    {
        var one = await starting;
        started.Push(one);
        return one;
    }
}

/// <summary>A full questionnaire, another one each turn.</summary>
internal static class FlowNeeds
{
    public static Needs Of(int turn) => new()
    {
        Language = Pick(["uk", "ar", "en", "ru"], turn),
        ConversationLanguages = [Pick(["uk", "ar", "en", "ru"], turn), "de"],
        Goals = ["learn-german", Pick(["work", "training", "recognition", "family"], turn)],
        Topics = [Pick(["housing", "childcare", "school", "health"], turn / 4)],
        German = new German(Pick(["none", "A1", "A2", "B1"], turn / 2), "A1", Certificate: turn % 2 == 0),
        Script = "latin",
        CoursePaper = Pick(["entitlement", "duty", "none", "unknown"], turn / 3),
        WorkNote = "allowed",
        Occupation = new Occupation(Pick(["2221", "7411", "5120"], turn), turn % 20),
        Recognition = "started",
        AgeBand = "27plus",
        TimeInGermany = "1-3",
        District = "Grünau",
        Childcare = turn % 3 == 0,
        Consents = ["matching", "share-with-exhibitor", "quality-review"],
        Channel = "online",
    };

    private static string Pick(string[] from, int turn) => from[turn % from.Length];
}
