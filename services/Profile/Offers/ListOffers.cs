using System.Globalization;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Exhibitors;
using Matchmaking.Profile.Fairs;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Offers;

internal static class ListOffers
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/offers").WithTags("Offers").AllowAnonymous();
        group.MapGet("", ListAsync).WithSummary("The offers of the current fair, a page at a time").Refuses(404, "no-fair").TakesOneOf("kind", Codes.OfferKinds);
        group.MapGet("{id:guid}", ReadAsync).WithSummary("One offer");
    }

    private static async Task<Results<Ok<PageOf<OfferView>>, ProblemHttpResult>> ListAsync(
        ProfileDb db, CurrentFair current, CancellationToken cancel,
        string? q = null, string? kind = null, string? language = null, Guid? exhibitorId = null, int page = 1, int pageSize = CataloguePage.Default)
    {
        if (CataloguePage.Check(page, pageSize, kind, Codes.OfferKinds, language) is { } refusal) return refusal;
        if (await current.GetAsync(cancel) is not { } fair) return Problem.Of("no-fair", StatusCodes.Status404NotFound);
        var exhibitors = await db.Exhibitors.AsNoTracking().Where(x => x.FairId == fair.Id && x.Published).ToDictionaryAsync(x => x.Id, cancel);
        var all = await db.Offers.AsNoTracking().Where(o => o.FairId == fair.Id && o.Published).OrderBy(o => o.Key).ToListAsync(cancel);
        var chosen = all.Where(o => exhibitors.ContainsKey(o.ExhibitorId)
            && (kind is null || o.Kind == kind) && (exhibitorId is null || o.ExhibitorId == exhibitorId)
            && (language is null || LanguagesOf(o, exhibitors[o.ExhibitorId]).Contains(NeedsRules.Reduced(language)))
            && CataloguePage.Says(q, [o.Title, o.Type, exhibitors[o.ExhibitorId].Name, .. o.Titles.Values])).ToList();
        return TypedResults.Ok(CataloguePage.Of(chosen, page, pageSize, o => View(o, exhibitors[o.ExhibitorId])));
    }

    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> ReadAsync(Guid id, ProfileDb db, CancellationToken cancel)
    {
        var offer = await db.Offers.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && o.Published, cancel);
        var exhibitor = offer is null ? null : await db.Exhibitors.AsNoTracking().SingleOrDefaultAsync(x => x.Id == offer.ExhibitorId, cancel);
        return exhibitor is null ? Problem.Of("not-found", StatusCodes.Status404NotFound) : TypedResults.Ok(View(offer!, exhibitor));
    }

    private static OfferView View(Offer o, Exhibitor x)
    {
        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        return new OfferView(o.Id, o.ExhibitorId, x.Name, o.Kind, o.Type, o.TitleIn(language), o.Title, o.Entry, o.Exit,
            o.Topics, o.Isco, LanguagesOf(o, x), o.Traits, o.Conditions, StandSign.In(x.Facts.Where, language));
    }

    /// <summary>An offer that names no languages is given in those of its exhibitor.</summary>
    private static IReadOnlyList<string> LanguagesOf(Offer o, Exhibitor x) => o.Languages is [] ? x.Languages : o.Languages;
}
