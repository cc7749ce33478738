namespace Matchmaking.Web.Components;

/// <summary>Enters the visit, and answers what fails with a page in the visitor's language: never with an exception's text.</summary>
internal sealed partial class Hall(RequestDelegate next, ILogger<Hall> logger)
{
    public async Task InvokeAsync(HttpContext context, Visit visit)
    {
        try
        {
            // Files and pages share this branch; files need nobody's name. A day may be asked for as a calendar, and a signed right has dots.
            var path = context.Request.Path;
            if (!System.IO.Path.HasExtension(path) || path.StartsWithSegments("/day") || path.StartsWithSegments("/answer")) await visit.Enter(context);
            await next(context);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            Unreachable(e.GetType().Name);
            await Answer(context, "unreachable");
        }
        catch (BadHttpRequestException)
        {
            await Answer(context, "form");
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            Broken(e);
            await Answer(context, "broken");
        }
    }

    private static async Task Answer(HttpContext context, string kind)
    {
        if (context.Response.HasStarted) return;
        var headers = context.Response.Headers.ToArray();
        context.Response.Clear();
        foreach (var (name, value) in headers.Where(h => h.Key is not ("Content-Length" or "Content-Type" or "Location")))
            context.Response.Headers[name] = value;
        if (kind == "unreachable") context.Response.Headers.RetryAfter = "10";
        await Page.Error(kind).ExecuteAsync(context);
    }

    [LoggerMessage(3001, LogLevel.Warning, "A service did not answer: {Failure}")]
    private partial void Unreachable(string failure);

    [LoggerMessage(3002, LogLevel.Error, "A page failed")]
    private partial void Broken(Exception e);
}
