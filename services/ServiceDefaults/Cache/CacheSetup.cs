using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Matchmaking.ServiceDefaults.Cache;

internal static class CacheSetup
{
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
            options.ConnectTimeout = 2000;
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
        services.AddSingleton<FreshMarks>();
    }
}
