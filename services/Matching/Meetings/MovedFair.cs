using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>
/// A fair that is moved, or is open for shorter, leaves meetings at times at which nobody is there. Before it is moved they are named to who asks; once
/// it is, they are called off and both sides are told why. None is given another time: that is for the two to agree on.
/// </summary>
internal static class MovedFair
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/meetings/in-the-way", HandleAsync).WithSummary("Meetings still to come that could not take place if the fair were open at these times")
            .RequireAuthorization(Policies.Organiser).Refuses(404, "not-found");

    private static async Task<Results<Ok<FairMeetingsInTheWay>, ProblemHttpResult>> HandleAsync(
        Guid fairId, DateTimeOffset opens, DateTimeOffset closes, MatchingDb db, PublishedCatalogues catalogues, TimeProvider clock, CancellationToken cancel)
    {
        if (await catalogues.OfFairAsync(fairId, cancel) is not { } fair) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var lost = await LostAsync(db.Bookings.AsNoTracking(), fairId, opens, closes, clock.GetUtcNow(), cancel);
        return TypedResults.Ok(new FairMeetingsInTheWay(lost.Count,
        [
            .. from booking in lost
               orderby booking.Start
               group booking by booking.ExhibitorId into stand
               let name = fair.Exhibitor(stand.Key)?.Name ?? stand.First().Offer.Exhibitor
               orderby name
               select new StandMeetingsInTheWay(stand.Key, name, [.. stand.Select(b => new MeetingInTheWay(b.Id, b.Code, b.Start, b.End, b.Format, b.TableNo, b.Status))]),
        ]));
    }

    /// <summary>Calls off what cannot take place at the fair's times, as part of the caller's save.</summary>
    /// <returns>The seats that are free by it.</returns>
    public static async Task<IReadOnlySet<(Guid SlotId, int Table)>> CallOffAsync(MatchingDb db, PublishedCatalogues catalogues, FairFacts fair, DateTimeOffset now, CancellationToken cancel)
    {
        var freed = new HashSet<(Guid, int)>();
        foreach (var booking in await LostAsync(db.Bookings.Include(b => b.Cells), fair.Id, fair.Opens, fair.Closes, now, cancel))
        {
            if (booking.TableNo is { } table) freed.Add((booking.SlotId, table));
            if (booking.CallOff(CancelReasons.FairMoved, now) is not null) continue;
            var facts = MeetingTexts.Facts(booking, await catalogues.OfferAsync(booking.OfferId, cancel), await db.Visitors.FindAsync([booking.VisitorId], cancel));
            db.Announce(new MeetingCancelled(facts, MeetingSides.System, now, CancelReasons.FairMoved, fair.Opens), booking.VisitorId, booking.Version);
        }
        return freed;
    }

    /// <summary>What has begun is left alone, and so is what is proposed as long as one of its times remains.</summary>
    private static async Task<List<Booking>> LostAsync(IQueryable<Booking> bookings, Guid fairId, DateTimeOffset opens, DateTimeOffset closes, DateTimeOffset now, CancellationToken cancel)
    {
        string[] open = [MeetingStatuses.Requested, MeetingStatuses.Accepted, MeetingStatuses.Proposed];
        var live = await bookings.Where(b => b.FairId == fairId && open.Contains(b.Status)).ToListAsync(cancel);
        return live.FindAll(b => b.TableNo is not null ? b.Start > now && !Fits(b.Start, b.End) : b.Proposals.Any(p => p.Start > now) && !b.Proposals.Any(p => Fits(p.Start, p.End)));

        bool Fits(DateTimeOffset start, DateTimeOffset end) => start >= opens && end <= closes;
    }
}
