using Matchmaking.Rig;
using Matchmaking.ServiceDefaults.Tests.Ledger;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;

namespace Matchmaking.ServiceDefaults.Tests;

/// <summary>What a test stands on: a fresh database, and a bus without a trace of the test before.</summary>
internal abstract class Ground : IAsyncDisposable
{
    private readonly List<LedgerHost> hosts = [];

    protected abstract bool Embedded { get; }
    protected abstract IReadOnlyDictionary<string, string?> Settings { get; }

    public abstract Task InitializeAsync();

    /// <summary>A process that was built but never started.</summary>
    public LedgerHost Dead(TimeProvider? clock = null, params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(Settings) { ["RateLimits:WritesPerMinute"] = "100000" };
        foreach (var (key, value) in more) settings[key] = value;
        var host = LedgerHost.Build(settings, Embedded, clock);
        hosts.Add(host);
        return host;
    }

    public Task<LedgerHost> StartAsync(params (string Key, string Value)[] more) => Dead(null, more).StartAsync();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var host in hosts) await host.DisposeAsync();
    }
}

/// <summary>In-memory bus and cache, SQLite file.</summary>
internal sealed class EmbeddedGround : Ground
{
    private readonly TemporaryFolder folder = new();

    protected override bool Embedded => true;
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["DataFolder"] = folder.Path };

    public override async Task InitializeAsync()
    {
        await using var db = new LedgerDbSqlite(new DbContextOptionsBuilder<LedgerDbSqlite>().UseSqlite($"Data Source={folder["ledger.db"]}").Options);
        await db.Database.EnsureCreatedAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }
}

/// <summary>RabbitMQ, Redis, PostgreSQL.</summary>
internal sealed class DeployedGround(Servers servers) : Ground
{
    private static int databases;
    private string database = "";

    public RabbitMqServer Rabbit { get; private set; } = null!;
    public RedisServer Redis { get; private set; } = null!;
    public PostgresServer Postgres { get; private set; } = null!;

    protected override bool Embedded => false;
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["ConnectionStrings:rabbitmq"] = Rabbit.ConnectionString,
        ["ConnectionStrings:redis"] = Redis.ConnectionString,
        ["ConnectionStrings:ledger"] = database,
        ["Services:Key"] = "a key for tests",
    };

    public override async Task InitializeAsync()
    {
        (Rabbit, Redis, Postgres) = await servers.StartAsync();
        database = await Postgres.CreateDatabaseAsync($"ledger_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}");
        await using var db = new LedgerDbPostgres(new DbContextOptionsBuilder<LedgerDbPostgres>().UseNpgsql(database).Options);
        await db.Database.EnsureCreatedAsync();
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in (string[])[nameof(RecordDepositConsumer), nameof(RecordReportConsumer)]) await channel.QueueDeleteAsync(queue);
    }

    public Task<IConnection> ConnectAsync() => new ConnectionFactory { Uri = new Uri(Rabbit.ConnectionString) }.CreateConnectionAsync();
}
