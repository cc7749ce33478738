using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Meetings;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Waiting;

/// <summary>A visitor waits at a stand whose times are all taken. Asked again, it is the same place.</summary>
internal static class JoinWaiting
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/waiting", HandleAsync).WithTags("Meetings").WithSummary("Wait for a seat at a stand whose times are all taken; asked again, it is the same place")
            .RequireAuthorization(Policies.Visitor).Refuses(404, "not-found").Refuses(409, "times-free", "already-asked", "waiting-cap", "asked-enough").Refuses(422, "not-eligible");

    private static async Task<Results<Created<WaitingView>, ProblemHttpResult>> HandleAsync(
        WaitingRequest request, ClaimsPrincipal caller, MeetingDesk desk, PublishedCatalogues catalogues, EligibilityGate gate, FreedSeats freed, HttpContext http,
        IOptions<MatchingOptions> options, CancellationToken cancel)
    {
        if (Faults(request).ToArray() is { Length: > 0 } faults) return Problem.Invalid(faults);
        var (db, now) = (desk.Db, desk.Clock.GetUtcNow());
        var visitorId = request.VisitorId!.Value;
        if (visitorId != caller.VisitorId() || await desk.VisitorAsync(visitorId, cancel) is not { } visitor)
            return Problem.Of("not-found", StatusCodes.Status404NotFound);
        if (await catalogues.OfferAsync(request.OfferId!.Value, cancel) is not { } offer) return Problem.Invalid("offerId", "unknown-id");
        if (await FindAsync() is { } known) return await AnswerAsync(known);
        if (!gate.MayRequest(visitor, offer, now)) return Problem.Of("not-eligible", StatusCodes.Status422UnprocessableEntity);
        if (await WaitingPlace.HasMeetingAsync(db, visitorId, offer.Exhibitor.Id, cancel)) return Conflict("already-asked");
        if (await Booking.HasAskedEnoughAsync(db, offer.Fair.Id, visitorId, offer.Exhibitor.Id, cancel)) return Conflict("asked-enough");
        if (await db.Waiting.CountAsync(w => w.VisitorId == visitorId, cancel) >= options.Value.WaitingAtOnce) return Conflict("waiting-cap");

        var times = (await SlotBoard.OfExhibitorsAsync(db, offer.Fair.Id, [offer.Exhibitor.Id], now, cancel))
            .Where(s => s.Slot.Format == request.Format && s.Slot.Start > now).ToArray();
        if (times.Length == 0) return Problem.Invalid("format", "no-times");
        // Free times at which the visitor cannot come, or meets somebody else, are of no use to them.
        var busy = await db.Bookings.Where(b => b.VisitorId == visitorId && b.TableNo != null).Select(b => new { b.Start, b.End }).ToListAsync(cancel);
        if (times.Any(s => s.Free.Count > 0 && visitor.Suits(offer.Fair, s.Slot.Start, s.Slot.End) && !busy.Exists(b => b.Start < s.Slot.End && s.Slot.Start < b.End)))
            return Conflict("times-free");

        var place = new WaitingPlace
        {
            Id = Guid.CreateVersion7(now),
            FairId = offer.Fair.Id,
            VisitorId = visitorId,
            ExhibitorId = offer.Exhibitor.Id,
            OfferId = offer.Offer.Id,
            Format = request.Format!,
            At = now,
        };
        db.Waiting.Add(place);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (Refusals.UniquenessBroken(e) is not null)
        {
            db.ChangeTracker.Clear();
            if (await FindAsync() is not { } twice) throw;
            return await AnswerAsync(twice);
        }
        // They may have asked between the look and the place.
        if (await WaitingPlace.HasMeetingAsync(db, visitorId, offer.Exhibitor.Id, cancel))
        {
            await WaitingPlace.EndAsync(db, visitorId, offer.Exhibitor.Id, cancel);
            return Conflict("already-asked");
        }
        // A seat may have been freed between the look and the place.
        freed.Look();
        return await AnswerAsync(place);

        Task<WaitingPlace?> FindAsync() => db.Waiting.AsNoTracking().SingleOrDefaultAsync(w => w.VisitorId == visitorId && w.ExhibitorId == offer.Exhibitor.Id, cancel);

        async Task<Created<WaitingView>> AnswerAsync(WaitingPlace mine) =>
            TypedResults.Created($"/api/waiting/{mine.Id}", await mine.ViewAsync(db, offer, CallerLanguage.Of(http, visitor.Needs.Language), cancel));
    }

    private static IEnumerable<FieldFault> Faults(WaitingRequest request)
    {
        if (request.VisitorId is null) yield return new FieldFault("visitorId", "required");
        if (request.OfferId is null) yield return new FieldFault("offerId", "required");
        if (request.Format is null) yield return new FieldFault("format", "required");
        else if (!Codes.Formats.Contains(request.Format)) yield return new FieldFault("format", "unknown-code", request.Format, string.Join(", ", Codes.Formats));
    }

    private static ProblemHttpResult Conflict(string code) => Problem.Of(code, StatusCodes.Status409Conflict);
}
