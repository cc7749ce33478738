namespace Matchmaking.Rig;

/// <summary>One PostgreSQL for all tests of a process, started by the first that asks; each gets a database of its own. It ends with the process.</summary>
public static class SharedPostgres
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(() => PostgresServer.StartAsync(durable: false));
    private static int _databases;

    /// <returns>The connection string of a fresh, empty database.</returns>
    public static async Task<string> FreshDatabaseAsync() =>
        await (await Server.Value).CreateDatabaseAsync($"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
}
