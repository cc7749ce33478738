using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Matchmaking.Matching.Quality;

/// <summary>The analyst's figures at a glance for the current fair, or for ?fair=, of those who came between ?from and ?to, widened as every span of figures is.</summary>
internal static class SummariseQuality
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/quality/summary", HandleAsync).WithSummary("Funnel, quality of the lists, groups, exposure, and what is missing: the same figures as /api/quality/figures, and counts")
            .RequireAuthorization(Policies.Analyst).Refuses(404, "not-found");

    private static async Task<Results<Ok<QualitySummary>, ProblemHttpResult>> HandleAsync(
        HttpContext http, MatchingDb db, PublishedCatalogues catalogues, KeepFigures kept, TimeProvider clock, CancellationToken cancel, string? from = null, string? to = null, Guid? fair = null)
    {
        var (question, faults) = (new FigureQuestion { From = from, To = to }, new List<FieldFault>());
        question.Span(faults);
        if (faults.Count > 0) return Problem.Invalid(faults);
        var catalogue = await catalogues.OfAsync(fair, cancel);
        if (catalogue is null) return Problem.Of("not-found", StatusCodes.Status404NotFound);

        var now = clock.GetUtcNow();
        db.QualityLooks.Add(QualityLook.Of(http, now));
        await db.SaveChangesAsync(cancel);
        if (from is null && to is null) return TypedResults.Ok(await kept.SummaryAsync(catalogue, cancel));
        return QualityFigures.Of(await FairRecord.ReadAsync(db, catalogue, now, cancel), question, faults) is { } summary ? TypedResults.Ok(summary) : Problem.Invalid(faults);
    }

    /// <summary>Of the whole fair.</summary>
    internal static QualitySummary Of(FairRecord record) => QualityFigures.Of(record, new FigureQuestion(), [])!;
}
