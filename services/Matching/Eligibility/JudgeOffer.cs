using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Matching.Eligibility;

/// <summary>Any offer of the visitor's fair as it is for them: "why not?" has its answer here, with the rules and what would change it.</summary>
internal static class JudgeOffer
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/visitors/{id:guid}/offers/{offerId:guid}", HandleAsync).WithTags("Matches").WithSummary("One offer as it is for the visitor, in the list or not: verdict, reasons, rules, and what would change it")
            .RequireAuthorization(Policies.Visitor).OwnVisitor().Refuses(404, "not-found");

    private static async Task<Results<Ok<VisitorOffer>, ProblemHttpResult>> HandleAsync(Guid id, Guid offerId, HttpContext http, OwnLists lists, RulePacks packs, CancellationToken cancel)
    {
        if (await lists.OfAsync(id, cancel) is not { } own || !own.Fair.Snapshot.TryOffer(offerId, out var offer)) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var language = CallerLanguage.Of(http, own.Visitor.Needs.Language);
        var (facts, rules, rank) = (VisitorFacts.Of(own.Visitor.Needs), packs.Today(own.Fair), own.RankOf(offer));
        var item = rank > 0 ? own.List.Items[rank - 1] : await lists.ExplainAsync(own, offer, cancel);
        var judged = rules.Judge(facts, own.Fair.Snapshot, offer);
        return TypedResults.Ok(new VisitorOffer(own.View.Of(rank, item, language), own.View.Of(rank, item, "de"), own.Choices.GetValueOrDefault(offerId)?.Choice,
            PreviewEligibility.Hits(judged, language), PreviewEligibility.Hits(judged, "de"), VerdictChanges.Of(facts, own.Fair.Snapshot, offer, rules)));
    }
}
