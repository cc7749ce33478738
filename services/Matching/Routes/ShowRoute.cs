using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Waiting;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Routes;

/// <summary>The visitor's day in order: where to be when, how long the way is, what is left in between, and what cannot be reached.</summary>
internal static class ShowRoute
{
    /// <summary>What is on, and what was.</summary>
    internal static readonly string[] Agreed = [MeetingStatuses.Requested, MeetingStatuses.Accepted, MeetingStatuses.Held];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/visitors/{id:guid}/route", HandleAsync).WithTags("Meetings")
            .WithSummary("The visitor's day, one stop after the other, with ways and clashes; all=true: also seats held and times proposed, suggestions for gaps, and waiting lists")
            .RequireAuthorization(Policies.Visitor).OwnVisitor();

    /// <param name="all">Also what is no meeting yet: held seats, proposals, suggestions and places on waiting lists.</param>
    private static async Task<Ok<IReadOnlyList<RouteStop>>> HandleAsync(
        Guid id, HttpContext http, MatchingDb db, MeetingViews views, PublishedCatalogues catalogues, Suggestions suggestions, IOptions<WalkingOptions> options, TimeProvider clock,
        CancellationToken cancel, bool all = false)
    {
        var now = clock.GetUtcNow();
        var visitor = await db.Visitors.AsNoTracking().SingleOrDefaultAsync(v => v.Id == id, cancel);
        var language = CallerLanguage.Of(http, visitor?.Needs.Language);
        var bookings = await db.Bookings.AsNoTracking().Where(b => b.VisitorId == id).ToListAsync(cancel);
        var shown = bookings.Where(b => Agreed.Contains(b.Status) || (all && b.Status == MeetingStatuses.Proposed)).ToArray();
        var places = new Dictionary<Guid, StopPlace>();
        foreach (var booking in shown) places[booking.Id] = StopPlace.Of(booking, await catalogues.OfferAsync(booking.OfferId, cancel));

        var timed = shown.Where(b => b.TableNo is not null).ToDictionary(b => b.Id);
        var plan = new DayPlan(new WalkingTimes(options.Value), now, timed.Values.Select(b => new TimedStop(b.Id, b.Start, b.End, places[b.Id])));
        var proposals = shown.Except(timed.Values).ToArray();
        IReadOnlyList<WaitingPlace> waiting = all ? await db.Waiting.AsNoTracking().Where(w => w.VisitorId == id).OrderBy(w => w.At).ThenBy(w => w.Id).ToListAsync(cancel) : [];
        // What is proposed is judged by what is agreed on, and not by suggestions, which give way.
        var offered = proposals.ToDictionary(b => b.Id, b => Offered(b, plan, places[b.Id], now));
        IReadOnlyDictionary<TimedStop, RecommendedStop> suggested = all && visitor is not null && await catalogues.OfFairAsync(visitor.FairId, cancel) is { } fair
            ? await suggestions.AddAsync(plan, visitor, fair, [.. bookings.Select(b => b.ExhibitorId), .. waiting.Select(w => w.ExhibitorId)],
                [.. proposals.SelectMany(b => offered[b.Id].Select(t => new TimedStop(b.Id, t.Slot.Start, t.Slot.End, places[b.Id])))], language, cancel)
            : new Dictionary<TimedStop, RecommendedStop>();

        var stops = new List<RouteStop>();
        for (var i = 0; i < plan.Stops.Count; i++)
        {
            var (stop, gap) = (plan.Stops[i], i == 0 ? (int?)null : (int)(plan.Stops[i].Start - plan.Stops[i - 1].End).TotalMinutes);
            var recommended = suggested.GetValueOrDefault(stop);
            var booking = timed.GetValueOrDefault(stop.Id);
            stops.Add(new RouteStop(
                booking is null ? null : await views.OfAsync(booking, MeetingSides.Visitor, cancel), gap,
                booking is null ? StopKinds.Recommended : booking.IsOffered ? StopKinds.HeldSeat : StopKinds.Meeting, stop.Start, stop.End,
                stop.End <= now || booking?.Status == MeetingStatuses.Held, stop.Place.View(language), plan.LegTo(stop), plan.ClashesOf(stop), [], recommended));
        }
        foreach (var booking in proposals)
        {
            var times = offered[booking.Id];
            var start = times.Count > 0 ? times.Min(t => t.Slot.Start) : (DateTimeOffset?)null;
            stops.Add(new RouteStop(await views.OfAsync(booking, MeetingSides.Visitor, cancel), null, StopKinds.Proposal, start, null, false, places[booking.Id].View(language), null, [], times));
        }
        stops = [.. stops.OrderBy(s => s.Start ?? DateTimeOffset.MaxValue).ThenBy(s => s.End ?? DateTimeOffset.MaxValue)];
        foreach (var mine in waiting)
        {
            if (await catalogues.OfferAsync(mine.OfferId, cancel) is not { } offer) continue;
            stops.Add(new RouteStop(null, null, StopKinds.Waiting, null, null, false, StopPlace.Of(mine.Format, offer.Exhibitor, offer.Fair).View(language), null, [], [],
                Waiting: await mine.ViewAsync(db, offer, language, cancel)));
        }
        return TypedResults.Ok<IReadOnlyList<RouteStop>>(stops);
    }

    /// <summary>The times that a stand proposes and that are still to come.</summary>
    private static IReadOnlyList<ProposedTime> Offered(Booking booking, DayPlan plan, StopPlace place, DateTimeOffset now) =>
        [.. booking.Proposals.Where(t => t.Start > now).OrderBy(t => t.Start).Select(t => new ProposedTime(t, plan.ClashesWith(new TimedStop(booking.Id, t.Start, t.End, place))))];
}
