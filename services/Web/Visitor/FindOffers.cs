using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>/search: offers by what somebody types, also those that are not in their list. What was typed goes to Matching and nowhere else.</summary>
internal static class FindOffers
{
    private const int MostLetters = 80;

    public static void MapSearch(this RouteGroupBuilder pages)
    {
        pages.MapGet("/search", Show);
        // At a kiosk, where what was typed must not stand in an address: the browser keeps those.
        pages.MapPost("/search", async (HttpContext context, Visit visit, Cookies cookies, CancellationToken cancel) =>
        {
            var typed = Cut((await context.Request.ReadFormAsync(cancel))["q"]);
            if (!visit.Kiosk) return Page.Go($"/search?q={Uri.EscapeDataString(typed)}");
            cookies.KeepSought(context, typed);
            return Page.Go("/search");
        });
    }

    private static async Task<IResult> Show(HttpContext context, Visit visit, Cookies cookies, MatchingClient matching, string? q, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var typed = Cut(visit.Kiosk ? cookies.ReadSought(context) : q);
        var met = matching.VisitorMeetings(pass, cancel);
        var chosen = matching.Choices(pass, cancel);
        var found = typed.Length == 0 ? new(new FoundOffers([], []), null) : await matching.Search(pass, typed, cancel);
        if (found.Problem is { } refusal) return Page.Refused(refusal);
        return Page.Show<SearchPage>(new { Typed = typed, Found = found.Value!, Meetings = (IReadOnlyList<Meeting>)((await met).Value ?? []), Choices = (IReadOnlyList<OfferChosen>)((await chosen).Value ?? []) });
    }

    private static string Cut(string? typed)
    {
        var plain = (typed ?? "").Trim();
        return plain.Length <= MostLetters ? plain : plain[..MostLetters];
    }
}
