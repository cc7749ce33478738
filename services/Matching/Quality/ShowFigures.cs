using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Quality;

/// <summary>All figures of one slice of a fair. Every look is noted.</summary>
internal static class ShowFigures
{
    /// <summary>Pieces of time of which figures by group are told: in smaller ones nothing would be left of small groups.</summary>
    public const int PeopleInPiece = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/quality/figures", HandleAsync).WithSummary("Figures of any slice, with intervals and definitions; small numbers are never told, nor what would reveal them")
            .RequireAuthorization(Policies.Analyst).Refuses(404, "not-found").Refuses(422, ModelFaults.OfFiles);
        routes.MapGet("/api/quality/fairs", FairsAsync).WithSummary("The fairs of which there are figures, the latest first").RequireAuthorization(Policies.Analyst);
        routes.MapGet("/api/quality/definitions", () => TypedResults.Ok(FigureDefinitions.All)).WithSummary("What each figure counts, its formula and its source").RequireAuthorization(Policies.Analyst);
    }

    private static async Task<Results<Ok<QualityFigureSet>, ProblemHttpResult>> HandleAsync(
        [AsParameters] FigureQuestion question, HttpContext http, MatchingDb db, PublishedCatalogues catalogues, KeepFigures kept, TimeProvider clock, CancellationToken cancel)
    {
        var faults = new List<FieldFault>();
        question.Span(faults);
        if (faults.Count > 0) return Problem.Invalid(faults);
        var fair = await catalogues.OfAsync(question.Fair, cancel);
        if (fair is null) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var answer = await kept.AnswerAsync(fair, question, cancel);
        if (answer.Figures is not { } figures) return answer.Faults.Count > 0 ? Problem.Invalid(answer.Faults) : Problem.Of(answer.Code!, answer.Status);
        db.QualityLooks.Add(QualityLook.Of(http, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(figures);
    }

    private static async Task<Ok<FairView[]>> FairsAsync(PublishedCatalogues catalogues, CancellationToken cancel) =>
        TypedResults.Ok((await catalogues.AllAsync(cancel)).Select(c => c.Fair).OrderByDescending(f => f.Opens)
            .Select(f => new FairView(f.Id, f.Name, f.Place, f.Opens, f.Closes, f.Zone, f.Languages, f.Demo)).ToArray());

    /// <summary>Pure: the same people, catalogue and rules give the same figures to the last digit.</summary>
    internal static QualityFigureSet Figures(
        FigureDesk desk, RulePackSet packs, LearnedModel? champion, OtherOrder? other, IReadOnlyDictionary<Guid, (int All, int Free)> seats, MeetingCaps caps, DateTimeOffset now, CancellationToken cancel)
    {
        var days = new Dictionary<DateOnly, RulesOfDay>();
        var (judged, today) = (OrderFigures.JudgedOf(desk), RulesOf(desk.Catalogue.DayOf(now)));
        var (needs, unneeded) = SupplyFigures.Of(desk, today, seats);
        return new QualityFigureSet(
            desk.Catalogue.Fair.Id, ToldSpan.Beginning, ToldSpan.End, desk.Count("people").Figure, desk.AtMost, FunnelFigures.Of(desk), OrderFigures.Of(desk, judged), GapFigures.Of(desk, judged),
            ExposureFigures.Of(desk, seats), ChanceFigures.Of(desk, champion, RulesOf), SupplyFigures.FirstAnswer(desk).Figure, needs, unneeded, SupplyFigures.Rules(desk, today),
            other is null ? [] : PolicyFigures.Of(desk, other, champion, RulesOf, caps, cancel), desk.Catalogue.Fair.Demo, now);

        RulesOfDay RulesOf(DateOnly day) => days.TryGetValue(day, out var rules) ? rules : days[day] = packs.At(day);
    }

    /// <summary>Everybody of a fair, in the order in which they came.</summary>
    internal static async Task<(IReadOnlyList<Person> People, IReadOnlyList<DateTimeOffset> Cuts)> PeopleAsync(MatchingDb db, Guid fairId, CancellationToken cancel)
    {
        var visitors = await db.Visitors.AsNoTracking().Where(v => v.FairId == fairId).OrderBy(v => v.Since).ThenBy(v => v.RecordKey).ToListAsync(cancel);
        var shown = (await db.ShownLists.AsNoTracking().Where(l => l.FairId == fairId).ToListAsync(cancel)).ToLookup(l => l.RecordKey);
        var opened = (await (from look in db.OpenedOffers.AsNoTracking() join visitor in db.Visitors on look.RecordKey equals visitor.RecordKey where visitor.FairId == fairId select look).ToListAsync(cancel)).ToLookup(o => o.RecordKey);
        var bookings = (await db.Bookings.AsNoTracking().Where(b => b.FairId == fairId).OrderBy(b => b.RequestedAt).ToListAsync(cancel)).ToLookup(b => b.VisitorId);
        var cuts = ToldSpan.Cuts(visitors.Select(v => v.Since), PeopleInPiece);
        return ([.. visitors.Select(v => Person.Of(v, cuts, shown[v.RecordKey], opened[v.RecordKey], bookings[v.Id]))], cuts);
    }
}
