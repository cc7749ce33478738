using Matchmaking.ServiceDefaults.Inbox;
using Matchmaking.ServiceDefaults.Outbox;
using Matchmaking.ServiceDefaults.Tests.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Matchmaking.ServiceDefaults.Tests;

public abstract partial class BackboneTests
{
    [Fact]
    public async Task Erasure_reaches_outbox_inbox_and_quarantine_of_that_person_alone()
    {
        var host = Ground.Dead();
        var (gone, stays) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var person in (Guid[])[gone, stays])
        {
            await host.DepositAsync(person, 1);
            await host.InAsync(db => db.Outbox.Where(o => o.Subject == person).ExecuteUpdateAsync(o => o.SetProperty(m => m.SentAt, m => m.Created)));
            await host.DepositAsync(person, 2);
            await host.InAsync(async db =>
            {
                db.Inbox.Add(new InboxEntry { Consumer = "c", MessageId = Guid.NewGuid(), Subject = person, At = DateTimeOffset.UtcNow });
                db.Quarantine.Add(Quarantined(person));
                await db.SaveChangesAsync();
            });
        }
        for (var twice = 0; twice < 2; twice++) await host.InAsync(db => db.EraseFromBackboneAsync(gone, Cancel));

        Assert.Equal((0, 1, 0, 0), await host.InAsync(async db => (
            await db.Outbox.CountAsync(o => o.Subject == gone), await db.Outbox.CountAsync(o => o.Subject == Guid.Empty && o.SentAt != null && o.Body == null),
            await db.Inbox.CountAsync(i => i.Subject == gone), await db.Quarantine.CountAsync(q => q.Subject == gone))));
        Assert.Equal((2, 0, 1, 1), await host.InAsync(async db => (
            await db.Outbox.CountAsync(o => o.Subject == stays), await db.Outbox.CountAsync(o => o.Subject == stays && o.Body == null),
            await db.Inbox.CountAsync(i => i.Subject == stays), await db.Quarantine.CountAsync(q => q.Subject == stays))));
        Assert.Equal(2, await host.InAsync(db => db.Inbox.CountAsync()));
    }

    [Fact]
    public async Task The_sweeper_takes_bodies_after_a_day_rows_after_a_week_and_inbox_entries_after_two()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var host = Ground.Dead(clock);
        var (unsent, sent) = (Guid.NewGuid(), Guid.NewGuid());
        await host.DepositAsync(unsent);
        await host.DepositAsync(sent);
        var now = clock.GetUtcNow();
        await host.InAsync(async db =>
        {
            await db.Outbox.Where(o => o.Subject == sent).ExecuteUpdateAsync(o => o.SetProperty(m => m.SentAt, now.ToUnixTimeMilliseconds()));
            db.Inbox.Add(new InboxEntry { Consumer = "c", MessageId = Guid.NewGuid(), At = now });
            await db.SaveChangesAsync();
        });
        foreach (var (day, bodies, rows, inbox) in ((double, int, int, int)[])[(0.9, 2, 2, 1), (1.1, 1, 2, 1), (6.9, 1, 2, 1), (7.1, 1, 1, 1), (13.9, 1, 1, 1), (14.1, 1, 1, 0)])
        {
            clock.SetUtcNow(now.AddDays(day));
            await SweepAsync(host);
            Assert.Equal((day, bodies, rows, inbox), await host.InAsync(async db => (
                day, await db.Outbox.CountAsync(o => o.Body != null), await db.Outbox.CountAsync(), await db.Inbox.CountAsync())));
        }
    }

    [Fact]
    public async Task What_lies_in_quarantine_goes_after_a_month_and_a_week_after_it_was_replayed()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var host = Ground.Dead(clock);
        var now = clock.GetUtcNow();
        var replayed = Quarantined(Guid.NewGuid());
        replayed.ReplayedAt = now;
        await host.InAsync(async db =>
        {
            db.Quarantine.AddRange(Quarantined(Guid.NewGuid()), replayed);
            await db.SaveChangesAsync();
        });
        foreach (var (day, kept) in ((double, int)[])[(6.9, 2), (7.1, 1), (29.9, 1), (30.1, 0)])
        {
            clock.SetUtcNow(now.AddDays(day));
            await SweepAsync(host);
            Assert.Equal((day, kept), (day, await host.InAsync(db => db.Quarantine.CountAsync())));
        }
    }

    private Task SweepAsync(LedgerHost host)
    {
        var services = host.App.Services.GetServices<IHostedService>();
        return Embedded
            ? services.OfType<BackboneSweeper<LedgerDbSqlite>>().Single().SweepAsync(Cancel)
            : services.OfType<BackboneSweeper<LedgerDbPostgres>>().Single().SweepAsync(Cancel);
    }

    private static QuarantinedMessage Quarantined(Guid person) => new()
    {
        Id = Guid.CreateVersion7(),
        Consumer = nameof(RecordDepositConsumer),
        MessageId = Guid.NewGuid(),
        Type = typeof(Deposited).FullName!,
        Subject = person,
        Body = "{}",
        Reason = "a test",
        At = DateTimeOffset.UtcNow,
    };
}
