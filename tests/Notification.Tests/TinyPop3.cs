using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Matchmaking.Notification.Tests;

/// <summary>A mailbox that speaks just enough POP3.</summary>
internal sealed class TinyPop3 : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TinyPop3()
    {
        _listener.Start();
        _ = Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        });
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>By name.</summary>
    public ConcurrentDictionary<string, string> Mails { get; } = new();

    /// <summary>Names of the mails that were fetched, each time.</summary>
    public ConcurrentQueue<string> Fetched { get; } = [];

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        var (names, gone) = (Mails.Keys.Order(StringComparer.Ordinal).ToArray(), new List<string>());
        try
        {
            await writer.WriteLineAsync("+OK tiny");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                var at = line.Split(' ') is [_, var number] && int.TryParse(number, out var n) ? n - 1 : -1;
                switch (line.Split(' ')[0].ToUpperInvariant())
                {
                    case "CAPA": await writer.WriteLineAsync("+OK\r\nUSER\r\nUIDL\r\n."); break;
                    case "PASS" when line != "PASS secret": await writer.WriteLineAsync("-ERR no"); break;
                    case "STAT": await writer.WriteLineAsync($"+OK {names.Length} {names.Sum(name => Mails[name].Length)}"); break;
                    case "UIDL": await writer.WriteLineAsync("+OK\r\n" + string.Concat(names.Select((name, i) => $"{i + 1} {name}\r\n")) + "."); break;
                    case "LIST": await writer.WriteLineAsync("+OK\r\n" + string.Concat(names.Select((name, i) => $"{i + 1} {Mails[name].Length}\r\n")) + "."); break;
                    case "RETR":
                        Fetched.Enqueue(names[at]);
                        await writer.WriteLineAsync("+OK\r\n" + Mails[names[at]].ReplaceLineEndings("\r\n").Replace("\r\n.", "\r\n..") + "\r\n.");
                        break;
                    case "DELE":
                        gone.Add(names[at]);
                        await writer.WriteLineAsync("+OK");
                        break;
                    case "QUIT":
                        foreach (var name in gone) Mails.TryRemove(name, out string? _);
                        await writer.WriteLineAsync("+OK bye");
                        return;
                    default: await writer.WriteLineAsync("+OK"); break;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException) { }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
    }
}
