using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Quality;

/// <summary>The analyst's figures for the current fair, or for ?fair=, from what happened between ?from and ?to, widened to a <see cref="ToldSpan"/>.</summary>
internal static class SummariseQuality
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/quality/summary", HandleAsync).WithSummary("Funnel, quality of the lists, groups, exposure, and what is missing")
            .RequireAuthorization(Policies.Analyst).Refuses(404, "not-found");

    private static async Task<Results<Ok<QualitySummary>, ProblemHttpResult>> HandleAsync(
        HttpContext http, MatchingDb db, PublishedCatalogues catalogues, KeepFigures kept, TimeProvider clock, CancellationToken cancel, string? from = null, string? to = null, Guid? fair = null)
    {
        var faults = new List<FieldFault>();
        var (start, end) = (FigureQuestion.Read("from", from, ToldSpan.Beginning, 0, faults), FigureQuestion.Read("to", to, ToldSpan.End, 1, faults));
        if (faults.Count == 0 && end < start) faults.Add(new FieldFault("to", "wrong-order"));
        if (faults.Count > 0) return Problem.Invalid(faults);
        var catalogue = await catalogues.OfAsync(fair, cancel);
        if (catalogue is null) return Problem.Of("not-found", StatusCodes.Status404NotFound);

        var (fairId, now) = (catalogue.Fair.Id, clock.GetUtcNow());
        db.QualityLooks.Add(QualityLook.Of(http, now));
        await db.SaveChangesAsync(cancel);
        if (from is null && to is null) return TypedResults.Ok(await kept.SummaryAsync(catalogue, cancel));
        (start, end) = ToldSpan.Around(start, end, await db.Visitors.Where(v => v.FairId == fairId).Select(v => v.Since).ToListAsync(cancel));
        var input = await ReadAsync(db, catalogue, start, end, now, cancel);
        return TypedResults.Ok(QualityFigures.Of(input, now) with { ByGroup = [], From = start, To = end });
    }

    /// <summary>Of the whole fair.</summary>
    internal static async Task<QualitySummary> OfAsync(MatchingDb db, FairCatalogue catalogue, DateTimeOffset now, CancellationToken cancel)
    {
        var input = await ReadAsync(db, catalogue, ToldSpan.Beginning, ToldSpan.End, now, cancel);
        var summary = QualityFigures.Of(input, now);
        return summary with { ByGroup = InBlocks(summary.ByGroup, input), From = ToldSpan.Beginning, To = ToldSpan.End };
    }

    private static async Task<QualityInput> ReadAsync(MatchingDb db, FairCatalogue catalogue, DateTimeOffset start, DateTimeOffset end, DateTimeOffset now, CancellationToken cancel)
    {
        var fairId = catalogue.Fair.Id;
        var slots = await SlotBoard.OfFairAsync(db, fairId, now, cancel);
        return new QualityInput(
            catalogue,
            await db.Visitors.AsNoTracking().Where(v => v.FairId == fairId && v.Since >= start && v.Since < end).ToListAsync(cancel),
            await db.ShownLists.AsNoTracking().Where(l => l.FairId == fairId && l.At >= start && l.At < end).ToListAsync(cancel),
            await (from opened in db.OpenedOffers.AsNoTracking()
                   join visitor in db.Visitors on opened.RecordKey equals visitor.RecordKey
                   where visitor.FairId == fairId && opened.At >= start && opened.At < end
                   select opened).ToListAsync(cancel),
            [.. (await db.Bookings.AsNoTracking().Where(b => b.FairId == fairId && b.RequestedAt >= start && b.RequestedAt < end).ToListAsync(cancel)).Where(b => !b.IsPlanned)],
            slots.Where(s => s.Slot.Start > now).GroupBy(s => s.Slot.ExhibitorId).ToDictionary(g => g.Key, g => g.GroupBy(s => s.Slot.Start).Sum(at => at.Max(s => s.Free.Count))));
    }

    /// <summary>Groups as the figures of slices count them, so that neither is worked out from the other; and of the whole fair alone, as the groups of two spans differ by a few.</summary>
    private static GroupQuality[] InBlocks(IReadOnlyList<GroupQuality> groups, QualityInput input)
    {
        var (lists, bookings, cuts) = (input.Shown.ToLookup(l => l.RecordKey), input.Bookings.ToLookup(b => b.VisitorId), ToldSpan.Cuts(input.Visitors.Select(v => v.Since), ShowFigures.PeopleInPiece));
        var blocks = Blocks.Of([.. input.Visitors.Select(v => Person.Of(v, cuts, lists[v.RecordKey], [], bookings[v.Id]).Labels)]);
        return [.. groups.Select(g => g with { People = blocks?.Within(new FigureFilter().With(g.By, g.Group)).Length ?? 0 }).Where(g => g.People >= QualityFigures.SmallestGroup)];
    }
}
