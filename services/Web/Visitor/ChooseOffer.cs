using Matchmaking.Contracts.Matching;
using Matchmaking.Web.Clients;
using Matchmaking.Web.Components;

namespace Matchmaking.Web.Visitor;

/// <summary>POST /choose: bookmarks an offer, takes it out of the list, or takes that back; then to where the visitor was.</summary>
internal static class ChooseOffer
{
    public static void MapChoices(this RouteGroupBuilder pages)
    {
        pages.MapPost("/choose", Choose);
        pages.MapGet("/matches/gone", async (Visit visit, MatchingClient matching, CancellationToken cancel) =>
        {
            if (visit.Visitor is not { } pass) return Page.Error("expired");
            var reply = await matching.Choices(pass, cancel);
            if (reply.Problem is { } refusal) return Page.Refused(refusal);
            return Page.Show<GonePage>(new { Choices = (IReadOnlyList<OfferChosen>)[.. reply.Value!.Where(c => c.Choice == OfferChoices.NotForMe)] });
        });
    }

    private static async Task<IResult> Choose(HttpContext context, Visit visit, MatchingClient matching, CancellationToken cancel)
    {
        if (visit.Visitor is not { } pass) return Page.Error("expired");
        var form = await context.Request.ReadFormAsync(cancel);
        if (!Guid.TryParse(form["offer"], out var offer)) return Page.Error("missing");
        var (choice, back) = (form["choice"].ToString(), Paths.Local(form["back"]));
        var reason = OfferChoices.Reasons.Contains(form["reason"].ToString()) ? form["reason"].ToString() : null;
        var reply = OfferChoices.All.Contains(choice)
            ? await matching.Choose(pass, offer, new OfferChoice(choice, choice == OfferChoices.NotForMe ? reason : null), cancel)
            : await matching.TakeBack(pass, offer, cancel);
        if (reply.Problem is { } problem) return Page.Refused(problem);
        // Out of the list, its place is gone: the page begins with the way back.
        if (choice == OfferChoices.NotForMe) return Page.Go(back.StartsWith("/matches", StringComparison.Ordinal) ? $"{back}{(back.Contains('?') ? '&' : '?')}gone={offer}" : $"/matches?gone={offer}");
        return Page.Go($"{back}#o-{offer:N}");
    }
}
