using System.Collections.Frozen;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Choices;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Visitors;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// The visitor's list of next steps. A profile that is on its way is waited for, so that the list is never stale and never empty for want of
/// an event; what was shown is recorded once it has gone out.
/// </summary>
internal static class ShowMatches
{
    /// <summary>How much of a list is recorded as shown: further down nobody looks.</summary>
    private const int Recorded = ListOrder.Head;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/visitors/{id:guid}/matches", HandleAsync).WithTags("Matches").WithSummary("One ranked, explained list of next steps; 202 while it is being made")
            .RequireAuthorization(Policies.Visitor).OwnVisitor();

    /// <param name="all">Also offers with verdict "no", at the end.</param>
    /// <param name="take">Only so many of the best; default: the whole list.</param>
    /// <param name="atLeast">The version of the profile that the caller knows of; an older list is not shown.</param>
    private static async Task<Results<ListAnswer, StatusCodeHttpResult, ProblemHttpResult>> HandleAsync(
        Guid id, HttpContext http, MatchingDb db, VisitorArrivals arrivals, VisitorLists lists, ReadyLists ready, PublishedCatalogues catalogues, FreeTimes times, FreshMarks marks,
        IOptions<JsonOptions> json, TimeProvider clock, CancellationToken cancel, bool all = false, int? take = null, long atLeast = 1)
    {
        if (take is < 1) return Problem.Invalid("take", "out-of-range", 1, int.MaxValue);
        var form = new ListForm(CallerLanguage.Asked(http), all, take);
        // The two questions run side by side; a list that is ready needs no other.
        var asking = Standing.OfAsync(db, id, cancel);
        var (_, noted) = await marks.ReadAsync("subject:" + id);
        var standing = await asking;
        var version = Math.Max(standing?.Version ?? 0, Math.Max(noted ?? 0, atLeast));
        if (standing is not null && ready.Find(id, form) is { } same && same.ProfileVersion >= version && same.Meetings == standing.Meetings && same.Choices == standing.Choices
            && await catalogues.OfFairAsync(same.Basis.Fair.Fair.Id, cancel) is { } known && same.Basis.IsStill(await BasisAsync(known))) return new ListAnswer(same.Utf8);

        var come = await arrivals.WaitAsync(id, version, standing, isNoted: noted is not null, Patience, cancel);
        // Our copy has come meanwhile, if this is the first list.
        if (come is not null) standing ??= await Standing.OfAsync(db, id, cancel);
        if (come is not { } visitor || standing is null || await catalogues.OfFairAsync(visitor.FairId, cancel) is not { } fair)
        {
            http.Response.Headers.RetryAfter = "1";
            return TypedResults.StatusCode(StatusCodes.Status202Accepted);
        }

        var basis = await BasisAsync(fair);
        var meetings = standing.Meetings == 0 ? [] : await MatchView.BusyAsync(db, id, cancel);
        var unwanted = standing.Choices.Length == 0 ? [] : (await KeptChoice.UnwantedAsync(db, [id], cancel))[id].ToHashSet();
        var last = standing.Shown < visitor.Version ? null : await ShownList.LastAsync(db, id, cancel);
        var list = await lists.RankAsync(visitor, fair, last, includeNo: all, Math.Max(take ?? int.MaxValue, Recorded), unwanted, cancel);
        var items = take is { } n ? [.. list.Items.Take(n)] : list.Items;
        var language = CallerLanguage.Of(http, visitor.Needs.Language);
        var view = new MatchView(visitor, fair, basis.Free, meetings);
        var matches = new Matches(id, list.RankedBy, list.RulePacks, [.. items.Select((item, at) => view.Of(at + 1, item, language))], visitor.Version, fair.Fair.Demo);
        var utf8 = JsonSerializer.SerializeToUtf8Bytes(matches, json.Value.SerializerOptions);
        if (!all && !list.Kept)
        {
            int[] shown = [.. list.Items.Take(Recorded).Select(i => i.Offer)];
            http.Response.OnCompleted(() => ShownList.RecordAsync(
                db, visitor, fair, list.RankedBy, list.RulePacks, list.Candidates, [.. shown.Select(o => fair.Snapshot.Offers[o].Id)], list.Propensities,
                [.. shown.Select(o => !IsBookable(fair.Snapshot.Exhibitors[fair.Snapshot.Exhibitor[o]].Id, basis.Free))], clock.GetUtcNow(), CancellationToken.None));
        }
        // Looked at once more: what moved while the list was made must not pass for what it was made from.
        if (list.Kept && basis.IsStill(await BasisAsync(fair))) ready.Keep(id, new ReadyList(form, visitor.Version, standing.Meetings, standing.Choices, basis, utf8));
        return new ListAnswer(utf8);

        async ValueTask<ListBasis> BasisAsync(FairCatalogue of) => await lists.BasisAsync(of, await times.OfFairAsync(of, cancel), cancel);
    }

    /// <summary>Whether anybody could ask for a time there; a stand that gives none can be asked as little as one that is full.</summary>
    private static bool IsBookable(Guid exhibitor, FrozenDictionary<Guid, FreeSlot[]> free) => free.TryGetValue(exhibitor, out var slots) && slots.Length > 0;
}
