using System.Diagnostics;
using System.Text;
using MassTransit;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.ServiceDefaults.Tests.Ledger;
using Matchmaking.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Matchmaking.ServiceDefaults.Tests;

/// <summary>What only a broker, a cache and a server can do to us.</summary>
public sealed class DeployedBackboneTests(Servers servers) : BackboneTests(new DeployedGround(servers))
{
    private DeployedGround Deployed => (DeployedGround)Ground;

    [Fact]
    public async Task An_event_without_a_queue_stays_unsent_and_goes_out_when_its_consumer_appears()
    {
        var host = await Ground.StartAsync();
        var account = Guid.NewGuid();
        await host.InAsync(db =>
        {
            db.Announce(new Audited(account), account, 1);
            return db.SaveChangesAsync(Cancel);
        });
        await Until.TrueAsync("tried", () => host.InAsync(db => db.Outbox.AnyAsync(o => o.Subject == account && o.Attempts > 0)));
        Assert.Null(await host.InAsync(db => db.Outbox.Where(o => o.Subject == account).Select(o => o.SentAt).SingleAsync()));

        var arrived = new TaskCompletionSource<Guid>();
        var queue = $"late-{Guid.NewGuid():n}";
        var late = MassTransit.Bus.Factory.CreateUsingRabbitMq(bus =>
        {
            bus.Host(new Uri(Deployed.Rabbit.ConnectionString));
            bus.ReceiveEndpoint(queue, e =>
            {
                e.AutoDelete = true;
                e.Handler<Audited>(c => { arrived.TrySetResult(c.Message.Account); return Task.CompletedTask; });
            });
        });
        await late.StartAsync(Cancel);
        try
        {
            Assert.Equal(account, await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel));
            await Until.TrueAsync("marked", () => host.InAsync(db => db.Outbox.AnyAsync(o => o.Subject == account && o.SentAt != null)));
        }
        finally { await late.StopAsync(Cancel); }
    }

    [Fact]
    public async Task While_the_broker_is_down_calls_succeed_and_nothing_is_lost()
    {
        var host = await Ground.StartAsync();
        var before = Guid.NewGuid();
        await host.DepositAsync(before);
        await Until.TrueAsync("all is well at first", () => host.HandledAsync(before));
        var meanwhile = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();
        // A broker of version 3.10 that is killed within a second or two of a queue's declaration can leave the queue without a leader.
        await Task.Delay(TimeSpan.FromSeconds(4), Cancel);
        await Deployed.Rabbit.KillAsync();
        try { foreach (var account in meanwhile) await host.DepositAsync(account); }
        finally { await Deployed.Rabbit.RestartAsync(); }
        foreach (var account in meanwhile) await Until.TrueAsync("sent later", () => host.HandledAsync(account), 120);
        Assert.Equal(21, await host.InAsync(db => db.Entries.CountAsync(e => e.By == nameof(RecordReportConsumer))));
        Assert.Empty(await host.InAsync(db => db.Quarantine.ToListAsync(Cancel)));
    }

    [Fact]
    public async Task While_the_database_is_down_messages_wait_and_are_handled_after()
    {
        var host = await Ground.StartAsync();
        var before = Guid.NewGuid();
        await host.DepositAsync(before);
        await Until.TrueAsync("all is well at first", () => host.HandledAsync(before));
        var meanwhile = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();
        await Deployed.Postgres.KillAsync();
        try
        {
            foreach (var account in meanwhile) await host.Bus.Publish(new Deposited(account, 1), Cancel);
            // Longer than the retries of a faulty message would last, which must not be spent on an outage.
            await Task.Delay(TimeSpan.FromSeconds(8), Cancel);
        }
        finally { await Deployed.Postgres.RestartAsync(); }
        foreach (var account in meanwhile) await Until.TrueAsync("handled after", () => host.HandledAsync(account), 60);
        Assert.Equal(21, await host.InAsync(db => db.Entries.CountAsync(e => e.By == nameof(RecordDepositConsumer))));
        Assert.Empty(await host.InAsync(db => db.Quarantine.ToListAsync(Cancel)));
    }

    [Fact]
    public async Task A_process_that_stops_during_an_outage_gives_its_messages_back()
    {
        var first = await Ground.StartAsync();
        var account = Guid.NewGuid();
        await Deployed.Postgres.KillAsync();
        try
        {
            await first.Bus.Publish(new Deposited(account, 1), Cancel);
            await Task.Delay(TimeSpan.FromSeconds(1), Cancel);
            using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            await first.App.StopAsync(impatient.Token);
        }
        finally { await Deployed.Postgres.RestartAsync(); }
        await using (var connection = await Deployed.ConnectAsync())
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: Cancel))
            await Until.TrueAsync("the message is back in its queue", async () => await channel.MessageCountAsync(nameof(RecordDepositConsumer), Cancel) == 1);
        var second = await Ground.StartAsync();
        await Until.TrueAsync("handled by the next process", () => second.HandledAsync(account), 60);
        Assert.Empty(await second.InAsync(db => db.Quarantine.ToListAsync(Cancel)));
    }

    [Theory]
    [InlineData("this is no JSON, and Olena Musterfrau stands in it", "application/vnd.masstransit+json")]
    [InlineData("""{"message": 7}""", "application/vnd.masstransit+json")]
    [InlineData("plain words", "text/plain")]
    public async Task A_malformed_body_goes_to_quarantine_and_the_queue_goes_on(string body, string type)
    {
        var host = await Ground.StartAsync();
        await using var connection = await Deployed.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
        await channel.BasicPublishAsync("", nameof(RecordDepositConsumer), true, new BasicProperties { ContentType = type, Persistent = true }, Encoding.UTF8.GetBytes(body), Cancel);
        await Until.TrueAsync("quarantined", () => host.InAsync(db => db.Quarantine.AnyAsync()));
        var kept = await host.InAsync(db => db.Quarantine.SingleAsync());
        Assert.Equal(nameof(RecordDepositConsumer), kept.Consumer);
        Assert.DoesNotContain(Witness.Secret, kept.Reason);
        var next = Guid.NewGuid();
        await host.DepositAsync(next);
        await Until.TrueAsync("the next is handled", () => host.HandledAsync(next));
    }

    [Fact]
    public async Task The_broker_has_quorum_queues_of_the_consumers_names_and_none_for_errors()
    {
        var host = await Ground.StartAsync();
        var account = Guid.NewGuid();
        await host.Bus.Publish(new Deposited(account, Witness.Poison), Cancel);
        await Until.TrueAsync("quarantined", () => host.InAsync(db => db.Quarantine.AnyAsync()));
        await using var connection = await Deployed.ConnectAsync();
        foreach (var consumer in (string[])[nameof(RecordDepositConsumer), nameof(RecordReportConsumer)])
        {
            Assert.True(await ExistsAsync(channel => channel.QueueDeclarePassiveAsync(consumer, Cancel)));
            Assert.True(await ExistsAsync(channel => channel.QueueDeclareAsync(consumer, true, false, false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 1_000_000 }, cancellationToken: Cancel)));
            foreach (var suffix in (string[])["_error", "_skipped"])
            {
                Assert.False(await ExistsAsync(channel => channel.QueueDeclarePassiveAsync(consumer + suffix, Cancel)));
                Assert.False(await ExistsAsync(channel => channel.ExchangeDeclarePassiveAsync(consumer + suffix, Cancel)));
            }
        }

        async Task<bool> ExistsAsync(Func<IChannel, Task> declared)
        {
            await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
            try
            {
                await declared(channel);
                return true;
            }
            catch (OperationInterruptedException) { return false; }
        }
    }

    [Fact]
    public async Task Without_Redis_caches_are_slower_and_not_wrong()
    {
        var host = await Ground.StartAsync();
        var marks = host.Get<FreshMarks>();
        var cache = host.Get<HybridCache>();
        await marks.LeaveAsync("subject:x", 7);
        Assert.Equal((true, 7L), await marks.ReadAsync("subject:x"));
        await marks.PromiseAsync("subject:z", 3);
        Assert.Equal((true, 3L), await marks.ReadAsync("subject:z"));
        await marks.PromiseAsync("subject:z", 4);
        marks.Confirm("subject:z", 3); // the earlier one's commit, told late
        Assert.Equal((true, 4L), await marks.ReadAsync("subject:z"));
        Assert.Equal("one", await cache.GetOrCreateAsync("known", _ => ValueTask.FromResult("one"), cancellationToken: Cancel));

        await Deployed.Redis.KillAsync();
        try
        {
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal((false, null), await QuicklyAsync(marks.ReadAsync("subject:x").AsTask()));
                await QuicklyAsync(Task.Run(async () => { await marks.LeaveAsync("subject:y", i); return 0; }, Cancel));
                await QuicklyAsync(Task.Run(async () => { await marks.PromiseAsync("subject:y", i); marks.Confirm("subject:y", i); return 0; }, Cancel));
                Assert.Equal("fresh", await QuicklyAsync(cache.GetOrCreateAsync($"new-{i}", _ => ValueTask.FromResult("fresh"), cancellationToken: Cancel).AsTask()));
            }
            Assert.Equal("one", await QuicklyAsync(cache.GetOrCreateAsync("known", _ => ValueTask.FromResult("one"), cancellationToken: Cancel).AsTask()));
            var account = Guid.NewGuid();
            await host.DepositAsync(account);
            await Until.TrueAsync("the bus does not care", () => host.HandledAsync(account));
        }
        finally { await Deployed.Redis.RestartAsync(); }
        await Until.TrueAsync("it comes back", async () =>
        {
            await marks.LeaveAsync("subject:z", 9);
            return await marks.ReadAsync("subject:z") == (true, 9L);
        });

        static async Task<T> QuicklyAsync<T>(Task<T> call)
        {
            var clock = Stopwatch.StartNew();
            var result = await call;
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"took {clock.Elapsed}");
            return result;
        }
    }
}
