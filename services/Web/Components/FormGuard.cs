using Microsoft.AspNetCore.Antiforgery;

namespace Matchmaking.Web.Components;

/// <summary>Every POST to a page needs the token of a form that we wrote.</summary>
internal sealed class FormGuard(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            if (HttpMethods.IsPost(http.Request.Method) && !await antiforgery.IsRequestValidAsync(http)) return Page.Error("form");
        }
        catch (AntiforgeryValidationException e)
        {
            // It reads the form, and wraps what goes wrong in that.
            var large = e.InnerException is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge };
            return Page.Error(!large ? "form" : http.Request.Path.StartsWithSegments("/organiser") ? "large" : "long");
        }
        return await next(context);
    }
}
