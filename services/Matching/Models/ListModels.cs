using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Models;

/// <summary>What ranks, what could, and how it came to that.</summary>
internal static class ListModels
{
    private const int MostChanges = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/models", ListAsync).WithSummary("The model that ranks, its challengers with their reports, the log of changes, and how training stands").RequireAuthorization(Policies.Analyst);
        routes.MapGet("/api/models/{version}", ReadAsync).WithSummary("One model with its report").RequireAuthorization(Policies.Analyst);
    }

    private static async Task<Ok<ModelsView>> ListAsync(MatchingDb db, Champion champion, TrainingDesk desk, PublishedCatalogues catalogues, CancellationToken cancel)
    {
        await champion.FollowAsync(cancel);
        // First, as it is written last: a training that is told to have ended has its model in what is read after it.
        var training = await desk.ViewAsync(db, cancel);
        var now = champion.Now;
        var changes = await db.ModelChanges.AsNoTracking().OrderBy(c => c.Number).ToListAsync(cancel);
        var standing = ModelChange.Standing(changes);
        var models = await ViewsAsync(db.Models.Where(m => m.State == ModelStates.Challenger || standing.Contains(m.Version)), cancel);
        RankedBy? back = standing.Count == 0 ? null
            : ModelChange.Named(standing.SkipLast(1).LastOrDefault(v => v != standing[^1] && models.Exists(m => m.Version == v && m.Fault is null)));
        return TypedResults.Ok(new ModelsView(
            now.Model?.RankedBy ?? Baseline.RankedBy, models.Find(m => m.Version == standing.LastOrDefault()), now.Fault, back,
            [.. models.Where(m => m.State == ModelStates.Challenger).OrderByDescending(m => m.CreatedAt)], [.. changes.AsEnumerable().Reverse().Take(MostChanges).Select(c => c.View)],
            training, (await catalogues.CurrentAsync(cancel))?.Fair.Demo == true));
    }

    private static async Task<Results<Ok<ModelView>, ProblemHttpResult>> ReadAsync(string version, MatchingDb db, CancellationToken cancel) =>
        (await ViewsAsync(db.Models.Where(m => m.Version == version), cancel)) is [var model] ? TypedResults.Ok(model) : Problem.Of("not-found", StatusCodes.Status404NotFound);

    /// <summary>Models are listed without their bodies; that one was made for other features is seen without reading it.</summary>
    public static async Task<List<ModelView>> ViewsAsync(IQueryable<KeptModel> models, CancellationToken cancel) =>
        [.. (await models.AsNoTracking().Select(m => new { m.Version, m.State, m.CreatedAt, m.FairId, m.Uploaded, m.Fingerprint, m.Facts, m.Report }).ToListAsync(cancel))
            .Select(m => new ModelView(
                m.Version, m.State, m.CreatedAt, m.FairId, m.Uploaded, m.Fingerprint, m.Fingerprint == Features.Fingerprint ? null : ModelFaults.OtherFeatures,
                Of<TrainingFacts>(m.Facts), Of<ModelReport>(m.Report)))];

    private static T Of<T>(string json) => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web)!;
}
