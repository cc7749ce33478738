using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Matching.Search;

/// <summary>Offers by what a visitor types, in whichever language: those of their list in its order, then the others with what speaks against them.</summary>
internal static class FindOffers
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/visitors/{id:guid}/search", HandleAsync).WithTags("Matches").WithSummary("Offers by what is typed, in any language; also those that are not in the list, with the reason")
            .RequireAuthorization(Policies.Visitor).OwnVisitor().Refuses(404, "not-found");

    /// <param name="q">What was typed. It is kept nowhere.</param>
    /// <param name="language">The language that it is looked for in first, beside German and English; default: the one of the answer.</param>
    private static async Task<Results<Ok<FoundOffers>, ProblemHttpResult>> HandleAsync(Guid id, HttpContext http, OwnLists lists, CancellationToken cancel, string? q = null, string? language = null)
    {
        if (await lists.OfAsync(id, cancel) is not { } own) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var spoken = CallerLanguage.Of(http, own.Visitor.Needs.Language);
        var found = OfferIndex.Of(own.Fair.Snapshot).Find(q, language ?? spoken).ToHashSet();
        var listed = own.List.Items.Index().Where(x => found.Remove(x.Item.Offer)).Select(x => own.View.Of(x.Index + 1, x.Item, spoken)).ToArray();
        var others = new List<RankedOffer>(found.Count);
        foreach (var offer in found) others.Add(await lists.ExplainAsync(own, offer, cancel));
        return TypedResults.Ok(new FoundOffers(listed, [.. others.OrderBy(o => o.Verdict).ThenBy(o => o.Offer).Select(o => own.View.Of(0, o, spoken))]));
    }
}
