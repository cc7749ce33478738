using System.Collections.Frozen;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Quality;
using Matchmaking.Matching.Texts;
using Matchmaking.Matching.Visitors;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Cache;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Ranking;

/// <summary>
/// The visitor's list of next steps. A profile that is on its way is waited for, so that the list is never stale and never empty for want of
/// an event; what was shown is recorded once it has gone out.
/// </summary>
internal static class ShowMatches
{
    private const int TimesShown = 3;

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
        if (standing is not null && ready.Find(id, form) is { } same && same.ProfileVersion >= version && same.Meetings == standing.Meetings
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
        var meetings = standing.Meetings == 0 ? [] : await db.Bookings.AsNoTracking().Where(b => b.VisitorId == id && b.TableNo != null).Select(b => new TimeRange(b.Start, b.End)).ToListAsync(cancel);
        var list = await lists.RankAsync(visitor, fair, standing.Shown < visitor.Version ? null : await LastAsync(db, id, cancel), includeNo: all, Math.Max(take ?? int.MaxValue, Recorded), cancel);
        var items = take is { } n ? [.. list.Items.Take(n)] : list.Items;
        var language = CallerLanguage.Of(http, visitor.Needs.Language);
        var free = FreeFor(visitor, fair.Fair, basis.Free, meetings);
        var matches = new Matches(id, list.RankedBy, list.RulePacks, [.. items.Select((item, at) => View(at + 1, item, fair, language, free, id))], visitor.Version, fair.Fair.Demo);
        var utf8 = JsonSerializer.SerializeToUtf8Bytes(matches, json.Value.SerializerOptions);
        if (!all && !list.Kept)
        {
            int[] shown = [.. list.Items.Take(Recorded).Select(i => i.Offer)];
            http.Response.OnCompleted(() => ShownList.RecordAsync(
                db, visitor, fair, list.RankedBy, list.RulePacks, [.. shown.Select(o => fair.Snapshot.Offers[o].Id)], list.Propensities,
                [.. shown.Select(o => !IsBookable(fair.Snapshot.Exhibitors[fair.Snapshot.Exhibitor[o]].Id, basis.Free))], clock.GetUtcNow(), CancellationToken.None));
        }
        // Looked at once more: what moved while the list was made must not pass for what it was made from.
        if (list.Kept && basis.IsStill(await BasisAsync(fair))) ready.Keep(id, new ReadyList(form, visitor.Version, standing.Meetings, basis, utf8));
        return new ListAnswer(utf8);

        async ValueTask<ListBasis> BasisAsync(FairCatalogue of) => await lists.BasisAsync(of, await times.OfFairAsync(of, cancel), cancel);
    }

    /// <summary>The list as the visitor saw it last.</summary>
    internal static Task<ShownList?> LastAsync(MatchingDb db, Guid id, CancellationToken cancel) => db.ShownLists.AsNoTracking().Where(l => l.VisitorId == id)
        .OrderByDescending(l => l.At).ThenByDescending(l => l.ProfileVersion).ThenByDescending(l => l.CatalogueVersion).FirstOrDefaultAsync(cancel);

    /// <summary>Whether anybody could ask for a time there; a stand that gives none can be asked as little as one that is full.</summary>
    private static bool IsBookable(Guid exhibitor, FrozenDictionary<Guid, FreeSlot[]> free) => free.TryGetValue(exhibitor, out var slots) && slots.Length > 0;

    private static Match View(int rank, RankedOffer item, FairCatalogue fair, string language, Func<Guid, IReadOnlyList<FreeSlot>> free, Guid visitorId)
    {
        var snapshot = fair.Snapshot;
        var offer = snapshot.Offers[item.Offer];
        var stand = snapshot.Exhibitors[snapshot.Exhibitor[item.Offer]];
        return new Match(rank, offer.Id, stand.Id, offer.Kind, snapshot.Title(item.Offer, language), offer.Title, stand.Name, StandSign.In(stand.Where, language), item.Verdict.Code(), item.Office,
            item.Office is { } office ? ReasonTexts.Office(office, language) : null,
            [.. item.Reasons.Select(r => new Reason(r.Code, r.Side == ReasonSide.For ? "for" : "against", r.Say(language)))],
            [.. Spread(free(stand.Id), visitorId, stand.Id).Select(s => new SlotRef(s.Id, s.Start))]);
    }

    /// <summary>Free times at a stand that suit the visitor: within the times they gave, and not while they meet somebody else.</summary>
    private static Func<Guid, IReadOnlyList<FreeSlot>> FreeFor(Visitor visitor, FairFacts fair, FrozenDictionary<Guid, FreeSlot[]> free, List<TimeRange> busy)
    {
        return exhibitor => !free.TryGetValue(exhibitor, out var slots) ? [] : [.. slots.Where(s =>
            !busy.Exists(b => b.From < s.End && s.Start < b.To) && visitor.Suits(fair, s.Start, s.End))];
    }

    /// <summary>
    /// A few times over the day rather than the first ones, and not the same for everybody: else all would ask for ten o'clock. A visitor sees the
    /// same times again as long as they are free.
    /// </summary>
    private static IEnumerable<FreeSlot> Spread(IReadOnlyList<FreeSlot> slots, Guid visitorId, Guid exhibitorId)
    {
        // A match offers times of one format: the stand, where it has one.
        var format = slots.Any(s => s.Format == "stand") ? "stand" : slots.FirstOrDefault()?.Format;
        var chosen = slots.Where(s => s.Format == format).ToArray();
        if (chosen.Length <= TimesShown) return chosen;
        var turn = (visitorId.GetHashCode() ^ exhibitorId.GetHashCode()) & 0xff;
        return Enumerable.Range(0, TimesShown).Select(i => chosen[(int)((i + turn / 256.0) * chosen.Length / TimesShown)]).DistinctBy(s => s.Id);
    }
}
