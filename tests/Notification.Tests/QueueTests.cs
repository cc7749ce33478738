using Matchmaking.Notification.Inbox;
using Matchmaking.Notification.Webhooks;
using Matchmaking.Rig;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Tests;

/// <summary>The leases on both databases.</summary>
public sealed class QueueTests
{
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Theory, InlineData("sqlite"), InlineData("postgres")]
    public async Task Two_senders_never_hold_the_same_notice(string kind)
    {
        await using var database = await Database.CreateAsync(kind);
        await FillAsync(database, 60);
        await using var one = database.Open();
        await using var two = database.Open();

        var claims = await Task.WhenAll(NoticeQueue.ClaimAsync(one, Guid.NewGuid(), 30, _cancel), NoticeQueue.ClaimAsync(two, Guid.NewGuid(), 30, _cancel));
        var held = claims.SelectMany(c => c).Select(n => n.Id).ToList();
        Assert.Equal(held.Count, held.Distinct().Count());
        held.AddRange((await NoticeQueue.ClaimAsync(one, Guid.NewGuid(), 60, _cancel)).Select(n => n.Id));
        Assert.Equal(60, held.Distinct().Count());
        Assert.Empty(await NoticeQueue.ClaimAsync(two, Guid.NewGuid(), 60, _cancel));
    }

    [Theory, InlineData("sqlite"), InlineData("postgres")]
    public async Task A_postponed_notice_comes_back_and_a_finished_one_does_not(string kind)
    {
        await using var database = await Database.CreateAsync(kind);
        await FillAsync(database, 1);
        await using var db = database.Open();
        var notice = Assert.Single(await NoticeQueue.ClaimAsync(db, Guid.NewGuid(), 10, _cancel));
        await NoticeQueue.PostponeAsync(db, notice, TimeSpan.Zero, "no-answer", _cancel);
        notice = (await Host.UntilAsync(() => NoticeQueue.ClaimAsync(db, Guid.NewGuid(), 10, _cancel), n => n.Count == 1))[0];
        Assert.Equal(2, notice.Attempts);

        Assert.True(await NoticeQueue.FinishAsync(db, notice, NoticeResults.Sent, "mail", "subject", DateTimeOffset.UtcNow, _cancel));
        var stored = await db.Notices.AsNoTracking().SingleAsync(_cancel);
        Assert.Equal(("sent", null, "subject"), (stored.Result, stored.Facts, stored.Subject));
        Assert.Empty(await NoticeQueue.ClaimAsync(db, Guid.NewGuid(), 10, _cancel));

        await db.Notices.ExecuteDeleteAsync(_cancel);
        Assert.False(await NoticeQueue.FinishAsync(db, notice, NoticeResults.Sent, "mail", "subject", DateTimeOffset.UtcNow, _cancel));
    }

    [Theory, InlineData("sqlite"), InlineData("postgres")]
    public async Task What_a_digest_has_gathered_ends_as_told_or_left_out_and_stays_as_it_was_where_the_digest_failed(string kind)
    {
        await using var database = await Database.CreateAsync(kind);
        await FillAsync(database, 3);
        await using var db = database.Open();
        var digest = NoticeRow.Add(db, new NoticeBell(), NoticeKinds.Digest, Recipient.Exhibitor(Guid.NewGuid()), "de", new NoticeFacts(At: DateTimeOffset.UtcNow, Zone: "Europe/Berlin"), DateTimeOffset.UtcNow, null);
        await db.SaveChangesAsync(_cancel);
        var gathered = await db.Notices.Where(n => n.Id != digest.Id).OrderBy(n => n.Id).Select(n => n.Id).ToListAsync(_cancel);
        await db.Notices.Where(n => gathered.Take(2).Contains(n.Id)).ExecuteUpdateAsync(n => n.SetProperty(r => r.Result, NoticeResults.Gathered).SetProperty(r => r.DigestId, digest.Id), _cancel);

        await NoticeQueue.FinishAsync(db, digest, NoticeResults.Failed, "mail", "subject", null, _cancel, "refused");
        Assert.Equal(["gathered", "gathered", "waiting"], await EndsAsync());
        Assert.True(await NoticeQueue.FinishAsync(db, digest, NoticeResults.Sent, "mail", "subject", DateTimeOffset.UtcNow, _cancel, mayComeBack: true, told: [gathered[1]]));
        Assert.Equal(["outdated none", "sent digest at with facts", "waiting"], await EndsAsync());

        async Task<IEnumerable<string>> EndsAsync() => (await db.Notices.AsNoTracking().Where(n => n.Id != digest.Id).OrderBy(n => n.Id).ToListAsync(_cancel)).Select(n =>
            n.Result is "gathered" or "waiting" ? n.Result : $"{n.Result} {n.Channel}{(n.SentAt is null ? "" : " at")}{(n.Facts is null ? "" : " with facts")}");
    }

    [Theory, InlineData("sqlite"), InlineData("postgres")]
    public async Task Two_senders_never_hold_the_same_delivery_and_each_webhook_has_its_most(string kind)
    {
        await using var database = await Database.CreateAsync(kind);
        var webhooks = await WebhooksAsync(database, count: 3, deliveries: 5);
        await using var one = database.Open();
        await using var two = database.Open();

        var claims = await Task.WhenAll(DeliveryQueue.ClaimAsync(one, Guid.NewGuid(), 30, [], _cancel), DeliveryQueue.ClaimAsync(two, Guid.NewGuid(), 30, [], _cancel));
        var held = claims.SelectMany(c => c).ToList();
        // Who asks at the same moment passes over what the other is just taking; what is due is asked for again and again.
        while (await DeliveryQueue.ClaimAsync(one, Guid.NewGuid(), 30, [], _cancel) is { Count: > 0 } more) held.AddRange(more);
        Assert.Equal(15, held.Count);
        Assert.Equal(15, held.Select(d => d.Id).Distinct().Count());
        Assert.All(held, d => Assert.Equal((1, "{}"), (d.Attempts, d.Body)));
        Assert.All(claims.SelectMany(c => c.GroupBy(d => d.WebhookId)), g => Assert.InRange(g.Count(), 1, WebhookOptions.AtOnceEach));
        Assert.Equal(webhooks.Order(), held.Select(d => d.WebhookId).Distinct().Order());
    }

    [Theory, InlineData("sqlite"), InlineData("postgres")]
    public async Task A_delivery_is_taken_oldest_first_passed_over_while_its_webhook_is_busy_and_comes_back_when_it_is_put_off(string kind)
    {
        await using var database = await Database.CreateAsync(kind);
        var webhooks = await WebhooksAsync(database, count: 2, deliveries: 1);
        await using var db = database.Open();
        var oldest = await db.Deliveries.OrderBy(d => d.Id).Select(d => d.Id).FirstAsync(_cancel);
        Assert.Equal(oldest, Assert.Single(await DeliveryQueue.ClaimAsync(db, Guid.NewGuid(), 1, [], _cancel)).Id);
        Assert.Empty(await DeliveryQueue.ClaimAsync(db, Guid.NewGuid(), 10, webhooks, _cancel));
        var other = Assert.Single(await DeliveryQueue.ClaimAsync(db, Guid.NewGuid(), 10, [webhooks[0]], _cancel));
        Assert.Equal(webhooks[1], other.WebhookId);

        await DeliveryQueue.PostponeAsync(db, other, TimeSpan.Zero, 503, "status", DateTimeOffset.UtcNow, _cancel);
        other = (await Host.UntilAsync(() => DeliveryQueue.ClaimAsync(db, Guid.NewGuid(), 10, [], _cancel), d => d.Count == 1))[0];
        Assert.Equal((webhooks[1], 2, (int?)503), (other.WebhookId, other.Attempts, other.Status));
        await DeliveryQueue.PostponeAsync(db, other, TimeSpan.FromHours(1), 503, "status", DateTimeOffset.UtcNow, _cancel);
        Assert.Empty(await DeliveryQueue.ClaimAsync(db, Guid.NewGuid(), 10, [], _cancel));

        Assert.Equal(1, await DeliveryQueue.EndAsync(db, other, DeliveryResults.Delivered, 200, null, DateTimeOffset.UtcNow, _cancel));
        var stored = await db.Deliveries.AsNoTracking().SingleAsync(d => d.Id == other.Id, _cancel);
        Assert.Equal(("delivered", null, (int?)200, (Guid?)null), (stored.Result, stored.Body, stored.Status, stored.ClaimedBy));
    }

    private async Task<Guid[]> WebhooksAsync(Database database, int count, int deliveries)
    {
        await using var db = database.Open();
        Webhook[] webhooks = [.. Enumerable.Range(0, count).Select(n => new Webhook
        { Id = Guid.CreateVersion7(), ExhibitorId = Guid.CreateVersion7(), Url = $"https://stand{n}.example/hook", Secret = "sealed", CreatedAt = DateTimeOffset.UtcNow })];
        db.Webhooks.AddRange(webhooks);
        for (var (n, at) = (0, DateTimeOffset.UtcNow.AddHours(-1)); n < deliveries; n++)
            foreach (var webhook in webhooks)
                db.Deliveries.Add(new WebhookDelivery
                { Id = Guid.CreateVersion7(at = at.AddSeconds(1)), WebhookId = webhook.Id, Event = $"meeting.requested {n}", Type = "meeting.requested", Body = "{}", Result = DeliveryResults.Waiting, CreatedAt = at });
        await db.SaveChangesAsync(_cancel);
        return [.. webhooks.Select(w => w.Id)];
    }

    private async Task FillAsync(Database database, int count)
    {
        await using var db = database.Open();
        for (var i = 0; i < count; i++)
            NoticeRow.Add(db, new NoticeBell(), NoticeKinds.Requested, Recipient.Exhibitor(Guid.NewGuid()), "de", TemplateTests.FactsOf(NoticeKinds.Requested, false), DateTimeOffset.UtcNow, null);
        await db.SaveChangesAsync(_cancel);
    }

    private sealed class Database(Func<NotificationDb> open, Func<Task> drop) : IAsyncDisposable
    {
        public static async Task<Database> CreateAsync(string kind)
        {
            Database database;
            if (kind == "sqlite")
            {
                var folder = Directory.CreateTempSubdirectory("notification-queue-").FullName;
                var options = new DbContextOptionsBuilder<NotificationDbSqlite>().UseSqlite($"Data Source={Path.Combine(folder, "n.db")};Default Timeout=30").Options;
                database = new Database(() => new NotificationDbSqlite(options), () =>
                {
                    Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
                    Directory.Delete(folder, true);
                    return Task.CompletedTask;
                });
            }
            else
            {
                var connection = await SharedPostgres.FreshDatabaseAsync();
                var options = new DbContextOptionsBuilder<NotificationDbPostgres>().UseNpgsql(connection).Options;
                database = new Database(() => new NotificationDbPostgres(options), () => Task.CompletedTask);
            }
            await using var first = database.Open();
            await first.Database.MigrateAsync();
            return database;
        }

        public NotificationDb Open() => open();

        public async ValueTask DisposeAsync() => await drop();
    }
}
