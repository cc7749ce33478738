using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Hybrid;

namespace Matchmaking.Profile.Fairs;

internal static class ReadFair
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/fairs/current", HandleAsync).WithTags("Fairs").WithSummary("The fair that is meant where a call names none").AllowAnonymous().Refuses(404, "no-fair");

    private static async Task<Results<Ok<FairView>, ProblemHttpResult>> HandleAsync(CurrentFair current, CancellationToken cancel) =>
        await current.GetAsync(cancel) is { } fair ? TypedResults.Ok(fair.View) : Problem.Of("no-fair", StatusCodes.Status404NotFound);
}

/// <summary>The current fair, from the cache for half a minute at most; an import drops it.</summary>
internal sealed partial class CurrentFair(HybridCache cache, IServiceScopeFactory scopes, ILogger<CurrentFair> log)
{
    private const string Key = "profile:current-fair";
    private static readonly HybridCacheEntryOptions Briefly = new() { Expiration = TimeSpan.FromSeconds(30), LocalCacheExpiration = TimeSpan.FromSeconds(30) };

    public ValueTask<Fair?> GetAsync(CancellationToken cancel) => cache.GetOrCreateAsync(Key, async token =>
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ProfileDb>().Fairs.AsNoTracking().SingleOrDefaultAsync(f => f.Current, token);
    }, Briefly, cancellationToken: cancel);

    /// <summary>As well as it goes: what was saved before must not be reported as failed because the shared cache is away.</summary>
    public async ValueTask ForgetAsync(CancellationToken cancel)
    {
        try { await cache.RemoveAsync(Key, cancel); }
        catch (Exception e) when (e is not OperationCanceledException) { LogKept(log, e.GetType().Name); }
    }

    [LoggerMessage(231, LogLevel.Warning, "The shared cache does not answer ({Reason}): other replicas see the change of the fair within half a minute")]
    private static partial void LogKept(ILogger log, string reason);
}
