using Matchmaking.Rig;
using Matchmaking.ServiceDefaults.Tests;

// One after the other: several of these tests kill the servers that they share.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Servers))]

namespace Matchmaking.ServiceDefaults.Tests;

/// <summary>RabbitMQ, Redis and PostgreSQL, started when the first test wants them.</summary>
public sealed class Servers : IAsyncDisposable
{
    private readonly Lazy<Task<(RabbitMqServer, RedisServer, PostgresServer)>> started = new(async () =>
    {
        var rabbit = RabbitMqServer.StartAsync();
        var redis = RedisServer.StartAsync();
        var postgres = PostgresServer.StartAsync(durable: true);     // it is killed, and must remember what it confirmed
        return (await rabbit, await redis, await postgres);
    });

    public Task<(RabbitMqServer Rabbit, RedisServer Redis, PostgresServer Postgres)> StartAsync() => started.Value;

    public async ValueTask DisposeAsync()
    {
        if (!started.IsValueCreated) return;
        var (rabbit, redis, postgres) = await started.Value;
        await rabbit.DisposeAsync();
        await redis.DisposeAsync();
        await postgres.DisposeAsync();
    }
}
