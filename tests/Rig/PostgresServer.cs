using System.Text.RegularExpressions;
using Npgsql;

namespace Matchmaking.Rig;

/// <summary>A PostgreSQL of our own on a free port, or the one that <c>MATCHMAKING_TEST_POSTGRES</c> names.</summary>
public sealed partial class PostgresServer : IAsyncDisposable
{
    private const string User = "matchmaking", Password = "matchmaking";

    private readonly TemporaryFolder? folder;
    private readonly int port;
    private readonly bool durable;
    private ChildProcess? process;

    private PostgresServer(string connectionString) => ConnectionString = connectionString;

    private PostgresServer(bool durable)
    {
        this.durable = durable;
        folder = new TemporaryFolder();
        port = FreePort.Next();
        ConnectionString = $"Host=127.0.0.1;Port={port};Username={User};Password={Password};Database=postgres";
    }

    /// <summary>To the database <c>postgres</c>, as a superuser.</summary>
    public string ConnectionString { get; }

    /// <param name="durable">True: every commit reaches the disk (fsync), as in production, for whatever measures or kills.
    /// False: faster, for ordinary tests; a killed process loses nothing, a lost machine may.</param>
    public static async Task<PostgresServer> StartAsync(bool durable = true)
    {
        if (External.Postgres is { } given)
            return new PostgresServer(given);
        var server = new PostgresServer(durable);
        await Starting.OrDisposeAsync(server, async () =>
        {
            await server.CreateClusterAsync();
            await server.RunAsync();
        });
        return server;
    }

    /// <summary>Makes a fresh database, dropping one of the same name, and returns its connection string.</summary>
    /// <param name="name">Lower-case letters, digits, underscores.</param>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        if (!DatabaseName().IsMatch(name))
            throw new ArgumentException($"'{name}' is no database name: a-z, 0-9 and _ only.", nameof(name));
        await using var connection = new NpgsqlConnection(Unpooled);
        await connection.OpenAsync();
        foreach (var sql in new[] { $"drop database if exists {name} with (force)", $"create database {name}" })
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
        var database = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
        NpgsqlConnection.ClearPool(new NpgsqlConnection(database));     // what the drop cut off
        return database;
    }

    /// <summary>SIGKILL to the server and all its backends. Connections that this process had pooled are forgotten.</summary>
    public async Task KillAsync()
    {
        External.Refuse(folder, "MATCHMAKING_TEST_POSTGRES");
        if (process is not null)
            await process.DisposeAsync();
        process = null;
        NpgsqlConnection.ClearAllPools();
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
        {
            await process.StopAsync(ProcessTree.Quit, TimeSpan.FromSeconds(10));   // immediate shutdown, gives its shared memory back
            await process.DisposeAsync();
        }
        if (folder is not null)
            NpgsqlConnection.ClearAllPools();
        folder?.Dispose();
    }

    private string Unpooled => new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString;

    private string Data => folder!["data"];

    private async Task CreateClusterAsync()
    {
        var password = folder!["password"];
        await File.WriteAllTextAsync(password, Password);
        if (Environment.IsPrivilegedProcess)
            await RunToEndAsync(Programs.Find("chown"), ["-R", "postgres:", folder.Path], asPostgres: false);
        await RunToEndAsync(
            Program("initdb"),
            ["-D", Data, "-U", User, "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]);
    }

    private async Task RunAsync()
    {
        string[] settings =
        [
            "listen_addresses=127.0.0.1", $"port={port}", "unix_socket_directories=", "max_connections=300",
            "dynamic_shared_memory_type=mmap",      // inside the data folder: nothing stays in /dev/shm after a kill
            .. durable ? Array.Empty<string>() : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"],
        ];
        var (program, arguments) = AsPostgres(Program("postgres"), ["-D", Data, .. settings.SelectMany(setting => new[] { "-c", setting })]);
        process = ChildProcess.Start(program, arguments, Plain, folder!.Path);
        await process.WaitUntilAsync(AnswersAsync, TimeSpan.FromSeconds(60));
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(Unpooled);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("select 1", connection);
        return await command.ExecuteScalarAsync(cancel) is 1;
    }

    private async Task RunToEndAsync(string program, string[] arguments, bool asPostgres = true)
    {
        (program, var all) = asPostgres ? AsPostgres(program, arguments) : (program, arguments);
        await using var run = ChildProcess.Start(program, all, Plain, folder!.Path);
        if (await run.EndAsync(TimeSpan.FromMinutes(2)) is not 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', all)} failed.\n{run.Tail()}");
    }

    // PostgreSQL refuses to run as root. setpriv executes it in its own place, so signals reach the server itself.
    private static (string Program, string[] Arguments) AsPostgres(string program, string[] arguments) =>
        Environment.IsPrivilegedProcess
            ? (Programs.Find("setpriv"), ["--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments])
            : (program, arguments);

    private static string Program(string name)
    {
        const string all = "/usr/lib/postgresql";
        var newest = Directory.Exists(all)
            ? Directory.GetDirectories(all).OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var n) ? n : 0).ToArray()
            : [];
        return Programs.Find(name, [.. newest.Select(version => Path.Combine(version, "bin", name)), $"{all}/<version>/bin/{name}"]);
    }

    // Nothing that a developer's shell says about PostgreSQL may reach this one.
    private static readonly Dictionary<string, string?> Plain = new()
    {
        ["PGDATA"] = null,
        ["PGHOST"] = null,
        ["PGPORT"] = null,
        ["PGUSER"] = null,
        ["PGOPTIONS"] = null,
        ["LC_ALL"] = "C.UTF-8",
    };

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$")]
    private static partial Regex DatabaseName();
}
