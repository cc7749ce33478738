using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/link/{visitor}/{token}: a capability link from a QR code or a mail. It lets in and changes nothing.</summary>
internal static class OpenLink
{
    public static void MapLink(this RouteGroupBuilder pages) =>
        pages.MapGet("/link/{visitor:guid}/{token:maxlength(100)}", async (
            Guid visitor, string token, HttpContext context, Cookies cookies, ProfileClient profile, string? to, CancellationToken cancel) =>
        {
            var pass = new VisitorPass(visitor, token);
            var reply = await profile.Visitor(pass, cancel);
            if (reply.Problem is { } problem) return problem.Status is 401 or 404 ? Page.Error("expired") : Page.Refused(problem);
            cookies.KeepVisitor(context, pass);
            // Opened on a phone that has not been asked yet: in the language of whose list it is, whatever the phone's own.
            if (context.Request.Cookies[Cookies.Language] is null && reply.Value!.Needs.Language is { } own && Tongues.Active.Contains(own)) Cookies.KeepLanguage(context, own);
            return Page.Go(to == "day" ? "/day" : "/matches");
        });
}
