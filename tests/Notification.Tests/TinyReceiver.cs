using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Notification.Tests;

/// <summary>A stand's own system: takes what it is sent, answers as it is told to, and can hang.</summary>
internal sealed class TinyReceiver : IAsyncDisposable
{
    public sealed record Received(string Id, string Timestamp, string Signature, string Body);

    private readonly WebApplication _app;
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<Received> Taken { get; } = new();

    /// <summary>Answers of the next calls; then 204.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();
    public volatile int Always;
    public volatile bool Hangs;

    /// <summary>The path that alone hangs; the others answer.</summary>
    public volatile string? HangsAt;
    public int Hanging;
    public string Url { get; private set; } = "";

    private TinyReceiver(WebApplication app) => _app = app;

    public static async Task<TinyReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var receiver = new TinyReceiver(builder.Build());
        receiver._app.Run(receiver.AnswerAsync);
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        receiver.Url = receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";
        return receiver;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (Hangs || context.Request.Path == HangsAt)
        {
            Interlocked.Increment(ref Hanging);
            await Task.WhenAny(_released.Task, Task.Delay(Timeout.Infinite, context.RequestAborted));
            return;
        }
        string Header(string name) => context.Request.Headers[name].ToString();
        Taken.Enqueue(new Received(Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), body));
        context.Response.StatusCode = Answers.TryDequeue(out var status) ? status : Always > 0 ? Always : StatusCodes.Status204NoContent;
        if (context.Response.StatusCode is 302) context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
    }

    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        await _app.DisposeAsync();
    }
}
