using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Matchmaking.Contracts.Profile;
using Npgsql;

namespace Matchmaking.Benchmarks.Flow;

/// <summary>As large as the event of a profile, but nobody's: only the bare consumer here takes it.</summary>
public sealed record BareProfile(Guid Id, Guid VisitorId, Guid FairId, long Version, string TokenHash, Needs Needs, bool HasContact, DateTimeOffset ExpiresAt, DateTimeOffset At);

/// <summary>
/// What nothing can be quicker than: MassTransit alone, from publish to consume, with the persistence and confirms that the services use (quorum
/// queue, confirm awaited, mandatory); and single rows committed to the same PostgreSQL's disk.
/// </summary>
internal sealed class FlowFloor : IAsyncDisposable
{
    /// <summary>As in ServiceDefaults' BusSetup.</summary>
    private const ushort Prefetch = 64;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> awaited = new();
    private readonly string tokenHash = new('a', 64);
    private IBusControl bus = null!;
    private NpgsqlConnection database = null!;

    public static async Task<FlowFloor> StartAsync(FlowFair fair)
    {
        var floor = new FlowFloor();
        floor.bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(fair.Rabbit.ConnectionString));
            rabbit.ReceiveEndpoint("BareConsumer", endpoint =>
            {
                endpoint.SetQuorumQueue();
                endpoint.PrefetchCount = Prefetch;
                endpoint.Handler<BareProfile>(context =>
                {
                    if (floor.awaited.TryRemove(context.Message.Id, out var one)) one.TrySetResult();
                    return Task.CompletedTask;
                });
            });
        });
        await floor.bus.StartAsync();
        floor.database = new NpgsqlConnection(await fair.Postgres.CreateDatabaseAsync("floor"));
        await floor.database.OpenAsync();
        await using var create = new NpgsqlCommand("create table rows (id uuid primary key, body text not null)", floor.database);
        await create.ExecuteNonQueryAsync();
        return floor;
    }

    /// <summary>From the publish until it is both confirmed and consumed.</summary>
    public async Task PublishAndConsumeAsync(int turn) => await await PublishAsync(turn);

    /// <summary>Completes with the broker's confirm; the inner task when the message was consumed.</summary>
    public async Task<Task> PublishAsync(int turn)
    {
        var message = new BareProfile(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), turn, tokenHash, FlowNeeds.Of(turn), false, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow);
        var consumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        awaited[message.Id] = consumed;
        await bus.Publish(message, Pipe.Execute<PublishContext>(context =>
        {
            if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit)) rabbit.Mandatory = true;
        }));
        return consumed.Task;
    }

    /// <summary>INSERT and COMMIT of one row.</summary>
    public async Task CommitRowAsync(int turn)
    {
        await using var transaction = await database.BeginTransactionAsync();
        await using var insert = new NpgsqlCommand("insert into rows (id, body) values ($1, $2)", database, transaction)
        {
            Parameters = { new() { Value = Guid.CreateVersion7() }, new() { Value = JsonSerializer.Serialize(FlowNeeds.Of(turn)) } },
        };
        await insert.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null) await database.DisposeAsync();
        await bus.StopAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Milliseconds that something took.</summary>
    public static async Task<double> TimeAsync(Func<Task> what)
    {
        var from = Stopwatch.GetTimestamp();
        await what();
        return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }
}
