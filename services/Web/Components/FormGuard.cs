using Microsoft.AspNetCore.Antiforgery;

namespace Matchmaking.Web.Components;

/// <summary>Every POST to a page needs the token of a form that we wrote.</summary>
internal sealed class FormGuard(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method) && !await antiforgery.IsRequestValidAsync(http)) return Page.Error("form");
        return await next(context);
    }
}
