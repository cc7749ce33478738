using System.Diagnostics;
using MassTransit;
using Matchmaking.ServiceDefaults.Tests.Ledger;
using Matchmaking.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.ServiceDefaults.Tests;

/// <summary>What must hold on both databases and both buses.</summary>
public abstract partial class BackboneTests : IAsyncLifetime
{
    private protected BackboneTests(Ground ground) => Ground = ground;

    private protected Ground Ground { get; }

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Ground.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Ground.DisposeAsync();
    }

    [Fact]
    public async Task An_event_goes_the_whole_way_and_its_row_is_marked_as_sent()
    {
        var host = await Ground.StartAsync();
        var account = Guid.NewGuid();
        await host.DepositAsync(account);
        await Until.TrueAsync("the second consumer has it", () => host.HandledAsync(account));
        await Until.TrueAsync("both rows are marked", () => host.InAsync(async db => await db.Outbox.CountAsync(o => o.SentAt != null) == 2 && await db.Outbox.CountAsync() == 2));
        Assert.Equal(1, await host.CountAsync(nameof(RecordDepositConsumer), account));
    }

    [Fact]
    public async Task A_refused_save_leaves_neither_effect_nor_event()
    {
        var host = Ground.Dead();
        await host.DepositAsync(Guid.NewGuid(), unique: "once");
        var second = Guid.NewGuid();
        await Assert.ThrowsAsync<DbUpdateException>(() => host.DepositAsync(second, unique: "once"));
        Assert.Equal(0, await host.CountAsync("endpoint", second));
        Assert.Equal(0, await host.InAsync(db => db.Outbox.CountAsync(o => o.Subject == second)));
    }

    [Fact]
    public async Task A_crash_before_the_commit_leaves_neither_and_after_it_both()
    {
        var host = Ground.Dead();
        var account = Guid.NewGuid();
        await using (var db = WithInterceptor(host, new DiesAtCommit()))
        {
            db.Entries.Add(new Entry { By = "endpoint", Account = account });
            db.Announce(new Deposited(account, 1), account, 1);
            await Assert.ThrowsAsync<DiesAtCommit.Death>(() => db.SaveChangesAsync(Cancel));
        }
        Assert.Equal((0, 0), (await host.CountAsync("endpoint", account), await host.InAsync(db => db.Outbox.CountAsync())));
        await host.DepositAsync(account);
        Assert.Equal((1, 1), (await host.CountAsync("endpoint", account), await host.InAsync(db => db.Outbox.CountAsync())));
    }

    [Fact]
    public async Task What_a_dead_process_committed_is_sent_when_its_lease_has_run_out_and_not_before()
    {
        var dead = Ground.Dead();
        var (soon, late) = (Guid.NewGuid(), Guid.NewGuid());
        await dead.DepositAsync(soon);
        await dead.DepositAsync(late);
        Assert.False(await dead.InAsync(db => db.Outbox.AnyAsync(o => o.SentAt != null)));
        // Where embedded a start frees all leases, because nobody else publishes: so the claims are made after it.
        var other = await Ground.StartAsync();
        if (Embedded) await Until.TrueAsync("freed at start", () => other.HandledAsync(late));
        else
        {
            await dead.InAsync(db => db.Outbox.Where(o => o.Subject == soon).ExecuteUpdateAsync(o => o.SetProperty(m => m.ClaimedUntil, m => m.Created + 1500)));
            await Until.TrueAsync("taken after its lease", () => other.HandledAsync(soon));
            Assert.False(await other.HandledAsync(late));
            await dead.InAsync(db => db.Outbox.Where(o => o.Subject == late).ExecuteUpdateAsync(o => o.SetProperty(m => m.ClaimedUntil, 0)));
            await Until.TrueAsync("taken at last", () => other.HandledAsync(late));
        }
    }

    [Fact]
    public async Task The_same_message_twice_is_handled_once()
    {
        var host = await Ground.StartAsync();
        var (account, id) = (Guid.NewGuid(), Guid.NewGuid());
        await TwiceAsync(host, account, id);
        Assert.Equal(1, await host.CountAsync(nameof(RecordDepositConsumer), account));
        Assert.Equal(1, await host.CountAsync(nameof(RecordReportConsumer), account));
    }

    [Fact]
    public async Task Without_the_inbox_it_would_be_handled_twice()
    {
        var host = await Ground.StartAsync(("Faults:InboxOff", "true"));
        var (account, id) = (Guid.NewGuid(), Guid.NewGuid());
        await TwiceAsync(host, account, id);
        await Until.TrueAsync("doubled", async () => await host.CountAsync(nameof(RecordDepositConsumer), account) == 2);
    }

    /// <summary>The message, the same again, and then another one behind it, which shows that both were dealt with.</summary>
    private async Task TwiceAsync(LedgerHost host, Guid account, Guid id)
    {
        for (var i = 0; i < 2; i++)
        {
            await host.Bus.Publish(new Deposited(account, 1), c => c.MessageId = id, Cancel);
            await Until.TrueAsync("handled", () => host.HandledAsync(account));
        }
        var last = Guid.NewGuid();
        await host.Bus.Publish(new Deposited(last, 1), Cancel);
        await Until.TrueAsync("the last is handled", () => host.HandledAsync(last));
    }

    [Fact]
    public async Task A_hundred_at_once_are_each_handled_once()
    {
        var host = await Ground.StartAsync();
        var accounts = Enumerable.Range(0, 100).Select(_ => Guid.NewGuid()).ToArray();
        await Task.WhenAll(accounts.Select(a => Embedded ? Task.CompletedTask : host.DepositAsync(a)));
        if (Embedded) foreach (var account in accounts) await host.DepositAsync(account);
        await Until.TrueAsync("all", () => host.InAsync(async db => await db.Entries.CountAsync(e => e.By == nameof(RecordReportConsumer)) >= 100));
        Assert.Equal(100, await host.InAsync(db => db.Entries.CountAsync(e => e.By == nameof(RecordDepositConsumer))));
    }

    [Fact]
    public async Task What_a_consumer_announces_is_traced_to_the_request_that_began_it()
    {
        var spans = new System.Collections.Concurrent.ConcurrentDictionary<ActivitySpanId, Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = a => spans[a.SpanId] = a,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("Matchmaking.Tests");
        var host = await Ground.StartAsync();
        var account = Guid.NewGuid();
        using var request = source.StartActivity("request")!;
        await host.DepositAsync(account);
        await Until.TrueAsync("handled", () => host.HandledAsync(account));

        var consuming = Assert.Single(host.Witness.Activities);
        Assert.Equal(request.TraceId, consuming.TraceId);
        var ancestors = new List<string>();
        for (var span = consuming; span is not null; span = spans.GetValueOrDefault(span.ParentSpanId)) ancestors.Add(span.OperationName);
        Assert.Equal("request", ancestors[^1]);
        Assert.Contains("outbox publish", ancestors);
    }

    private protected bool Embedded => Ground is EmbeddedGround;

    private LedgerDb WithInterceptor(LedgerHost host, IInterceptor interceptor)
    {
        using var scope = host.App.Services.CreateScope();
        var connection = scope.ServiceProvider.GetRequiredService<LedgerDb>().Database.GetConnectionString();
        return Embedded
            ? new LedgerDbSqlite(new DbContextOptionsBuilder<LedgerDbSqlite>().UseSqlite(connection).UseApplicationServiceProvider(host.App.Services).AddInterceptors(interceptor).Options)
            : new LedgerDbPostgres(new DbContextOptionsBuilder<LedgerDbPostgres>().UseNpgsql(connection).UseApplicationServiceProvider(host.App.Services).AddInterceptors(interceptor).Options);
    }

    /// <summary>Everything was written, nothing committed: there the process dies.</summary>
    private sealed class DiesAtCommit : DbTransactionInterceptor
    {
        public sealed class Death : Exception;

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            System.Data.Common.DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => throw new Death();
    }
}

public sealed class EmbeddedBackboneTests() : BackboneTests(new EmbeddedGround())
{
    [Fact]
    public async Task What_was_sent_but_not_handled_when_the_process_died_is_delivered_at_the_next_start()
    {
        var dead = Ground.Dead();
        var (lost, had) = (Guid.NewGuid(), Guid.NewGuid());
        await dead.DepositAsync(lost);
        await dead.DepositAsync(had);
        await dead.InAsync(async db =>
        {
            await db.Outbox.ExecuteUpdateAsync(o => o.SetProperty(m => m.SentAt, m => m.Created));
            var id = await db.Outbox.Where(o => o.Subject == had).Select(o => o.Id).SingleAsync();
            db.Inbox.Add(new Inbox.InboxEntry { Consumer = nameof(RecordDepositConsumer), MessageId = id, At = DateTimeOffset.UtcNow });
            await db.SaveChangesAsync();
        });
        var next = await Ground.StartAsync();
        await Until.TrueAsync("delivered", () => next.HandledAsync(lost));
        Assert.Equal(0, await next.CountAsync(nameof(RecordDepositConsumer), had));
    }
}
