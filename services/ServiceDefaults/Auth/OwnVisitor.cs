using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Matchmaking.ServiceDefaults.Auth;

public static class OwnVisitorExtensions
{
    /// <summary>The route's {id} must be the caller's own: somebody else's answers 404, because even existence is not told.</summary>
    public static RouteHandlerBuilder OwnVisitor(this RouteHandlerBuilder endpoint) => endpoint.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        return Guid.TryParse(http.Request.RouteValues["id"] as string, out var id) && http.User.VisitorId() == id
            ? await next(context)
            : Problem.Of("not-found", StatusCodes.Status404NotFound);
    });
}
