using Matchmaking.Web.Components;

namespace Matchmaking.Web.Kiosk;

/// <summary>/kiosk/call: whether somebody of the staff comes, one press to call them, and one that they need not any more.</summary>
internal static class CallStaff
{
    public static void MapCalls(this RouteGroupBuilder pages)
    {
        // With a script this is asked from whatever page is open, and what it says stands at the head of that one.
        pages.MapGet("/kiosk/call", (Visit visit, string? back, bool? away) =>
        {
            if (!visit.Kiosk) return Page.Go("/");
            visit.CallFailed = away == true;
            return Page.Show<CallPage>(new { Back = Paths.Local(back) });
        });
        pages.MapPost("/kiosk/call", async (HttpContext context, Visit visit, StaffCalls calls, CancellationToken cancel) =>
        {
            if (visit.Seat is not { } seat) return Page.Go("/");
            var back = Paths.Local((await context.Request.ReadFormAsync(cancel))["back"]);
            return Page.Go($"/kiosk/call?back={Uri.EscapeDataString(back)}{(await calls.Call(seat) ? "" : "&away=true")}");
        });
        pages.MapPost("/kiosk/call/end", async (HttpContext context, Visit visit, StaffCalls calls, CancellationToken cancel) =>
        {
            if (visit.Seat is { } seat) await calls.End(seat);
            return Page.Go(Paths.Local((await context.Request.ReadFormAsync(cancel))["back"]));
        });
    }
}
