using Matchmaking.Web.Components;

namespace Matchmaking.Web.Kiosk;

/// <summary>
/// /kiosk: the start on a public screen. A browser becomes one when somebody of the fair presses the button there; from then on whoever comes to it
/// begins afresh, and cookies of the one before are wiped on the way.
/// </summary>
internal static class RunKiosk
{
    public static void MapKiosk(this RouteGroupBuilder pages)
    {
        pages.MapGet("/kiosk", (HttpContext context, Visit visit) =>
        {
            // Anybody's own browser may follow a link to here, and must not lose its list by that.
            if (!visit.Kiosk) return Page.Show<SetUpPage>();
            // Twice: what is wiped must be gone before the next page is written for this browser.
            if (Cookies.Used(context))
            {
                Begin(context);
                return Page.Go("/kiosk");
            }
            visit.Restart();
            return Page.Show<KioskPage>();
        });
        pages.MapPost("/kiosk", (HttpContext context) =>
        {
            Begin(context);
            return Page.Go("/kiosk");
        });
        // For whoever sets up the screens: nothing leads here. The browser is an ordinary one again, and takes nothing of a visit along.
        pages.MapGet("/kiosk/leave", (Visit visit) => visit.Kiosk ? Page.Show<SetUpPage>() : Page.Go("/"));
        pages.MapPost("/kiosk/leave", (HttpContext context) =>
        {
            Cookies.Wipe(context);
            Cookies.StopKiosk(context);
            return Page.Go("/");
        });
        // Where there is no script: a page of its own asks, and half a minute later the start wipes.
        pages.MapGet("/kiosk/timeout", (string? back) => Page.Show<TimeoutPage>(new { Back = Paths.Local(back) }));
        // With a second parameter: a lambda of the context alone is taken for a RequestDelegate, and what it returns is dropped.
        pages.MapPost("/kiosk/stay", async (HttpContext context, CancellationToken cancel) => Page.Go(Paths.Local((await context.Request.ReadFormAsync(cancel))["back"])));
        pages.MapPost("/kiosk/end", (HttpContext context, Visit visit) =>
        {
            Cookies.Wipe(context);
            return Page.Go(visit.Kiosk ? "/kiosk" : "/");
        });
    }

    private static void Begin(HttpContext context)
    {
        Cookies.Wipe(context);
        Cookies.StartKiosk(context);
    }
}
