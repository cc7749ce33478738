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
/// A fair that is moved, is open for shorter, or loses stands and offers leaves meetings at which nobody is there. Before, they are named to who asks;
/// once it is so, they are called off and both sides are told why. None is given another time: that is for the two to agree on.
/// </summary>
internal static class MovedFair
{
    private const string Path = "/api/meetings/in-the-way";
    private static readonly string[] Open = [MeetingStatuses.Requested, MeetingStatuses.Accepted, MeetingStatuses.Proposed];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (Guid fairId, DateTimeOffset opens, DateTimeOffset closes, MatchingDb db, PublishedCatalogues catalogues, TimeProvider clock, CancellationToken cancel) =>
                NameAsync(new FairChange(fairId, opens, closes), db, catalogues, clock, cancel))
            .WithSummary("Meetings still to come that could not take place if the fair were open at these times").RequireAuthorization(Policies.Organiser).Refuses(404, "not-found");
        // Asked with a body, since a fair may lose more offers than an address holds; it changes nothing.
        routes.MapPost(Path, NameAsync).WithSummary("Meetings still to come that could not take place if the fair had other times, or not these stands and offers; changes nothing")
            .RequireAuthorization(Policies.Organiser).Refuses(404, "not-found");
    }

    private static async Task<Results<Ok<FairMeetingsInTheWay>, ProblemHttpResult>> NameAsync(
        FairChange change, MatchingDb db, PublishedCatalogues catalogues, TimeProvider clock, CancellationToken cancel)
    {
        if (change.FairId is not { } fairId) return Problem.Invalid("fairId", "required");
        if (await catalogues.OfFairAsync(fairId, cancel) is not { } fair) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var (stands, offers) = ((change.Exhibitors ?? []).ToHashSet(), (change.Offers ?? []).ToHashSet());
        var after = new After(change.Opens ?? fair.Fair.Opens, change.Closes ?? fair.Fair.Closes, e => !stands.Contains(e), o => !offers.Contains(o));
        var lost = await LostAsync(db.Bookings.AsNoTracking(), fairId, after, clock.GetUtcNow(), cancel);
        return TypedResults.Ok(new FairMeetingsInTheWay(lost.Count,
        [
            .. from booking in lost.Select(l => l.Booking)
               orderby booking.Start
               group booking by booking.ExhibitorId into stand
               let name = fair.Exhibitor(stand.Key)?.Name ?? stand.First().Offer.Exhibitor
               orderby name
               select new StandMeetingsInTheWay(stand.Key, name, [.. stand.Select(b => new MeetingInTheWay(b.Id, b.Code, b.Start, b.End, b.Format, b.TableNo, b.Status))]),
        ]));
    }

    /// <summary>Calls off what cannot take place at this fair, as part of the caller's save. Who waits there for a seat waits no more.</summary>
    /// <returns>The seats that are free by it.</returns>
    public static async Task<IReadOnlySet<(Guid SlotId, int Table)>> CallOffAsync(
        MatchingDb db, PublishedCatalogues catalogues, CataloguePublished published, DateTimeOffset now, CancellationToken cancel)
    {
        var (fair, freed) = (published.Fair, new HashSet<(Guid, int)>());
        var (stands, offers) = (published.Exhibitors.Select(e => e.Id).ToHashSet(), published.Offers.Select(o => o.Id).ToHashSet());
        var after = new After(fair.Opens, fair.Closes, stands.Contains, offers.Contains);
        foreach (var (booking, reason) in await LostAsync(db.Bookings.WithCells(), fair.Id, after, now, cancel))
        {
            if (booking.TableNo is { } table) freed.Add((booking.SlotId, table));
            if (booking.CallOff(reason, now) is not null) continue;
            var facts = MeetingTexts.Facts(booking, await catalogues.OfferAsync(booking.OfferId, cancel), await db.Visitors.FindAsync([booking.VisitorId], cancel));
            db.Announce(new MeetingCancelled(facts, MeetingSides.System, now, reason, reason == CancelReasons.FairMoved ? fair.Opens : null), booking.VisitorId, booking.Version);
        }
        foreach (var place in await db.Waiting.Where(w => w.FairId == fair.Id).ToListAsync(cancel))
        {
            var reason = !stands.Contains(place.ExhibitorId) ? CancelReasons.StandGone : !offers.Contains(place.OfferId) ? CancelReasons.OfferGone : null;
            if (reason is null) continue;
            db.Waiting.Remove(place);
            // As it stood until now; who joined at the very last moment is told without its name.
            var offer = await catalogues.OfferAsync(place.OfferId, cancel);
            var hidden = offer is not null && MeetingTexts.IsConfidential(offer.Offer);
            var named = hidden ? null : offer;
            db.Announce(new WaitingEnded(place.Id, fair.Id, place.VisitorId, named?.Offer.Title ?? "", named?.Offer.Titles ?? new Dictionary<string, string>(), named?.Exhibitor.Name ?? "", hidden, reason, now), place.Id, 1);
        }
        return freed;
    }

    /// <summary>What a fair will have.</summary>
    private sealed record After(DateTimeOffset Opens, DateTimeOffset Closes, Func<Guid, bool> HasStand, Func<Guid, bool> HasOffer)
    {
        /// <summary>
        /// What was agreed on about an offer that goes stays: it was a promise, and those who made it are there. What they have not answered is
        /// not to be answered any more.
        /// </summary>
        public string? WhyNot(Booking booking)
        {
            if (!HasStand(booking.ExhibitorId)) return CancelReasons.StandGone;
            if (booking.TableNo is not null ? !Fits(booking.Start, booking.End) : !booking.Proposals.Any(p => Fits(p.Start, p.End))) return CancelReasons.FairMoved;
            return booking.Status != MeetingStatuses.Accepted && !HasOffer(booking.OfferId) ? CancelReasons.OfferGone : null;
        }

        private bool Fits(DateTimeOffset start, DateTimeOffset end) => start >= Opens && end <= Closes;
    }

    /// <summary>What has begun is left alone, and so is what is proposed as long as one of its times remains.</summary>
    private static async Task<List<(Booking Booking, string Reason)>> LostAsync(IQueryable<Booking> bookings, Guid fairId, After after, DateTimeOffset now, CancellationToken cancel) =>
    [
        .. from booking in await bookings.Where(b => b.FairId == fairId && Open.Contains(b.Status)).ToListAsync(cancel)
           where booking.TableNo is not null ? booking.Start > now : booking.Proposals.Any(p => p.Start > now)
           let reason = after.WhyNot(booking)
           where reason is not null
           select (booking, reason),
    ];
}
