using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Models;

/// <summary>A model that was trained elsewhere becomes a challenger. The same file again changes nothing.</summary>
internal static class UploadModel
{
    /// <summary>The body is read here and not by the framework: that would judge its type before it is known who asks.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/models", HandleAsync).WithSummary("Upload a model file; it becomes a challenger and ranks nothing until a person promotes it")
            .WithDescription("The body is the file as it is, at most 8 MiB. The same file again answers 200 and changes nothing.")
            .RequireAuthorization(Policies.Analyst).WithMetadata(new SizeLimit())
            .Refuses(409, "model-version-taken").Refuses(413, "too-large").Refuses(422, ModelFaults.OfFiles);

    private static async Task<Results<Created<ModelView>, Ok<ModelView>, ProblemHttpResult>> HandleAsync(HttpRequest request, MatchingDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (request.ContentLength > LearnedModel.MostBytes) return Problem.Of("too-large", StatusCodes.Status413PayloadTooLarge);
        using var memory = new MemoryStream();
        await request.Body.CopyToAsync(memory, cancel);
        var file = memory.ToArray();
        var (model, fault) = LearnedModel.Read(file);
        if (model is null) return Problem.Of(fault!, StatusCodes.Status422UnprocessableEntity);

        db.Models.Add(KeptModel.Of(model, file, fairId: null, uploaded: true, clock.GetUtcNow()));
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (Refusals.UniquenessBroken(e) is not null)
        {
            db.ChangeTracker.Clear();
            if (!await db.Models.AnyAsync(m => m.Version == model.Version && m.Body == file, cancel)) return Problem.Of("model-version-taken", StatusCodes.Status409Conflict);
            return TypedResults.Ok(await ViewAsync());
        }
        return TypedResults.Created($"/api/models/{Uri.EscapeDataString(model.Version)}", await ViewAsync());

        async Task<ModelView> ViewAsync() => (await ListModels.ViewsAsync(db.Models.Where(m => m.Version == model.Version), cancel)).Single();
    }

    private sealed class SizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => LearnedModel.MostBytes;
    }
}
