using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Http;
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
        MatchingDb db, PublishedCatalogues catalogues, TimeProvider clock, CancellationToken cancel, string? from = null, string? to = null, Guid? fair = null)
    {
        var faults = new List<FieldFault>();
        var (start, end) = (Read("from", from, ToldSpan.Beginning, 0), Read("to", to, ToldSpan.End, 1));
        if (faults.Count == 0 && end < start) faults.Add(new FieldFault("to", "wrong-order"));
        if (faults.Count > 0) return Problem.Invalid(faults);
        var catalogue = fair is { } id ? await catalogues.OfFairAsync(id, cancel) : await catalogues.CurrentAsync(cancel);
        if (catalogue is null) return Problem.Of("not-found", StatusCodes.Status404NotFound);

        var (fairId, now) = (catalogue.Fair.Id, clock.GetUtcNow());
        if (from is not null || to is not null)
            (start, end) = ToldSpan.Around(start, end, await db.Visitors.Where(v => v.FairId == fairId).Select(v => v.Since).ToListAsync(cancel));
        var slots = await SlotBoard.OfFairAsync(db, fairId, now, cancel);
        var input = new QualityInput(
            catalogue,
            await db.Visitors.AsNoTracking().Where(v => v.FairId == fairId && v.Since >= start && v.Since < end).ToListAsync(cancel),
            await db.ShownLists.AsNoTracking().Where(l => l.FairId == fairId && l.At >= start && l.At < end).ToListAsync(cancel),
            await (from opened in db.OpenedOffers.AsNoTracking()
                   join visitor in db.Visitors on opened.VisitorId equals visitor.Id
                   where visitor.FairId == fairId && opened.At >= start && opened.At < end
                   select opened).ToListAsync(cancel),
            [.. (await db.Bookings.AsNoTracking().Where(b => b.FairId == fairId && b.RequestedAt >= start && b.RequestedAt < end).ToListAsync(cancel)).Where(b => !b.IsPlanned)],
            slots.Where(s => s.Slot.Start > now).GroupBy(s => s.Slot.ExhibitorId).ToDictionary(g => g.Key, g => g.GroupBy(s => s.Slot.Start).Sum(at => at.Max(s => s.Free.Count))));
        return TypedResults.Ok(QualityFigures.Of(input, now) with { From = start, To = end });

        // A day without a time is meant whole (in UTC: the range is about days, not hours).
        DateTimeOffset Read(string field, string? text, DateTimeOffset otherwise, int wholeDays)
        {
            if (string.IsNullOrEmpty(text)) return otherwise;
            if (Times.IsDay(text, out var day)) return new DateTimeOffset(day.AddDays(wholeDays), TimeOnly.MinValue, TimeSpan.Zero);
            if (Times.Fault(text, out var time) is not { } fault) return time.ToUniversalTime();
            faults.Add(new FieldFault(field, fault));
            return otherwise;
        }
    }
}
