using Matchmaking.Rig;

[assembly: AssemblyFixture(typeof(Matchmaking.Matching.Tests.Postgres))]

namespace Matchmaking.Matching.Tests;

/// <summary>One PostgreSQL for all tests of the assembly, started by the first that asks for it.</summary>
public sealed class Postgres : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() => PostgresServer.StartAsync(durable: false));
    private static int _databases;

    public static async Task<string> FreshDatabaseAsync() =>
        await (await Server.Value).CreateDatabaseAsync($"matching_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated) await (await Server.Value).DisposeAsync();
    }
}
