using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Matchmaking.Notification.Tests;

/// <summary>A mail server that speaks just enough SMTP, can be away, can break off after it took a mail, and can refuse readers.</summary>
internal sealed class TinySmtp : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private TcpListener? _listener;

    public int Port { get; } = FreePort();
    public ConcurrentQueue<MimeMessage> Taken { get; } = new();
    public volatile bool RefuseReaders;

    /// <summary>What readers are answered instead, once each: "452 later".</summary>
    public ConcurrentQueue<string> Answers { get; } = new();

    /// <summary>How many mails to take without saying so.</summary>
    public int BreakOffs;

    public void Start()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        });
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        await using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { NewLine = "\r\n", AutoFlush = true };
        try
        {
            await writer.WriteLineAsync("220 tiny");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                switch (line.Split(' ', ':')[0].ToUpperInvariant())
                {
                    case "RCPT" when Answers.TryDequeue(out var answer): await writer.WriteLineAsync(answer); break;
                    case "RCPT" when RefuseReaders: await writer.WriteLineAsync("550 nobody here"); break;
                    case "DATA":
                        await writer.WriteLineAsync("354 go on");
                        await TakeAsync(reader);
                        if (Interlocked.Decrement(ref BreakOffs) >= 0) return;
                        await writer.WriteLineAsync("250 taken");
                        break;
                    case "QUIT": await writer.WriteLineAsync("221 bye"); return;
                    default: await writer.WriteLineAsync("250 tiny"); break;
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException) { }
    }

    private async Task TakeAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".") text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        Taken.Enqueue(await MimeMessage.LoadAsync(new MemoryStream(Encoding.Latin1.GetBytes(text.ToString())), _stop.Token));
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener?.Stop();
    }
}
