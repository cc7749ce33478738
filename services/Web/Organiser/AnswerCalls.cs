using Matchmaking.Web.Components;
using Matchmaking.Web.Exhibitor;
using Matchmaking.Web.Kiosk;

namespace Matchmaking.Web.Organiser;

/// <summary>/organiser/calls: which kiosks call, since when, and who goes there.</summary>
internal static class AnswerCalls
{
    private const string Here = "/organiser/calls";

    public static void MapStaffCalls(this RouteGroupBuilder pages)
    {
        pages.MapGet(Here, (Visit visit, StaffCalls calls) => Gate.For(visit, "organiser", async _ => Page.Show<CallsPage>(new { Calls = await calls.Open() })));
        pages.MapPost(Here + "/{id:guid}/go", (Guid id, Visit visit, StaffCalls calls) => Gate.For(visit, "organiser", async _ => await calls.Go(id) ? Page.Go(Here) : Page.Error("unreachable")));
        pages.MapPost(Here + "/{id:guid}/end", (Guid id, Visit visit, StaffCalls calls) => Gate.For(visit, "organiser", async _ =>
        {
            await calls.End(id);
            return Page.Go(Here);
        }));
    }
}
