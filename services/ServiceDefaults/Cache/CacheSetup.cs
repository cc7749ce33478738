using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Matchmaking.ServiceDefaults.Cache;

internal static class CacheSetup
{
    /// <summary>The keys that protect cookies and forms: replicas share them in Redis, an embedded process keeps them with its data.</summary>
    public static void AddKeyRing(this IHostApplicationBuilder builder, Backbone backbone)
    {
        var protection = builder.Services.AddDataProtection().SetApplicationName("matchmaking");
        if (backbone.Embedded) protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(backbone.DataFolder, "keys")));
        else protection.Services.AddOptions<KeyManagementOptions>().Configure<IConnectionMultiplexer, ILogger<SharedKeys>>((o, redis, log) => o.XmlRepository = new SharedKeys(redis, log));
        // It warns that keys at rest are not encrypted; whoever can read the data folder or Redis can read what they protect anyway.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Logging.AddFilter("Matchmaking.ServiceDefaults.Auth", LogLevel.Warning);
    }

    /// <summary>HybridCache; Redis as its second level where deployed. Redis down means slower, never wrong: calls fail at once and are done without.</summary>
    public static void AddCache(this IHostApplicationBuilder builder, Backbone backbone)
    {
        var services = builder.Services;
        if (backbone.Embedded)
        {
            services.AddDistributedMemoryCache();
        }
        else
        {
            var options = ConfigurationOptions.Parse(backbone.Redis!);
            options.AbortOnConnectFail = false;
            // A start does not wait long for a Redis that is away, unless the connection string says how long.
            if (!backbone.Redis!.Contains("connectTimeout", StringComparison.OrdinalIgnoreCase)) options.ConnectTimeout = 2000;
            options.AsyncTimeout = options.SyncTimeout = 500;
            options.BacklogPolicy = BacklogPolicy.FailFast;
            var connection = new Lazy<Task<IConnectionMultiplexer>>(async () => await ConnectionMultiplexer.ConnectAsync(options));
            services.AddSingleton<IConnectionMultiplexer>(_ => connection.Value.GetAwaiter().GetResult());
            services.AddStackExchangeRedisCache(o =>
            {
                o.InstanceName = "matchmaking:";
                o.ConnectionMultiplexerFactory = () => connection.Value;
            });
        }
        services.AddHybridCache();
        services.AddSingleton<FreshMarks>().AddSingleton<SharedNotes>();
    }
}
