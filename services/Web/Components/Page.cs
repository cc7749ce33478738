using Matchmaking.Web.Clients;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Web.Components;

/// <summary>What a route answers: a page, a way on, or a page that says why not.</summary>
internal static class Page
{
    /// <summary>Header of a form that the script sends, and of its answer: where to go on.</summary>
    private const string Onward = "X-Onward";

    // The signs at the end of a page are known only when the rest of it was rendered: so wait for the whole.
    public static IResult Show<T>(object? parameters = null, int status = 200) where T : IComponent =>
        new RazorComponentResult<T>(parameters ?? new { }) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>After a POST, to a page that can be loaded again.</summary>
    public static IResult Go(string path) => new SeeOther(path);

    /// <summary>An id in an address that somebody may have changed by hand: null where it is none.</summary>
    public static Guid? IdIn(string? query) => Guid.TryParse(query, out var id) ? id : null;

    /// <param name="kind">Of the texts "error.*".</param>
    public static IResult Error(string kind) => Show<ErrorPage>(new { Kind = kind }, kind switch
    {
        "missing" => 404,
        "expired" or "staff" or "answer" => 401,
        "role" => 403,
        "form" => 400,
        "unreachable" => 503,
        "busy" => 429,
        "large" or "long" => 413,
        _ => 500,
    });

    public static IResult Refused(Problem problem, bool staff = false) => Error(problem.Status switch
    {
        401 => staff ? "staff" : "expired",
        403 => "role",
        404 or 410 => "missing",
        429 => "busy",
        _ => "broken",
    });

    /// <summary>Whoever asks with HEAD (a link checker, a preview) gets the head of the page; the server leaves its body out.</summary>
    public static void AnswersHead(EndpointBuilder endpoint)
    {
        var at = endpoint.Metadata.ToList().FindIndex(m => m is IHttpMethodMetadata { HttpMethods: ["GET"] });
        if (at >= 0) endpoint.Metadata[at] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
    }

    private sealed class SeeOther(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext context)
        {
            // A script that sends a form cannot see where a redirect leads, and would load that page twice.
            var byScript = context.Request.Headers.ContainsKey(Onward);
            context.Response.StatusCode = byScript ? StatusCodes.Status204NoContent : StatusCodes.Status303SeeOther;
            context.Response.Headers[byScript ? Onward : "Location"] = Paths.Written(path);
            return Task.CompletedTask;
        }
    }
}
