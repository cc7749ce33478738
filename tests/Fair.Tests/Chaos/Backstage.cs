using System.Diagnostics;
using Matchmaking.Fair.Tests.Fairs;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Matchmaking.Fair.Tests.Chaos;

/// <summary>What only somebody behind the scenes sees and does: queues, databases.</summary>
internal static class Backstage
{
    /// <summary>All queues; whoever adds a consumer adds its name here (and is reminded by <see cref="UnknownQueuesAsync"/>).</summary>
    private static readonly string[] Queues =
    [
        "ConfirmErasureConsumer", "EraseVisitorConsumer", "EraseVisitorFromMatchingConsumer", "KeepCatalogueConsumer", "KeepVisitorConsumer",
        "KeepVisitorLinkConsumer", "KnowVisitorLinkConsumer", "RankVisitorConsumer", "TellListReadyConsumer", "TellMeetingAcceptedConsumer",
        "TellMeetingCancelledConsumer", "TellMeetingDeclinedConsumer", "TellMeetingExpiredConsumer", "TellMeetingProposedConsumer",
        "TellMeetingRequestedConsumer", "TellSignInLinkConsumer",
    ];

    private static readonly string[] Databases = ["profile", "matching", "notification"];

    /// <summary>Every queue exists, is read by somebody, and nothing waits in it.</summary>
    public static async Task<bool> QueuesAreEmptyAsync(DeployedFair fair)
    {
        try
        {
            await using var connection = await new ConnectionFactory { Uri = new Uri(fair.Rabbit.ConnectionString), AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
            await using var channel = await connection.CreateChannelAsync();
            foreach (var queue in Queues)
                if (await channel.QueueDeclarePassiveAsync(queue) is not { ConsumerCount: > 0, MessageCount: 0 }) return false;
            return true;
        }
        catch (Exception e) when (e is OperationInterruptedException or BrokerUnreachableException or AlreadyClosedException or IOException) { return false; }
    }

    public static async Task<IEnumerable<string>> UnknownQueuesAsync(DeployedFair fair)
    {
        var seen = new HashSet<string>();
        foreach (var name in Databases)
        {
            await using var database = NpgsqlDataSource.Create(fair.Databases[name]);
            seen.UnionWith(await Table.ReadAsync(database, "select distinct consumer from inbox", r => r.GetString(0)));
        }
        return seen.Except(Queues);
    }

    /// <summary>
    /// As if the dispatcher had died between the broker's confirm and the mark: rows that were sent are to be sent again. Some of everything,
    /// and some of the requests for sure.
    /// </summary>
    public static async Task ForgetSomeSendingsAsync(DeployedFair fair)
    {
        foreach (var (name, which) in new[] { ("profile", ""), ("matching", ""), ("matching", "and type like '%.MeetingRequested'") })
        {
            await using var database = NpgsqlDataSource.Create(fair.Databases[name]);
            await using var forget = database.CreateCommand(
                $"update outbox set sent_at = null where id in (select id from outbox where sent_at is not null and body is not null {which} order by random() limit 20)");
            Assert.NotEqual(0, await forget.ExecuteNonQueryAsync());
        }
    }

    /// <summary>Waits until nothing moves any more: all sent, all queues empty, no notice waits, and no table changes for some seconds.</summary>
    public static async Task UntilQuietAsync(DeployedFair fair)
    {
        string? last = null;
        var (clock, still) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        while (still.Elapsed < TimeSpan.FromSeconds(4))
        {
            Assert.True(clock.Elapsed < 4 * RunningFair.Patience, "It does not come to rest: " + last);
            await Task.Delay(250);
            var now = await SnapshotAsync(fair);
            if (now.Waiting > 0 || now.Shape != last || !await QueuesAreEmptyAsync(fair)) still.Restart();
            last = now.Shape;
        }
    }

    private static async Task<(long Waiting, string Shape)> SnapshotAsync(DeployedFair fair)
    {
        var (waiting, shape) = (0L, "");
        foreach (var name in Databases)
        {
            await using var database = NpgsqlDataSource.Create(fair.Databases[name]);
            var notices = name == "notification" ? "(select count(*) from notices where result = 'waiting')" : "0";
            var row = (await Table.ReadAsync(database, $"""
                select (select count(*) from outbox where sent_at is null and dead_at is null) + {notices}, (select count(*) from inbox), (select count(*) from outbox),
                    (select count(*) from visitors), (select coalesce(sum(attempts), 0) from outbox)
                """, r => Enumerable.Range(0, 5).Select(r.GetFieldValue<decimal>).ToArray()))[0];
            waiting += (long)row[0];
            shape += name + " " + string.Join(' ', row) + "; ";
        }
        return (waiting, shape);
    }
}
