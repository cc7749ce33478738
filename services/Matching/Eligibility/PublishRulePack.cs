using System.Globalization;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Eligibility;

/// <summary>
/// An organiser publishes a rule pack while the fair runs, or takes one back. It is refused as a whole if anything in it is not understood or
/// does not hold; lists that are shown afterwards follow it, in every replica within some seconds. What is no fault but may not be meant is told.
/// </summary>
internal static class PublishRulePack
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/rule-packs", ListAsync).WithTags("Eligibility").WithSummary("Rule packs of all times, with the days on which they hold").RequireAuthorization(Policies.Organiser);
        routes.MapPost("/api/rule-packs", PublishAsync).WithTags("Eligibility").WithSummary("Publish a rule pack, as Packs/README.md describes it; nothing is kept of one with a fault")
            .RequireAuthorization(Policies.Organiser).Refuses(409, "changed-meanwhile").Refuses(422, "rule-pack");
        routes.MapDelete("/api/rule-packs/{id}/{version}", TakeBackAsync).WithTags("Eligibility").WithSummary("Take back a pack that was published; what held before holds again")
            .RequireAuthorization(Policies.Organiser);
    }

    private static async Task<Ok<IReadOnlyList<RulePackView>>> ListAsync(RulePacks packs, MatchingDb db, CancellationToken cancel)
    {
        await packs.FollowAsync(cancel);
        var published = await db.RulePacks.ToDictionaryAsync(p => new RulePackRef(p.PackId, p.Version), p => p.At, cancel);
        var set = packs.Current;
        return TypedResults.Ok<IReadOnlyList<RulePackView>>([.. set.Packs.Select(p => new RulePackView(
            p.Id, p.Version, p.Owner, p.Title, p.ValidFrom, p.ValidTo, p.ReviewBy, published.TryGetValue(p.Ref, out var at) ? at : null, p.Rules.Count, Notes(p.Ref, set)))]);
    }

    private static async Task<Results<Created<RulePackPublished>, ProblemHttpResult>> PublishAsync(JsonElement pack, RulePacks packs, MatchingDb db, TimeProvider clock, CancellationToken cancel)
    {
        var file = new PackFile("pack", pack.GetRawText());
        var problems = new List<PackProblem>();
        if (RulePackReader.Read(file, problems) is not { } read) return Refused(problems);
        file = file with { Name = $"{read.Id} {read.Version}" };
        var earlier = await db.RulePacks.AsNoTracking().OrderBy(p => p.Id).ToListAsync(cancel);
        var (set, conflicts) = RulePackSet.BuiltIn.With(earlier.Select(p => p.File)).Set.With([file]);
        if (conflicts.Count > 0) return Refused(conflicts);
        db.RulePacks.Add(new KeptPack { Id = Guid.CreateVersion7(), PackId = read.Id, Version = read.Version, Json = file.Json, At = clock.GetUtcNow() });
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (Refusals.UniquenessBroken(e) is not null) { return Problem.Of("changed-meanwhile", StatusCodes.Status409Conflict); }
        await packs.FollowAsync(cancel);
        return TypedResults.Created($"/api/rule-packs/{Uri.EscapeDataString(read.Id)}/{Uri.EscapeDataString(read.Version)}", new RulePackPublished(read.Id, read.Version, Notes(read.Ref, set)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TakeBackAsync(string id, string version, RulePacks packs, MatchingDb db, CancellationToken cancel)
    {
        if (await db.RulePacks.Where(p => p.PackId == id && p.Version == version).ExecuteDeleteAsync(cancel) == 0) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        await packs.FollowAsync(cancel);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Refused(IEnumerable<PackProblem> problems) =>
        Problem.Of("rule-pack", StatusCodes.Status422UnprocessableEntity, problems.ToLookup(p => p.Rule is null ? "pack" : $"rules[{p.Rule}]", p => p.Say(CultureInfo.CurrentUICulture)));

    private static IReadOnlyList<string> Notes(RulePackRef pack, RulePackSet set) =>
        [.. set.Packs.Where(p => p.Ref == pack).SelectMany(p => PackNotes.Of(p, set)).Select(note => note.Say(CultureInfo.CurrentUICulture)).Distinct()];
}
