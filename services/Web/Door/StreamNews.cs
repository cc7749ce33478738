using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Door;

/// <summary>
/// /day/live and /exhibitor/live: what comes while a page is open. A browser's stream sends cookies and no bearer token, so it is asked for here and handed
/// on. Beside it, for whoever gets no stream: the id of the newest notice, to be asked for now and then.
/// </summary>
internal static class StreamNews
{
    private const int Piece = 4096;

    public static void MapNews(this RouteGroupBuilder pages)
    {
        pages.MapGet("/day/live", (HttpContext context, Visit visit, NotificationClient notification, IHostApplicationLifetime life) => Stream(context, visit.Visitor?.Token, notification, life));
        pages.MapGet("/day/live/latest", (Visit visit, NotificationClient notification, CancellationToken cancel) => Latest(visit.Visitor?.Token, notification, cancel));
        pages.MapGet("/exhibitor/live", (HttpContext context, Visit visit, NotificationClient notification, IHostApplicationLifetime life) => Stream(context, OfStand(visit), notification, life));
        pages.MapGet("/exhibitor/live/latest", (Visit visit, NotificationClient notification, CancellationToken cancel) => Latest(OfStand(visit), notification, cancel));
    }

    private static string? OfStand(Visit visit) => visit.Staff is { Role: "exhibitor" } pass ? pass.Token : null;

    private static async Task<IResult> Stream(HttpContext context, string? bearer, NotificationClient notification, IHostApplicationLifetime life)
    {
        if (bearer is null) return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        // An open stream is no reason to keep a process that is told to stop.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        var cancel = ending.Token;
        try
        {
            using var answer = await notification.Live(bearer, context.Request.Headers["Last-Event-ID"], cancel);
            if (!answer.IsSuccessStatusCode) return TypedResults.StatusCode((int)answer.StatusCode);
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            await using var news = await answer.Content.ReadAsStreamAsync(cancel);
            var piece = new byte[Piece];
            while (await news.ReadAsync(piece, cancel) is > 0 and var read)
            {
                await context.Response.Body.WriteAsync(piece.AsMemory(0, read), cancel);
                await context.Response.Body.FlushAsync(cancel);
            }
        }
        // A stream that ends in the middle is asked for again by the browser.
        catch (Exception e) when (cancel.IsCancellationRequested || (context.Response.HasStarted && e is IOException or HttpRequestException)) { }
        return Results.Empty;
    }

    private static async Task<IResult> Latest(string? bearer, NotificationClient notification, CancellationToken cancel)
    {
        if (bearer is null) return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        var told = await notification.Notices(bearer, cancel);
        return told.Problem is { } problem ? TypedResults.StatusCode(problem.Status) : TypedResults.Text(told.Value is [var newest, ..] ? newest.Id.ToString() : "none");
    }
}
