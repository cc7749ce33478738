using System.Security.Cryptography;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Quality;

/// <summary>The people behind a figure: those of the whole blocks of which it is told who agreed to a review. Every look is noted.</summary>
internal static class ListFigureRows
{
    private const int AtOnce = 50;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/quality/rows", HandleAsync).WithSummary("Whom a figure counts, pseudonymous, by pages of 50; refused where the figure is not told")
            .RequireAuthorization(Policies.Analyst).Refuses(404, "not-found").Refuses(409, "too-few").Refuses(422, ModelFaults.OfFiles);

    private static async Task<Results<Ok<FigureRows>, ProblemHttpResult>> HandleAsync(
        [AsParameters] FigureQuestion question, HttpContext http, MatchingDb db, PublishedCatalogues catalogues, RulePacks packs, Champion champion, IOptions<MatchingOptions> options, TimeProvider clock,
        CancellationToken cancel,
        [FromQuery(Name = "figure")] string? figure = null, [FromQuery(Name = "of")] string? of = null, [FromQuery(Name = "after")] int? after = null)
    {
        var faults = new List<FieldFault>();
        FigureBehindRows.Check(figure, of, question, faults);
        if (after < 0) faults.Add(new FieldFault("after", "out-of-range", 0, int.MaxValue));
        question.Span(faults);
        var weights = question.OtherWeights(faults);
        if (faults.Count > 0) return Problem.Invalid(faults);
        var fair = await catalogues.OfAsync(question.Fair, cancel);
        if (fair is null) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var (other, code, status) = await AnswerFigures.OtherAsync(db, question.Other, cancel);
        if (code is not null) return Problem.Of(code, status);
        var now = clock.GetUtcNow();
        var record = await FairRecord.ReadAsync(db, fair, now, cancel);
        if (question.Desk(fair, record.People, record.Cuts, faults) is not { } asked) return Problem.Invalid(faults);
        db.QualityLooks.Add(QualityLook.Of(http, now));
        await db.SaveChangesAsync(cancel);
        var counted = new FigureBehindRows(asked.Desk, packs.Current, champion.Current?.Model, AnswerFigures.Order(other, weights), options.Value.Caps, now, cancel)
            .Counted(figure!, of);
        if (counted.Figure.Value is null) return Problem.Of("too-few", StatusCodes.Status409Conflict);
        // Of who did not agree to a review nothing is told one by one, nor of a block that may be rounded; they are counted.
        var open = asked.Desk.Listed(counted);
        var from = after ?? 0;
        return TypedResults.Ok(new FigureRows(
            counted.Figure, of, counted.People.Length, [.. open.Skip(from).Take(AtOnce).Select(p => RowOf(asked.Desk, record.People[p], counted.Hits(p)))], open.Length > from + AtOnce ? from + AtOnce : null));
    }

    private static FigureRowOf RowOf(FigureDesk desk, Person p, bool counts)
    {
        var last = p.Last?.Offers ?? [];
        FigurePlace[] places =
        [
            .. last.Select((offer, place) => (offer, place)).Where(x => desk.Takes(x.offer)).Select(x => new FigurePlace(x.place + 1, x.offer, StepsOf(p, x.offer), desk.Catalogue.Offer(x.offer)?.Title)),
            .. p.Came.Keys.Where(o => desk.Takes(o) && !last.Contains(o)).Order().Select(o => new FigurePlace(null, o, StepsOf(p, o), desk.Catalogue.Offer(o)?.Title)),
        ];
        return new FigureRowOf(PseudonymOf(p.Key), counts, p.Lists.Length, p.Last is { } list ? Person.ModelOf(list) : null, places);
    }

    internal static string PseudonymOf(Guid recordKey) => "p" + Convert.ToHexStringLower(SHA256.HashData(recordKey.ToByteArray()))[..12];

    internal static string[] StepsOf(Person p, Guid offer) => p.Came.TryGetValue(offer, out var outcome) ? [.. CaseFiles.StepsOf(outcome)] : [];
}
