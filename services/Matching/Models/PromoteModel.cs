using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Ranking;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Models;

/// <summary>
/// A person puts a model in force, or goes back to what ranked before; nothing else does. Who decides says their name, why, and which champion they
/// saw. The same press twice finds its own change as the last one, and gets the same answer.
/// </summary>
internal static class PromoteModel
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/models/{version}/promote", PromoteAsync).WithSummary("Put a model in force; every replica follows within five seconds").RequireAuthorization(Policies.Analyst)
            .Refuses(409, "changed-meanwhile").Refuses(422, [.. ModelFaults.OfFiles]);
        routes.MapPost("/api/models/rollback", RollBackAsync).WithSummary("Go back to the champion before, or to the baseline").RequireAuthorization(Policies.Analyst)
            .Refuses(409, "changed-meanwhile", "nothing-to-roll-back");
    }

    private static async Task<Results<Ok<ModelChangeView>, ProblemHttpResult>> PromoteAsync(
        string version, ModelDecision decision, ClaimsPrincipal caller, MatchingDb db, Champion champion, TimeProvider clock, CancellationToken cancel)
    {
        if (Faults(decision) is { Count: > 0 } faults) return Problem.Invalid(faults);
        if (await db.Models.AsNoTracking().Where(m => m.Version == version).Select(m => m.Body).SingleOrDefaultAsync(cancel) is not { } body) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        if (LearnedModel.Read(body) is { Fault: { } fault }) return Problem.Of(fault, StatusCodes.Status422UnprocessableEntity);
        return await DecideAsync(ModelChange.Promotion, version, decision, caller, db, champion, clock,
            standing => Task.FromResult<(string?, string?)>(standing.LastOrDefault() == version ? (null, "changed-meanwhile") : (version, null)), cancel);
    }

    private static async Task<Results<Ok<ModelChangeView>, ProblemHttpResult>> RollBackAsync(
        ModelDecision decision, ClaimsPrincipal caller, MatchingDb db, Champion champion, TimeProvider clock, CancellationToken cancel)
    {
        if (Faults(decision) is { Count: > 0 } faults) return Problem.Invalid(faults);
        return await DecideAsync(ModelChange.Rollback, null, decision, caller, db, champion, clock, async standing =>
        {
            if (standing.Count == 0) return (null, "nothing-to-roll-back");
            foreach (var version in standing.SkipLast(1).Reverse().Where(v => v != standing[^1]))
            {
                var body = await db.Models.AsNoTracking().Where(m => m.Version == version).Select(m => m.Body).SingleOrDefaultAsync(cancel);
                if (body is not null && LearnedModel.Read(body).Fault is null) return (version, null);
            }
            return (null, null);
        }, cancel);
    }

    /// <param name="wanted">The version that is named; null: none is.</param>
    /// <param name="choose">From what stands: where to, or the code of a refusal.</param>
    private static async Task<Results<Ok<ModelChangeView>, ProblemHttpResult>> DecideAsync(
        string kind, string? wanted, ModelDecision decision, ClaimsPrincipal caller, MatchingDb db, Champion champion, TimeProvider clock,
        Func<List<string>, Task<(string? To, string? Refusal)>> choose, CancellationToken cancel)
    {
        var (by, reason, role) = (decision.Name!.Trim(), decision.Reason!.Trim(), caller.FindFirstValue(Claims.Role)!);
        var changes = await db.ModelChanges.AsNoTracking().OrderBy(c => c.Number).ToListAsync(cancel);
        var standing = ModelChange.Standing(changes);
        if (standing.LastOrDefault() != decision.Expected) return await AgainAsync(changes.LastOrDefault());
        var (to, refusal) = await choose(standing);
        if (refusal is not null) return Problem.Of(refusal, StatusCodes.Status409Conflict);

        var change = new ModelChange { Number = changes.Count + 1, Kind = kind, At = clock.GetUtcNow(), By = by, Role = role, Reason = reason, From = decision.Expected, To = to };
        db.ModelChanges.Add(change);
        foreach (var row in await db.Models.Where(m => m.Version == decision.Expected || m.Version == to).ToListAsync(cancel))
            row.State = row.Version == to ? ModelStates.Champion : ModelStates.Retired;
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateConcurrencyException) { return await AgainAsync(await LastAsync()); }
        catch (DbUpdateException e) when (Refusals.UniquenessBroken(e) is not null) { return await AgainAsync(await LastAsync()); }
        await champion.FollowAsync(cancel);
        return TypedResults.Ok(change.View);

        Task<ModelChange?> LastAsync() => db.ModelChanges.AsNoTracking().OrderByDescending(c => c.Number).FirstOrDefaultAsync(cancel);

        async Task<Results<Ok<ModelChangeView>, ProblemHttpResult>> AgainAsync(ModelChange? last)
        {
            var same = last is not null && (last.Kind, last.From, last.By, last.Role, last.Reason) == (kind, decision.Expected, by, role, reason) && (wanted is null || last.To == wanted);
            if (!same) return Problem.Of("changed-meanwhile", StatusCodes.Status409Conflict);
            await champion.FollowAsync(cancel);
            return TypedResults.Ok(last!.View);
        }
    }

    private static List<FieldFault> Faults(ModelDecision decision)
    {
        var faults = new List<FieldFault>();
        Check("name", decision.Name, ModelChange.LongestName);
        Check("reason", decision.Reason, ModelChange.LongestReason);
        return faults;

        void Check(string field, string? text, int most)
        {
            if (string.IsNullOrWhiteSpace(text)) faults.Add(new FieldFault(field, "required"));
            else if (text.Length > most) faults.Add(new FieldFault(field, "too-long", most));
            else if (text.Any(char.IsControl)) faults.Add(new FieldFault(field, "plain-text"));
        }
    }
}
