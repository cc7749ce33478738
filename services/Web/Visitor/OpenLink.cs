using Matchmaking.Contracts.Profile;
using Matchmaking.Contracts.Texts;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>
/// /link/{visitor}/{token}: a capability link from a QR code or a mail. It lets in and changes nothing; a browser that holds somebody else's list is
/// asked first, because that list would be gone from it.
/// </summary>
internal static class OpenLink
{
    private const string Link = "/link/{visitor:guid}/{token:maxlength(100)}";

    public static void MapLink(this RouteGroupBuilder pages)
    {
        pages.MapGet(Link, (Guid visitor, string token, HttpContext context, Visit visit, Cookies cookies, ProfileClient profile, string? to, CancellationToken cancel) =>
            Open(new(visitor, token), asked: false, context, visit, cookies, profile, to, cancel));
        pages.MapPost(Link, (Guid visitor, string token, HttpContext context, Visit visit, Cookies cookies, ProfileClient profile, string? to, CancellationToken cancel) =>
            Open(new(visitor, token), asked: true, context, visit, cookies, profile, to, cancel));
    }

    private static async Task<IResult> Open(
        VisitorPass pass, bool asked, HttpContext context, Visit visit, Cookies cookies, ProfileClient profile, string? to, CancellationToken cancel)
    {
        var reply = await profile.Visitor(pass, cancel);
        if (reply.Problem is { } problem) return Refused(problem);
        if (!asked && await HoldsAnother(visit, pass, profile, cancel))
            return Page.Show<OtherListPage>(new { Link = $"/link/{pass.Id}/{Uri.EscapeDataString(pass.Token)}{(to == "day" ? "?to=day" : "")}" });
        LetIn(context, cookies, pass, reply.Value!);
        return Page.Go(to == "day" ? "/day" : "/matches");
    }

    /// <summary>A list that was erased, or has run out, is none to lose.</summary>
    internal static async Task<bool> HoldsAnother(Visit visit, VisitorPass pass, ProfileClient profile, CancellationToken cancel) =>
        visit.Visitor is { } own && own.Id != pass.Id && !(await profile.Visitor(own, cancel)).Refused;

    internal static IResult Refused(Problem problem) => problem.Status is 401 or 404 ? Page.Error("expired") : Page.Refused(problem);

    /// <summary>From now on this browser is the visitor's.</summary>
    internal static void LetIn(HttpContext context, Cookies cookies, VisitorPass pass, VisitorProfile visitor)
    {
        // A draft of nobody yet, or of whose list was here before, is not theirs.
        if (cookies.ReadVisitor(context)?.Id != pass.Id) Cookies.DropDraft(context);
        cookies.KeepVisitor(context, pass);
        // Opened on a phone that has not been asked yet: in the language of whose list it is, whatever the phone's own.
        if (context.Request.Cookies[Cookies.Language] is null && visitor.Needs.Language is { } language && Words.Languages.Contains(language)) Cookies.KeepLanguage(context, language);
    }
}
