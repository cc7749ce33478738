using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Matchmaking.ServiceDefaults.Problems;

/// <summary>What goes wrong in an API call becomes a problem document: never an exception's text, never a half-stored thing.</summary>
internal sealed partial class ApiFailures(ILogger<ApiFailures> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancel)
    {
        if (!ApiPaths.Has(context.Request.Path)) return false;
        if (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        var result = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem.Of("too-large", StatusCodes.Status413PayloadTooLarge),
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problem.Of("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType),
            BadHttpRequestException { InnerException: JsonException json } => Of(json),
            BadHttpRequestException => Problem.Of("malformed", StatusCodes.Status400BadRequest),
            JsonException json => Of(json),
            _ => null,
        };
        if (result is null)
        {
            LogFailed(log, context.Request.Method, context.GetEndpoint()?.DisplayName, exception);
            result = Problem.Of("internal", StatusCodes.Status500InternalServerError);
        }
        await result.ExecuteAsync(context);
        return true;
    }

    private static IResult Of(JsonException e)
    {
        // System.Text.Json has no codes, only texts; these two beginnings have been stable since .NET 8 and are tested.
        if (!e.Message.Contains("could not be mapped", StringComparison.Ordinal) && !e.Message.Contains("could not be converted", StringComparison.Ordinal))
            return Problem.Of("malformed", StatusCodes.Status400BadRequest);
        var path = e.Path is { Length: > 2 } p && p.StartsWith("$.", StringComparison.Ordinal) ? p[2..] : null;
        if (path is null) return Problem.Of("malformed", StatusCodes.Status400BadRequest);
        return Problem.Invalid(path, e.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "unknown-field" : "wrong-type");
    }

    [LoggerMessage(171, LogLevel.Error, "{Method} {Endpoint} failed")]
    private static partial void LogFailed(ILogger log, string method, string? endpoint, Exception e);
}

/// <summary>The paths that speak JSON; all others are pages.</summary>
public static class ApiPaths
{
    public static readonly IReadOnlyList<string> Prefixes = ["/api", "/internal", "/health", "/openapi", "/.well-known"];

    public static bool Has(PathString path) => Prefixes.Any(p => path.StartsWithSegments(p));
}
