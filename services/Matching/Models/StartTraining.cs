using Matchmaking.ServiceDefaults.Auth;

namespace Matchmaking.Matching.Models;

/// <summary>A person asks for a training now. What comes of it is told by GET /api/models.</summary>
internal static class StartTraining
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/models/train", HandleAsync).WithSummary("Train a challenger now, in the background; while one is being trained, that is the one").RequireAuthorization(Policies.Analyst);

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.Accepted> HandleAsync(MatchingDb db, TrainingDesk desk, CancellationToken cancel)
    {
        await desk.AskAsync(db, cancel);
        return TypedResults.Accepted("/api/models");
    }
}
