using System.Net.Sockets;
using System.Text;

namespace Matchmaking.Rig;

/// <summary>A Redis of our own on a free port, or the one that <c>MATCHMAKING_TEST_REDIS</c> names.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly TemporaryFolder? folder;
    private readonly int port;
    private int databases;
    private ChildProcess? process;

    private RedisServer(string connectionString) => ConnectionString = connectionString;

    private RedisServer()
    {
        folder = new TemporaryFolder();
        port = FreePort.Next();
        ConnectionString = $"127.0.0.1:{port}";
    }

    /// <summary>host:port, as StackExchange.Redis takes it.</summary>
    public string ConnectionString { get; }

    /// <summary>A connection string to a database that no other test reads; the one Redis that is given has only one for all.</summary>
    public string FreshDatabase() => folder is null ? ConnectionString : $"{ConnectionString},defaultDatabase={Interlocked.Increment(ref databases)}";

    public static async Task<RedisServer> StartAsync()
    {
        if (External.Redis is { } given)
            return new RedisServer(given);
        var server = new RedisServer();
        await Starting.OrDisposeAsync(server, server.RunAsync);
        return server;
    }

    /// <summary>SIGKILL. What was written in the last second may be lost, as in production.</summary>
    public async Task KillAsync()
    {
        External.Refuse(folder, "MATCHMAKING_TEST_REDIS");
        if (process is not null)
            await process.DisposeAsync();
        process = null;
    }

    /// <summary>Starts it again, after a kill if it still runs, on the same port and data.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        await RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        folder?.Dispose();
    }

    private async Task RunAsync()
    {
        process = ChildProcess.Start(
            Programs.Find("redis-server", "/usr/bin/redis-server"),
            ["--bind", "127.0.0.1", "--port", $"{port}", "--databases", "1000", "--dir", folder!.Path, "--save", "", "--appendonly", "yes", "--daemonize", "no"],
            new Dictionary<string, string?>(), folder.Path);
        await process.WaitUntilAsync(PongsAsync, TimeSpan.FromSeconds(30));
    }

    private async Task<bool> PongsAsync(CancellationToken cancel)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, cancel);
        await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), cancel);
        var answer = new byte[5];
        await client.GetStream().ReadExactlyAsync(answer, cancel);
        return Encoding.ASCII.GetString(answer) == "+PONG";     // while it loads its data it says -LOADING
    }
}
