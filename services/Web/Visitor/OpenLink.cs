using Matchmaking.Contracts.Profile;
using Matchmaking.Contracts.Texts;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>
/// /link/{visitor}/{token}: a capability link from a QR code or a mail. It lets in and changes nothing; a browser that holds somebody else's list, or
/// answers that are not handed in yet, is asked first, because they would be gone from it.
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
        if (!asked && await AtStake(context, visit, cookies, pass, profile, cancel) is { } what)
            return Page.Show<OtherListPage>(new { What = what, Link = $"/link/{pass.Id}/{Uri.EscapeDataString(pass.Token)}{(to == "day" ? "?to=day" : "")}" });
        LetIn(context, cookies, pass, reply.Value!);
        return Page.Go(to == "day" ? "/day" : "/matches");
    }

    /// <returns>What this browser would lose: "other", a list, or "draft", answers of somebody who has no list yet; null: nothing. A list that was erased, or has run out, is none to lose.</returns>
    internal static async Task<string?> AtStake(HttpContext context, Visit visit, Cookies cookies, VisitorPass pass, ProfileClient profile, CancellationToken cancel)
    {
        if (visit.Visitor?.Id == pass.Id) return null;
        if (visit.Visitor is { } own && !(await profile.Visitor(own, cancel)).Refused) return "other";
        return cookies.ReadDraft<Draft>(context) is { Says: true } ? "draft" : null;
    }

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
