using System.Globalization;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Learning.Fairs;
using Matchmaking.Matching.Models;
using Matchmaking.Matching.Ranking;
using Matchmaking.Matching.Texts;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Quality;

/// <summary>
/// Down to one offer for one visitor: what was known, which rules spoke, what each feature added, what came of it, and which single other answer would have
/// changed it. Of who agreed to a review alone, and without identity, contact or note. Every look is noted.
/// </summary>
internal static class ShowMatch
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/quality/matches/{person}/{offerId:guid}", HandleAsync).WithSummary("One offer for one visitor of a figure's rows: rules, features, outcome, and what would have changed it")
            .RequireAuthorization(Policies.Analyst).Refuses(404, "not-found");

    private static async Task<Results<Ok<ShownMatch>, ProblemHttpResult>> HandleAsync(
        string person, Guid offerId, HttpContext http, MatchingDb db, PublishedCatalogues catalogues, RulePacks packs, Champion champion, TimeProvider clock, CancellationToken cancel, Guid? fair = null)
    {
        var now = clock.GetUtcNow();
        db.QualityLooks.Add(QualityLook.Of(http, now));
        await db.SaveChangesAsync(cancel);
        var catalogue = await catalogues.OfAsync(fair, cancel);
        if (catalogue is null || !catalogue.Snapshot.TryOffer(offerId, out var offer)) return Missing();
        if (await PersonAsync(db, catalogue.Fair.Id, person, cancel) is not { Reviewed: true, Last: { } list } found) return Missing();
        return TypedResults.Ok(Of(found, list, catalogue, offer, packs.Current.At(list.Day), await ModelAsync(db, champion, list, cancel)));

        static ProblemHttpResult Missing() => Problem.Of("not-found", StatusCodes.Status404NotFound);
    }

    private static async Task<Person?> PersonAsync(MatchingDb db, Guid fairId, string pseudonym, CancellationToken cancel)
    {
        var keys = await db.Visitors.Where(v => v.FairId == fairId).Select(v => v.RecordKey).ToListAsync(cancel);
        var key = keys.Find(k => ListFigureRows.PseudonymOf(k) == pseudonym);
        // Erased meanwhile, it is nobody.
        if (await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.FairId == fairId && v.RecordKey == key, cancel) is not { } visitor) return null;
        return Person.Of(
            visitor, [], await db.ShownLists.AsNoTracking().Where(l => l.RecordKey == key).ToListAsync(cancel), await db.OpenedOffers.AsNoTracking().Where(o => o.RecordKey == key).ToListAsync(cancel),
            await db.Bookings.AsNoTracking().Where(b => b.VisitorId == visitor.Id).OrderBy(b => b.RequestedAt).ToListAsync(cancel));
    }

    /// <param name="ranker">By which the list was ranked; null: no longer kept.</param>
    internal static ShownMatch Of(Person person, ShownList list, FairCatalogue catalogue, int offer, RulesOfDay rules, (LearnedModel? Learned, CaseScorer Scores)? ranker)
    {
        var (c, facts) = (catalogue.Snapshot, person.Facts);
        var (judgement, place) = (rules.Judge(facts, c, offer), list.Offers.ToList().IndexOf(c.Offers[offer].Id));
        var row = ExplainRanking.RowOf(facts, c, offer, judgement.Verdict);
        (double Score, IReadOnlyList<OutputExplained> Outputs)? explained = ranker is not { } by ? null : by.Learned is { } model ? ExplainRanking.OfModel(model, row) : ExplainRanking.OfBaseline(row);
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return new ShownMatch(
            ListFigureRows.PseudonymOf(person.Key), c.Offers[offer].Id, c.Offers[offer].Title, c.Exhibitors[c.Exhibitor[offer]].Name, list.At, place < 0 ? null : place + 1,
            place < 0 || place >= list.Propensities.Count ? null : list.Propensities[place], list.Candidates, new RankedBy(list.RankerKind, list.RankerVersion), list.Packs, list.Day,
            list.ProfileVersion == person.Version, Known(person), judgement.Verdict.Code(), judgement.Office,
            judgement.Office is { } office ? ReasonTexts.Office(office, language) : null, PreviewEligibility.Hits(judgement, language),
            explained?.Score, ranker is { } ranks ? PlaceOf(facts, c, offer, rules, ranks.Scores) : null, explained?.Outputs ?? [], ListFigureRows.StepsOf(person, c.Offers[offer].Id),
            VerdictChanges.Of(facts, c, offer, rules), ranker is { } other ? [.. Places(facts, c, offer, rules, other.Scores)] : []);
    }

    /// <summary>As an export has it, without what was not answered.</summary>
    private static Dictionary<string, string> Known(Person person) =>
        CaseFiles.Visitors.Zip(ExportCases.Visitor("", person.Facts, new CaseGroups(person.Labels[3], person.Labels[4], person.Labels[5]))).Where(x => x.Second.Length > 0).ToDictionary(x => x.First, x => x.Second);

    /// <summary>Of all that the rules do not exclude, from 1; null: they exclude the offer itself.</summary>
    private static int? PlaceOf(in VisitorFacts facts, CatalogueSnapshot c, int offer, RulesOfDay rules, CaseScorer ranker)
    {
        var judged = rules.JudgeAll(facts, c);
        if (judged.VerdictOn(offer) == Verdict.No) return null;
        var scores = new float[c.Count];
        ranker(new ShownCase(default, facts, c, rules, [], [], default, Baseline.RankedBy, new CaseGroups(null, null, null), []), judged, scores);
        return 1 + Enumerable.Range(0, c.Count).Count(o => scores[o] > scores[offer] && judged.VerdictOn(o) != Verdict.No);
    }

    private static IEnumerable<PlaceChange> Places(VisitorFacts facts, CatalogueSnapshot c, int offer, RulesOfDay rules, CaseScorer ranker)
    {
        var now = PlaceOf(facts, c, offer, rules, ranker);
        for (var field = VisitorField.CoursePaper; field < VisitorField.Occupation; field++)
        {
            var given = facts[field];
            var best = field.Values().Select((value, at) => (Value: value, Place: at + 1 == given ? null : PlaceOf(facts.With(field, at + 1), c, offer, rules, ranker)))
                .Where(x => x.Place is not null && x.Place != now).OrderBy(x => x.Place).FirstOrDefault();
            if (best.Place is { } place) yield return new PlaceChange(VisitorFields.Names[(int)field], best.Value, place);
        }
    }

    private static async Task<(LearnedModel? Learned, CaseScorer Scores)?> ModelAsync(MatchingDb db, Champion champion, ShownList list, CancellationToken cancel)
    {
        if (list.RankerKind == Baseline.RankedBy.Kind) return (null, CaseScorers.Baseline);
        var model = champion.Current?.Model;
        if (model?.Version != list.RankerVersion)
            model = (await KeptModel.ReadAsync(db, list.RankerVersion, cancel)).Model;
        return model is null ? null : (model, CaseScorers.Learned(model));
    }
}
