using Matchmaking.Web.Components;

namespace Matchmaking.Web.Kiosk;

/// <summary>/kiosk: the start on a public screen. Whoever comes to it begins afresh: cookies of the one before are wiped on the way.</summary>
internal static class RunKiosk
{
    public static void MapKiosk(this RouteGroupBuilder pages)
    {
        pages.MapGet("/kiosk", (HttpContext context, Visit visit) =>
        {
            Cookies.Wipe(context);
            Cookies.StartKiosk(context);
            visit.Restart();
            return Page.Show<KioskPage>();
        });
        // For whoever sets up the screens: nothing leads here. The browser is an ordinary one again, and takes nothing of a visit along.
        pages.MapGet("/kiosk/leave", (HttpContext context) =>
        {
            Cookies.Wipe(context);
            Cookies.StopKiosk(context);
            return Page.Go("/");
        });
        // Where there is no script: a page of its own asks, and half a minute later the start wipes.
        pages.MapGet("/kiosk/timeout", (string? back) => Page.Show<TimeoutPage>(new { Back = Paths.Local(back) }));
        pages.MapPost("/kiosk/stay", async (HttpContext context) => Page.Go(Paths.Local((await context.Request.ReadFormAsync())["back"])));
        pages.MapPost("/kiosk/end", (HttpContext context) =>
        {
            Cookies.Wipe(context);
            return Page.Go("/kiosk");
        });
    }
}
