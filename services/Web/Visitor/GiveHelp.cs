using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/help: what this is, and whom to ask.</summary>
internal static class GiveHelp
{
    public static void MapHelp(this RouteGroupBuilder pages) =>
        pages.MapGet("/help", (string? back) => Page.Show<HelpPage>(new { Back = Paths.Local(back) }));
}
