using Matchmaking.Notification.Inbox;
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
