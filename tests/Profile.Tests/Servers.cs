using Matchmaking.Profile.Tests;
using Matchmaking.Rig;

[assembly: AssemblyFixture(typeof(Servers))]

namespace Matchmaking.Profile.Tests;

/// <summary>RabbitMQ, Redis and PostgreSQL, started when the first test wants them.</summary>
public sealed class Servers : IAsyncDisposable
{
    private static int databases;
    private readonly Lazy<Task<(RabbitMqServer, RedisServer, PostgresServer)>> started = new(async () =>
    {
        var rabbit = RabbitMqServer.StartAsync();
        var redis = RedisServer.StartAsync();
        var postgres = PostgresServer.StartAsync(durable: false);
        return (await rabbit, await redis, await postgres);
    });

    /// <summary>Connection strings to databases and a cache of one's own and to the shared broker: hosts on one cache would see each other's current fair.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> FreshAsync()
    {
        var (rabbit, redis, postgres) = await started.Value;
        return new Dictionary<string, string?>
        {
            ["ConnectionStrings:rabbitmq"] = rabbit.ConnectionString,
            ["ConnectionStrings:redis"] = redis.FreshDatabase(),
            ["ConnectionStrings:profile"] = await postgres.CreateDatabaseAsync($"profile_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}"),
            ["Services:Key"] = "a key for tests",
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (!started.IsValueCreated) return;
        var (rabbit, redis, postgres) = await started.Value;
        await rabbit.DisposeAsync();
        await redis.DisposeAsync();
        await postgres.DisposeAsync();
    }
}
