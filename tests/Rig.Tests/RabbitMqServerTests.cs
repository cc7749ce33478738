using System.Text;
using RabbitMQ.Client;

namespace Matchmaking.Rig.Tests;

public sealed class RabbitMqServerTests
{
    [Theory]
    [InlineData("quorum")]
    [InlineData("classic")]
    public async Task A_confirmed_persistent_message_survives_a_kill_and_a_restart(string kind)
    {
        await using var server = await RabbitMqServer.StartAsync();
        var cancel = TestContext.Current.CancellationToken;
        await using (var connection = await ConnectAsync(server))
        {
            var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
            await using var channel = await connection.CreateChannelAsync(confirmed, cancel);
            await channel.QueueDeclareAsync(
                "letters", durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = kind }, cancellationToken: cancel);
            await channel.BasicPublishAsync(
                "", "letters", mandatory: true, new BasicProperties { Persistent = true }, "still here"u8.ToArray(), cancel);
            // RabbitMQ 3.10 writes down that a quorum queue exists only some moments after its declaration is answered. Killed before
            // that it comes back with a queue that has no leader; a wait is the only sign there is.
            await Task.Delay(TimeSpan.FromSeconds(2), cancel);
            await server.KillAsync();
        }

        await server.RestartAsync();

        await using var again = await ConnectAsync(server);
        await using var reader = await again.CreateChannelAsync(cancellationToken: cancel);
        var message = await reader.BasicGetAsync("letters", autoAck: true, cancel);
        Assert.Equal("still here", Encoding.UTF8.GetString(message!.Body.Span));
    }

    [Fact]
    public async Task Two_brokers_run_side_by_side_without_knowing_each_other()
    {
        var both = await Task.WhenAll(RabbitMqServer.StartAsync(), RabbitMqServer.StartAsync());
        await using var first = both[0];
        await using var second = both[1];
        await first.KillAsync();
        await using var connection = await ConnectAsync(second);
        Assert.True(connection.IsOpen);
    }

    private static async Task<IConnection> ConnectAsync(RabbitMqServer server) =>
        await new ConnectionFactory { Uri = new Uri(server.ConnectionString), AutomaticRecoveryEnabled = false }
            .CreateConnectionAsync(TestContext.Current.CancellationToken);
}
