using Matchmaking.Contracts.Profile;
using Matchmaking.Profile.Fairs;
using Matchmaking.Profile.Import;
using Matchmaking.Profile.Offers;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Profile.Exhibitors;

internal static class ListExhibitors
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/exhibitors").WithTags("Exhibitors").AllowAnonymous();
        group.MapGet("", ListAsync).WithSummary("The exhibitors of the current fair, a page at a time").Refuses(404, "no-fair").TakesOneOf("kind", Vocabulary.ExhibitorKinds);
        group.MapGet("{id:guid}", ReadAsync).WithSummary("One exhibitor");
    }

    private static async Task<Results<Ok<PageOf<ExhibitorView>>, ProblemHttpResult>> ListAsync(
        ProfileDb db, CurrentFair current, CancellationToken cancel, string? q = null, string? kind = null, string? language = null, int page = 1, int pageSize = CataloguePage.Default)
    {
        if (CataloguePage.Check(page, pageSize, kind, Vocabulary.ExhibitorKinds, language) is { } refusal) return refusal;
        if (await current.GetAsync(cancel) is not { } fair) return Problem.Of("no-fair", StatusCodes.Status404NotFound);
        var all = await db.Exhibitors.AsNoTracking().Where(x => x.FairId == fair.Id && x.Published).OrderBy(x => x.Name).ToListAsync(cancel);
        var chosen = all.Where(x => (kind is null || x.Kind == kind) && (language is null || x.Languages.Contains(NeedsRules.Reduced(language))) && CataloguePage.Says(q, x.Name, x.Address)).ToList();
        return TypedResults.Ok(CataloguePage.Of(chosen, page, pageSize, x => x.View));
    }

    private static async Task<Results<Ok<ExhibitorView>, ProblemHttpResult>> ReadAsync(Guid id, ProfileDb db, CancellationToken cancel) =>
        await db.Exhibitors.AsNoTracking().SingleOrDefaultAsync(x => x.Id == id && x.Published, cancel) is { } exhibitor
            ? TypedResults.Ok(exhibitor.View)
            : Problem.Of("not-found", StatusCodes.Status404NotFound);
}
