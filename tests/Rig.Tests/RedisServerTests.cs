using System.Net.Sockets;
using System.Text;

namespace Matchmaking.Rig.Tests;

public sealed class RedisServerTests
{
    [Fact]
    public async Task It_answers_and_comes_back_on_the_same_port_after_a_kill()
    {
        await using var server = await RedisServer.StartAsync();
        Assert.Equal("+PONG", await AskAsync(server, "PING"));

        await server.KillAsync();
        await Assert.ThrowsAnyAsync<SocketException>(() => AskAsync(server, "PING"));
        await server.RestartAsync();

        Assert.Equal("+PONG", await AskAsync(server, "PING"));
    }

    private static async Task<string> AskAsync(RedisServer server, string command)
    {
        var (host, port) = (server.ConnectionString.Split(':')[0], int.Parse(server.ConnectionString.Split(':')[1]));
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
    }
}
