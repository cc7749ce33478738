using Matchmaking.Web.Components;

namespace Matchmaking.Web.Kiosk;

/// <summary>/day/phone: a code of one use, on the screen, that brings the visitor's list to a phone. Made when it is asked for, never by looking.</summary>
internal static class HandOver
{
    private const string Here = "/day/phone";

    public static void MapHandOver(this RouteGroupBuilder pages)
    {
        pages.MapGet(Here, async (HttpContext context, Visit visit, Cookies cookies, HandoffCodes codes) =>
        {
            if (visit.Visitor is null) return Page.Error("expired");
            if (cookies.ReadHandoff(context) is not { } code) return Show(visit, "new");
            if (code.Until <= visit.Now) return Show(visit, "over");
            // While the shared cache is away nobody can spend it either: so it stands as it stood.
            return Show(visit, await codes.Look(code.Code) is { Reachable: true, Pass: null } ? "taken" : "shown", code);
        });
        pages.MapPost(Here, async (HttpContext context, Visit visit, Cookies cookies, HandoffCodes codes) =>
        {
            if (visit.Visitor is not { } pass) return Page.Error("expired");
            // The one before it opens nothing any more.
            if (cookies.ReadHandoff(context) is { } before) await codes.Spend(before.Code);
            if (await codes.Make(pass) is not { } code) return Show(visit, "away");
            cookies.KeepHandoff(context, code);
            return Page.Go(Here);
        });
    }

    private static IResult Show(Visit visit, string state, HandoffCode? code = null) => Page.Show<HandOverPage>(new
    {
        State = state,
        Code = code,
        // Behind the "#" because no browser sends that: it is in no log of any server on the way. The language is of what was chosen here.
        Link = code is null ? "" : $"{visit.Origin}{TakeOver.Here}?lang={visit.Language}#{code.Code}",
        Address = new Uri(visit.Origin).Authority + TakeOver.Here,
    });
}
