using System.Reflection;
using MassTransit;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Inbox;
using Matchmaking.ServiceDefaults.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Matchmaking.ServiceDefaults.Bus;

public static class BusSetup
{
    private const int Prefetch = 64;

    /// <summary>The bus with the consumers of every service that was added before: one in a service's own process, all three in AllInOne.</summary>
    public static IHostApplicationBuilder AddBus(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        var backbone = services.Backbone();
        if (!backbone.Embedded && backbone.RabbitMq is null) throw StartRefused.Missing(backbone.Service, "rabbitmq", "amqp://user:password@host:5672");
        var consumers = services.Select(d => d.ImplementationInstance).OfType<ServiceDatabase>().SelectMany(ConsumerRegistration.In).ToArray();
        foreach (var consumer in consumers)
        {
            services.TryAddScoped(consumer.Consumer);
            services.AddSingleton(typeof(InboxRunner<,,>).MakeGenericType(consumer.Db, consumer.Consumer, consumer.Message));
            services.AddSingleton(consumer);
        }
        services.AddSingleton<BusStarted>();
        services.AddSingleton<MessageTypes>();
        // Consumers that wait for a database are cancelled after this time, so that a stopping process gives their messages back.
        services.Configure<MassTransitHostOptions>(o => (o.ConsumerStopTimeout, o.StopTimeout) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)));
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            if (backbone.Embedded) bus.UsingInMemory((context, memory) => Endpoints(memory, context, consumers, _ => { }));
            else bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(backbone.RabbitMq!));
                rabbit.PublishTopology.BrokerTopologyOptions = PublishBrokerTopologyOptions.MaintainHierarchy;
                Endpoints(rabbit, context, consumers, endpoint =>
                {
                    endpoint.SetQuorumQueue();
                    // RabbitMQ 4 drops after 20 deliveries otherwise; what cannot be handled goes to our quarantine instead.
                    endpoint.SetQueueArgument("x-delivery-limit", 1_000_000);
                });
            });
        });
        services.AddHostedService<BusReady>();
        return builder;
    }

    private static void Endpoints<T>(IBusFactoryConfigurator<T> bus, IServiceProvider services, ConsumerRegistration[] consumers, Action<IRabbitMqReceiveEndpointConfigurator> rabbit)
        where T : IReceiveEndpointConfigurator
    {
        foreach (var consumer in consumers)
        {
            bus.ReceiveEndpoint(consumer.Queue, endpoint =>
            {
                if (endpoint is IRabbitMqReceiveEndpointConfigurator r) rabbit(r);
                endpoint.PrefetchCount = Prefetch;
                endpoint.UseMessageRetry(retry => retry.Exponential(5, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(100)));
                var quarantine = new QuarantineFilter(consumer.Db, consumer.Queue, consumer.Message, services.GetRequiredService<IServiceScopeFactory>(),
                    services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<QuarantineFilter>>());
                endpoint.ConfigureError(pipe => pipe.UseFilter(quarantine));
                endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(quarantine));
                AttachMethod.MakeGenericMethod(consumer.Db, consumer.Consumer, consumer.Message).Invoke(null, [endpoint, services]);
            });
        }
    }

    private static readonly MethodInfo AttachMethod = typeof(BusSetup).GetMethod(nameof(Attach), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The only way by which a consumer is attached to the bus: behind its inbox.</summary>
    private static void Attach<TDb, TConsumer, TMessage>(IReceiveEndpointConfigurator endpoint, IServiceProvider services)
        where TDb : ServiceDb where TConsumer : class, IConsumer<TMessage> where TMessage : class
    {
        var inbox = services.GetRequiredService<InboxRunner<TDb, TConsumer, TMessage>>();
        endpoint.Handler<TMessage>(inbox.RunAsync);
    }
}

/// <summary>
/// Opens the outboxes once the bus stands. Where embedded, what was sent but not yet consumed when the process died is first put back to be
/// sent again: an in-memory bus forgets.
/// </summary>
internal sealed class BusReady(IBusControl bus, BusStarted started, EmbeddedReplay replay, Backbone backbone) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        if (backbone.Embedded) await replay.PutBackAsync(stopping);
        // With a broker that is still starting this waits as long as it takes; the service is live, not yet ready to send.
        await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stopping);
        started.Open();
    }
}
