using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;
using Matchmaking.Web.Visitor;

namespace Matchmaking.Web.Kiosk;

/// <summary>
/// /handoff: the phone's side. A camera opens /handoff#CODE; the script hands the code in by the form, whose token is the same as of any other form here.
/// Without a script the code is typed. It is spent only when all else is well, so a service that is away costs nobody their code.
/// </summary>
internal static class TakeOver
{
    public const string Here = "/handoff";

    public static void MapTakeOver(this RouteGroupBuilder pages)
    {
        pages.MapGet(Here, () => Page.Show<TakeOverPage>());
        pages.MapPost(Here, async (HttpContext context, Visit visit, Cookies cookies, HandoffCodes codes, ProfileClient profile, CancellationToken cancel) =>
        {
            var form = await context.Request.ReadFormAsync(cancel);
            var code = HandoffCodes.Read(form["code"]);
            var address = $"{context.Connection.RemoteIpAddress}";
            switch (await codes.MayTry(address))
            {
                case null: return Page.Error("unreachable");
                case false: return Page.Error("busy");
            }
            var (reachable, pass) = await codes.Look(code);
            if (!reachable) return Page.Error("unreachable");
            if (pass is null) return Gone();
            await codes.WasRight(address);

            var reply = await profile.Visitor(pass, cancel);
            if (reply.Problem is { } problem) return OpenLink.Refused(problem);
            if (form["asked"] != "1" && await OpenLink.AtStake(context, visit, cookies, pass, profile, cancel) is { } what)
                return Page.Show<OtherListPage>(new { What = what, Link = Here, Code = code });
            if ((await codes.Spend(code)).Pass is null) return Gone();
            OpenLink.LetIn(context, cookies, pass, reply.Value!);
            return Page.Go("/day");
        });
    }

    private static IResult Gone() => Page.Show<TakeOverPage>(new { Gone = true }, StatusCodes.Status422UnprocessableEntity);
}
