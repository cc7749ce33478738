using System.Security.Claims;
using System.Text.Json;
using Matchmaking.Contracts.Notification;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Notification.Live;

/// <summary>
/// The caller's notices as they come, as server-sent events: "notice" with the id of the notice, by which a stream that broke off goes on
/// (Last-Event-ID). A comment now and then keeps proxies from ending a quiet stream; after a while it ends by itself, and the browser comes again with
/// whatever access it has by then.
/// </summary>
internal static class StreamNotices
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/notices/live", HandleAsync).WithTags("Notices").WithSummary("The caller's notices as they come (server-sent events; Last-Event-ID goes on where a stream broke off)")
            .RequireAuthorization(Policies.Party).Produces<string>(StatusCodes.Status200OK, "text/event-stream").Refuses(429, "too-many-streams");

    private static async Task<IResult> HandleAsync(
        HttpContext context, ClaimsPrincipal user, LiveNotices live, NotificationDb db, IOptions<NotificationOptions> options, IHostApplicationLifetime life, CancellationToken cancel)
    {
        if (Recipient.Of(user) is not { } caller) return TypedResults.Forbid();
        // What is there already is no news, but for what came since the last event; what comes from here on is found by the next look.
        var before = await db.Notices.Where(n => n.RecipientSide == caller.Side && n.RecipientId == caller.Id).OrderByDescending(n => n.CreatedAt).Take(ListNotices.Most).Select(n => n.Id).ToListAsync(cancel);
        var missed = Guid.TryParse(context.Request.Headers["Last-Event-ID"], out var last) ? await live.SinceAsync(caller, last, cancel) : [];
        if (live.Join(caller, [.. before, .. missed.Select(n => n.Id)]) is not { } stream)
        {
            context.Response.Headers.RetryAfter = "60";
            return Problem.Of("too-many-streams", StatusCodes.Status429TooManyRequests);
        }
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel, life.ApplicationStopping);
            ending.CancelAfter(options.Value.LiveLongest);
            await WriteAsync(context.Response, stream, missed, options.Value.LiveHeartbeat, ending.Token);
        }
        catch (OperationCanceledException) { } // its time is over, or its reader has gone
        finally { live.Leave(caller, stream); }
        return Results.Empty;
    }

    private static async Task WriteAsync(HttpResponse response, LiveStream stream, IReadOnlyList<Notice> missed, TimeSpan heartbeat, CancellationToken ending)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx holds answers back otherwise
        await response.WriteAsync("retry: 3000\n\n", ending);
        foreach (var notice in missed) await SendAsync(notice);
        while (true)
        {
            await response.Body.FlushAsync(ending);
            using var quiet = CancellationTokenSource.CreateLinkedTokenSource(ending);
            quiet.CancelAfter(heartbeat);
            try { await SendAsync(await stream.ReadAsync(quiet.Token)); }
            catch (OperationCanceledException) when (!ending.IsCancellationRequested)
            {
                await response.WriteAsync(": still here\n\n", ending);
                continue;
            }
            while (stream.TryRead(out var next)) await SendAsync(next);
        }

        Task SendAsync(Notice notice) => response.WriteAsync($"id: {notice.Id}\nevent: notice\ndata: {JsonSerializer.Serialize(notice, JsonSerializerOptions.Web)}\n\n", ending);
    }
}
