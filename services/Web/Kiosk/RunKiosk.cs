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
        pages.MapGet("/kiosk", async (HttpContext context, Visit visit, StaffCalls calls, string? name) =>
        {
            // Anybody's own browser may follow a link to here, and must not lose its list by that. Nor is a kiosk renamed by being looked at.
            if (visit.Seat is not { } seat || (KioskSeat.Clean(name) is { Length: > 0 } other && other != seat.Name)) return Page.Show<SetUpPage>(new { Name = KioskSeat.Clean(name) });
            // Twice: what is wiped must be gone before the next page is written for this browser.
            if (Cookies.Used(context))
            {
                await Wipe(context, calls);
                Cookies.StartKiosk(context, seat);
                return Page.Go("/kiosk");
            }
            visit.Restart();
            return Page.Show<KioskPage>();
        });
        pages.MapPost("/kiosk", async (HttpContext context, StaffCalls calls, CancellationToken cancel) =>
        {
            var form = await context.Request.ReadFormAsync(cancel);
            await Wipe(context, calls);
            Cookies.StartKiosk(context, KioskSeat.New(form["name"]));
            return Page.Go("/kiosk");
        });
        // For whoever sets up the screens: nothing leads here. The browser is an ordinary one again, and takes nothing of a visit along.
        pages.MapGet("/kiosk/leave", (Visit visit) => visit.Kiosk ? Page.Show<SetUpPage>(new { Leave = true }) : Page.Go("/"));
        pages.MapPost("/kiosk/leave", async (HttpContext context, StaffCalls calls, CancellationToken cancel) =>
        {
            await Wipe(context, calls);
            Cookies.StopKiosk(context);
            return Page.Go("/");
        });
        // Where there is no script: a page of its own asks, and half a minute later the start wipes.
        pages.MapGet("/kiosk/timeout", (string? back) => Page.Show<TimeoutPage>(new { Back = Paths.Local(back) }));
        // With a second parameter: a lambda of the context alone is taken for a RequestDelegate, and what it returns is dropped.
        pages.MapPost("/kiosk/stay", async (HttpContext context, CancellationToken cancel) => Page.Go(Paths.Local((await context.Request.ReadFormAsync(cancel))["back"])));
        pages.MapPost("/kiosk/end", async (HttpContext context, Visit visit, StaffCalls calls) =>
        {
            await Wipe(context, calls);
            return Page.Go(visit.Kiosk ? "/kiosk" : "/");
        });
    }

    /// <summary>Whoever was here is gone, and with them what they called for.</summary>
    private static async Task Wipe(HttpContext context, StaffCalls calls)
    {
        Cookies.Wipe(context);
        if (Cookies.Seat(context) is { } seat) await calls.End(seat);
    }
}
