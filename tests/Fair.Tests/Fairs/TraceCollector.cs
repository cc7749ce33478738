using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Matchmaking.Rig;

namespace Matchmaking.Fair.Tests.Fairs;

/// <summary>A span as a process exported it.</summary>
/// <param name="Service">The resource's service.name.</param>
public sealed record Span(string Service, string TraceId, string SpanId, string ParentId, string Name);

/// <summary>Takes traces in over OTLP/HTTP (binary protobuf), as a collector would, and keeps who, what and which trace.</summary>
public sealed class TraceCollector : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<Span> spans = [];
    private readonly ConcurrentQueue<byte[]> requests = [];
    private readonly ConcurrentQueue<string> metrics = [];

    public TraceCollector()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        listener.Prefixes.Add(Address.ToString());
        listener.Start();
        _ = Task.Run(ListenAsync);
    }

    public Uri Address { get; }

    public IReadOnlyList<Span> Of(string traceId) => [.. spans.Where(s => s.TraceId == traceId)];

    /// <summary>How often a process has handed over its metrics.</summary>
    public int MetricsOf(string service) => metrics.Count(s => s == service);

    /// <summary>Whether anything exported, be it trace, metric or log, holds the text.</summary>
    public bool Said(string text) => requests.Any(r => r.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    public void Dispose() => listener.Close();

    private async Task ListenAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext call;
            try { call = await listener.GetContextAsync(); }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException) { return; }
            using var body = new MemoryStream();
            await call.Request.InputStream.CopyToAsync(body);
            requests.Enqueue(body.ToArray());
            if (call.Request.Url!.AbsolutePath == "/v1/traces") Keep(body.ToArray());
            if (call.Request.Url.AbsolutePath == "/v1/metrics")
                foreach (var (_, ofOne) in Protobuf.Fields(body.ToArray()).Where(f => f.Number == 1)) metrics.Enqueue(ServiceOf(Protobuf.Fields(ofOne)));
            call.Response.ContentType = "application/x-protobuf";
            call.Response.Close();
        }
    }

    // opentelemetry/proto/collector/trace/v1: resource_spans = 1 { resource = 1 { attributes = 1 { key = 1, value = 2 { string = 1 } } },
    // scope_spans = 2 { spans = 2 { trace_id = 1, span_id = 2, parent_span_id = 4, name = 5 } } }
    private void Keep(ReadOnlyMemory<byte> request)
    {
        foreach (var (_, resourceSpans) in Protobuf.Fields(request).Where(f => f.Number == 1))
        {
            var parts = Protobuf.Fields(resourceSpans).ToArray();
            var service = ServiceOf(parts);
            foreach (var span in parts.Where(f => f.Number == 2).SelectMany(s => Protobuf.Fields(s.Bytes)).Where(f => f.Number == 2).Select(s => Protobuf.Fields(s.Bytes).ToArray()))
                spans.Enqueue(new Span(service, Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5)));
        }
    }

    /// <summary>Resource_metrics begins like resource_spans.</summary>
    private static string ServiceOf(IEnumerable<(int Number, ReadOnlyMemory<byte> Bytes)> parts) => parts.Where(f => f.Number == 1).SelectMany(r => Protobuf.Fields(r.Bytes)).Where(f => f.Number == 1)
        .Select(a => Protobuf.Fields(a.Bytes).ToArray()).Where(a => Text(a, 1) == "service.name")
        .Select(a => Text([.. Protobuf.Fields(a.First(f => f.Number == 2).Bytes)], 1)).FirstOrDefault() ?? "";

    private static string Text((int Number, ReadOnlyMemory<byte> Bytes)[] fields, int number) => Encoding.UTF8.GetString(Bytes(fields, number).Span);

    private static string Hex((int Number, ReadOnlyMemory<byte> Bytes)[] fields, int number) => Convert.ToHexStringLower(Bytes(fields, number).Span);

    private static ReadOnlyMemory<byte> Bytes((int Number, ReadOnlyMemory<byte> Bytes)[] fields, int number) => fields.FirstOrDefault(f => f.Number == number).Bytes;
}

/// <summary>Just enough of the wire format to walk through messages: fields of a length, the others skipped.</summary>
internal static class Protobuf
{
    public static IEnumerable<(int Number, ReadOnlyMemory<byte> Bytes)> Fields(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0: Varint(message, ref at); break;
                case 1: at += 8; break;
                case 5: at += 4; break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    yield return ((int)(tag >> 3), message.Slice(at, length));
                    at += length;
                    break;
                default: throw new InvalidDataException($"Wire type {tag & 7} is not of protobuf 3.");
            }
        }
    }

    private static ulong Varint(ReadOnlyMemory<byte> message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message.Span[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80) return value;
        }
    }
}
