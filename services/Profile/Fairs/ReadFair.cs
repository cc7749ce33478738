using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;

namespace Matchmaking.Profile.Fairs;

internal static class ReadFair
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/fairs/current", HandleAsync).WithTags("Fairs").WithSummary("The fair that is meant where a call names none").AllowAnonymous();

    private static async Task<Results<Ok<FairView>, ProblemHttpResult>> HandleAsync(CurrentFair current, CancellationToken cancel) =>
        await current.GetAsync(cancel) is { } fair ? TypedResults.Ok(fair.View) : Problem.Of("no-fair", StatusCodes.Status404NotFound);
}

/// <summary>The current fair, from the cache for half a minute at most; an import drops it.</summary>
internal sealed class CurrentFair(HybridCache cache, IServiceScopeFactory scopes)
{
    private const string Key = "profile:current-fair";
    private static readonly HybridCacheEntryOptions Briefly = new() { Expiration = TimeSpan.FromSeconds(30), LocalCacheExpiration = TimeSpan.FromSeconds(30) };

    public ValueTask<Fair?> GetAsync(CancellationToken cancel) => cache.GetOrCreateAsync(Key, async token =>
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ProfileDb>().Fairs.AsNoTracking().SingleOrDefaultAsync(f => f.Current, token);
    }, Briefly, cancellationToken: cancel);

    public ValueTask ForgetAsync(CancellationToken cancel) => cache.RemoveAsync(Key, cancel);
}
