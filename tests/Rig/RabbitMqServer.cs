using RabbitMQ.Client;

namespace Matchmaking.Rig;

/// <summary>A RabbitMQ of our own on a free port, or the one that <c>MATCHMAKING_TEST_RABBITMQ</c> names.</summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private readonly TemporaryFolder? folder;
    private readonly int port, distributionPort, namePort;
    private ChildProcess? broker, names;

    private RabbitMqServer(string connectionString) => ConnectionString = connectionString;

    private RabbitMqServer()
    {
        folder = new TemporaryFolder();
        (port, distributionPort, namePort) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        ConnectionString = $"amqp://guest:guest@127.0.0.1:{port}/";
    }

    /// <summary>amqp://guest:guest@127.0.0.1:port/</summary>
    public string ConnectionString { get; }

    public static async Task<RabbitMqServer> StartAsync()
    {
        if (External.RabbitMq is { } given)
            return new RabbitMqServer(given);
        var server = new RabbitMqServer();
        await Starting.OrDisposeAsync(server, server.RunAsync);
        return server;
    }

    /// <summary>SIGKILL to the broker. A kill during a queue's declaration may leave a quorum queue without a leader.</summary>
    public async Task KillAsync()
    {
        External.Refuse(folder, "MATCHMAKING_TEST_RABBITMQ");
        if (broker is not null)
            await broker.DisposeAsync();
        broker = null;
    }

    /// <summary>Starts it again, after a kill if it still runs, on the same port and data.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        await RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (broker is not null)
            await broker.DisposeAsync();
        if (names is not null)
            await names.DisposeAsync();
        folder?.Dispose();
    }

    private async Task RunAsync()
    {
        // Not /usr/sbin/rabbitmq-server: as root that one changes user and then cannot read the folder.
        var program = Programs.Find("rabbitmq-server", "/usr/lib/rabbitmq/bin/rabbitmq-server");
        var epmd = Programs.Find("epmd", "/usr/bin/epmd");
        var environment = Environment();
        await WriteConfigurationAsync();

        // Erlang's name service, started by us: the one that Erlang starts by itself is a daemon for good, on one port for all.
        names ??= ChildProcess.Start(epmd, ["-port", $"{namePort}", "-address", "127.0.0.1"], environment, folder!.Path);
        broker = ChildProcess.Start(program, [], environment, folder!.Path);
        await broker.WaitUntilAsync(AnswersAsync, TimeSpan.FromSeconds(120));
    }

    private Dictionary<string, string?> Environment() => new()
    {
        ["HOME"] = folder!.Path,                            // holds the cookie
        ["ERL_EPMD_PORT"] = $"{namePort}",
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_ALLOW_INPUT"] = "1",                     // the script becomes the broker instead of waiting for it
        ["RABBITMQ_NODENAME"] = "matchmaking@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = $"{port}",
        ["RABBITMQ_DIST_PORT"] = $"{distributionPort}",
        ["RABBITMQ_MNESIA_BASE"] = folder["data"],
        ["RABBITMQ_LOG_BASE"] = folder["log"],
        ["RABBITMQ_LOGS"] = "-",
        ["RABBITMQ_PID_FILE"] = folder["pid"],
        ["RABBITMQ_CONF_ENV_FILE"] = folder["rabbitmq-env.conf"],
        ["RABBITMQ_CONFIG_FILE"] = folder["rabbitmq.conf"],
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = folder["enabled_plugins"],
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-noinput -kernel inet_dist_use_interface {127,0,0,1}",
        ["NOTIFY_SOCKET"] = null,
    };

    private async Task WriteConfigurationAsync()
    {
        await File.WriteAllTextAsync(folder!["rabbitmq-env.conf"], "");
        await File.WriteAllTextAsync(folder["enabled_plugins"], "[].\n");
        await File.WriteAllTextAsync(folder["rabbitmq.conf"], "log.console.level = warning\ndisk_free_limit.absolute = 50MB\n");
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        var factory = new ConnectionFactory { Uri = new Uri(ConnectionString), AutomaticRecoveryEnabled = false };
        await using var connection = await factory.CreateConnectionAsync(cancel);
        return connection.IsOpen;
    }
}
