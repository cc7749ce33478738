using Matchmaking.ServiceDefaults.Bus;
using Matchmaking.ServiceDefaults.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Matchmaking.ServiceDefaults.Database;

/// <summary>A service's database as registered: its contexts and its name.</summary>
/// <param name="Name">Connection string name, and file name where embedded.</param>
/// <param name="Db">The service's context type; <see cref="Concrete"/> derives from it for the provider in use.</param>
public sealed record ServiceDatabase(string Name, Type Db, Type Concrete);

public static class DatabaseSetup
{
    private const int MostConnections = 20;

    /// <summary>When thousands ask at the same moment, the last of them waits this long for a connection rather than be refused.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Registers the service's database for the provider in use, its migrations at start, its outbox dispatcher and its sweeper,
    /// and a readiness check. Consumers in the assembly of <typeparamref name="TDb"/> are found by <see cref="BusSetup.AddBus"/>.
    /// </summary>
    public static IHostApplicationBuilder AddDatabase<TDb, TSqlite, TPostgres>(this IHostApplicationBuilder builder, string name)
        where TDb : ServiceDb where TSqlite : TDb where TPostgres : TDb
    {
        var backbone = builder.Services.Backbone();
        if (backbone.Embedded)
        {
            // SQLite has one writer; the file is in WAL mode (EF Core's default when it creates it), so readers never wait.
            var file = Path.Combine(backbone.DataFolder, name + ".db");
            return builder.Register<TDb, TSqlite>(name, o => o.AddInterceptors(OverwriteErased.Instance).UseSqlite($"Data Source={file};Foreign Keys=True;Default Timeout=30"));
        }
        var connection = builder.Configuration.GetConnectionString(name)
            ?? throw StartRefused.Missing(backbone.Service, name, $"Host=host;Database={name};Username=user;Password=password");
        return builder.Register<TDb, TPostgres>(name, o => o.UseNpgsql(Tuned(connection)));
    }

    /// <summary>
    /// Statements that come again are prepared once for each connection, and a connection that goes back to the pool is not reset, as nobody
    /// leaves anything on one. They are few, as the pool hands them out in turn: of as many as a burst once opened, each is cold when its turn
    /// comes and has prepared little; and other replicas need some of those that PostgreSQL grants. Whoever says otherwise in the connection string
    /// (behind a pooler that shares connections, say) is heard.
    /// </summary>
    private static string Tuned(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        var said = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = connection };
        if (!said.ContainsKey("Max Auto Prepare")) (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages) = (100, 3);
        if (!said.ContainsKey("Maximum Pool Size")) settings.MaxPoolSize = MostConnections;
        if (!said.ContainsKey("Timeout")) settings.Timeout = (int)LongestTurn.TotalSeconds;
        if (!said.ContainsKey("No Reset On Close")) settings.NoResetOnClose = true;
        return settings.ConnectionString;
    }

    private static IHostApplicationBuilder Register<TDb, TConcrete>(this IHostApplicationBuilder builder, string name, Action<DbContextOptionsBuilder> provider)
        where TDb : ServiceDb where TConcrete : TDb
    {
        var services = builder.Services;
        services.AddDbContextPool<TConcrete>((_, options) => provider(options));
        services.AddScoped<TDb>(s => s.GetRequiredService<TConcrete>());
        services.AddSingleton(new ServiceDatabase(name, typeof(TDb), typeof(TConcrete)));
        services.AddHostedService<MigrateAtStart<TConcrete>>();
        services.AddHostedService<OutboxDispatcher<TConcrete>>();
        services.AddHostedService<BackboneSweeper<TConcrete>>();
        if (services.Backbone().Embedded) services.AddHostedService<EmptyWriteAheadLog<TConcrete>>();
        services.AddHealthChecks().AddCheck<DatabaseCheck<TConcrete>>(name, tags: ["ready"]);
        return builder;
    }
}

/// <summary>Brings the schema up to date before anything else runs; waits for a database that is still starting.</summary>
internal sealed partial class MigrateAtStart<TDb>(IServiceScopeFactory scopes, ILogger<MigrateAtStart<TDb>> log) : IHostedService where TDb : ServiceDb
{
    private static readonly TimeSpan[] Waits = [.. Enumerable.Repeat(TimeSpan.FromSeconds(1), 60)];

    public async Task StartAsync(CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<TDb>().Database.MigrateAsync(cancel);
                return;
            }
            catch (Exception e) when (Refusals.IsOutage(e) && attempt < Waits.Length)
            {
                LogWaiting(log, typeof(TDb).Name, e.GetType().Name);
                await Task.Delay(Waits[attempt], cancel);
            }
        }
    }

    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;

    [LoggerMessage(101, LogLevel.Warning, "{Database} is not reachable yet ({Reason}); trying again")]
    private static partial void LogWaiting(ILogger log, string database, string reason);
}

internal sealed class DatabaseCheck<TDb>(IServiceScopeFactory scopes) : Microsoft.Extensions.Diagnostics.HealthChecks.IHealthCheck where TDb : ServiceDb
{
    public async Task<Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult> CheckHealthAsync(
        Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckContext context, CancellationToken cancel = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TDb>().Database.CanConnectAsync(cancel)
            ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Healthy()
            : Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Unhealthy();
    }
}
