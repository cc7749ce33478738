using System.Text.Json;
using Matchmaking.ServiceDefaults.Http;
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
            BadHttpRequestException parameter when NameOf(parameter) is { } name => Problem.Invalid(name, "wrong-type"),
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

    /// <summary>The parameter of the address that could not be read; the framework tells it in words alone: Failed to bind parameter "int page" from "x".</summary>
    private static string? NameOf(BadHttpRequestException e)
    {
        const string Before = "Failed to bind parameter \"";
        if (!e.Message.StartsWith(Before, StringComparison.Ordinal)) return null;
        var named = e.Message[Before.Length..];
        return named[..Math.Max(0, named.IndexOf('"'))].Split(' ')[^1];
    }

    private static IResult Of(JsonException e)
    {
        var path = PathOf(e);
        if (path.Length > 0 && e.GetBaseException() is TimeWithoutOffsetException) return Problem.Invalid(path, "time-offset");
        // System.Text.Json has no codes, only texts; these two beginnings have been stable since .NET 8 and are tested.
        var unknown = e.Message.Contains("could not be mapped", StringComparison.Ordinal);
        if (path.Length == 0 || !unknown && !e.Message.Contains("could not be converted", StringComparison.Ordinal))
            return Problem.Of("malformed", StatusCodes.Status400BadRequest);
        return Problem.Invalid(path, unknown ? "unknown-field" : "wrong-type");
    }

    /// <summary>"needs.german.speaking"; where a converter read a part by itself, its path goes on from the outer one.</summary>
    private static string PathOf(JsonException e)
    {
        var path = "";
        for (var at = e; at is not null; at = at.InnerException as JsonException)
            if (at.Path is { Length: > 1 } p && p[0] == '$') path += p[1..];
        return path.TrimStart('.');
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
