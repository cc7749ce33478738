using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Waiting;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.Http;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Matchmaking.Matching.Meetings;

/// <summary>
/// A visitor asks for a meeting. Nothing is checked first and stored later: the meeting is stored, and where the database refuses it, the
/// constraint that held says why. A free seat or number that was read before is a guess about where to try.
/// </summary>
internal static class RequestMeeting
{
    public const int LongestNote = 300;

    /// <summary>Each failed try means that somebody else got a seat, so the tries end by themselves; this is a guard.</summary>
    private const int Tries = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/meetings", HandleAsync).WithSummary("Ask for a meeting; the same Idempotency-Key again gets the same answer")
            .RequireAuthorization(Policies.Visitor).Refuses(400, "idempotency-key-missing", "idempotency-key-too-long").Refuses(404, "not-found")
            .Refuses(409, "slot-taken", "slot-over", "visitor-busy", "cap-reached", "stand-cap", "asked-enough").Refuses(422, "not-eligible", "idempotency-key-reused");

    private static async Task<Results<Created<Meeting>, ProblemHttpResult>> HandleAsync(
        MeetingRequest request, [FromHeader(Name = IdempotencyKey.Header)] string? key, ClaimsPrincipal caller, MeetingDesk desk, PublishedCatalogues catalogues,
        EligibilityGate gate, HttpContext http, OutcomeTimes times, IOptions<MatchingOptions> options, CancellationToken cancel)
    {
        // Any length will do: a key counts within what this visitor asked for.
        if (IdempotencyKey.Refusal(key) is { } unfit) return unfit;
        if (Faults(request).ToArray() is { Length: > 0 } faults) return Problem.Invalid(faults);
        if (request.VisitorId != caller.VisitorId()) return Nothing();

        var (db, now) = (desk.Db, desk.Clock.GetUtcNow());
        var hash = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request)));
        var visitorId = request.VisitorId!.Value;
        if (await EarlierAsync(db, visitorId, key!, hash, cancel) is { } earlier) return earlier;
        if (await desk.VisitorAsync(visitorId, cancel) is not { } visitor) return Nothing();
        if (await catalogues.OfferAsync(request.OfferId!.Value, cancel) is not { } offer) return Problem.Invalid("offerId", "unknown-id");
        var slotId = request.SlotId!.Value;
        if (await SlotBoard.OfSlotAsync(db, slotId, now, cancel) is not { } state || state.Slot.ExhibitorId != offer.Exhibitor.Id)
            return Problem.Invalid("slotId", "unknown-slot");
        var slot = state.Slot;
        if (slot.Format != request.Format) return Problem.Invalid("format", "format-of-slot", slot.Format);
        if (slot.Start <= now) return Problem.Of("slot-over", StatusCodes.Status409Conflict);
        if (!gate.MayRequest(visitor, offer, now)) return Problem.Of("not-eligible", StatusCodes.Status422UnprocessableEntity);
        if (await Booking.HasAskedEnoughAsync(db, offer.Fair.Id, visitorId, slot.ExhibitorId, cancel)) return Conflict("asked-enough");

        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (attempt > 0) state = await SlotBoard.OfSlotAsync(db, slotId, now, cancel);
            if (state is null or { Free.Count: 0 }) return await EarlierAsync(db, visitorId, key!, hash, cancel) ?? Conflict("slot-taken");
            if (await VisitorPlace.FreeAsync(db, visitorId, slot.ExhibitorId, options.Value, now, cancel) is var (free, full) && free is not { } place)
                return await EarlierAsync(db, visitorId, key!, hash, cancel) ?? Conflict(full!);

            var table = state.TableFor(CommonLanguage.Of(visitor), crowd: attempt > 0);
            var note = string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim();
            var booking = Booking.Request(visitorId, offer.Offer.Id, MeetingTexts.Snapshot(offer), slot, table, place, MeetingCode.Draw(), note, now);
            var answer = MeetingTexts.ForVisitor(booking, offer, CallerLanguage.Of(http, visitor.Needs.Language), times);
            booking.StandOrdinal = await StandPlaces.FreeAsync(db, slot, cancel);
            db.Bookings.Add(booking);
            await WaitingPlace.EndWithNextSaveAsync(db, visitorId, offer.Exhibitor.Id, cancel);
            db.KeptAnswers.Add(new KeptAnswer { VisitorId = visitorId, Key = key!, BodyHash = hash, Answer = JsonSerializer.Serialize(answer, JsonSerializerOptions.Web), At = now });
            db.Announce(new MeetingRequested(MeetingTexts.Facts(booking, offer, visitor), now), visitorId, booking.Version);
            try
            {
                await db.SaveChangesAsync(cancel);
                // A place that they took in this very moment; what is left of it FreedSeats clears away.
                try { await WaitingPlace.EndAsync(db, visitorId, offer.Exhibitor.Id, CancellationToken.None); }
                catch (Exception e) when (Refusals.IsOutage(e)) { }
                return Stored(answer);
            }
            catch (Exception e) when (Refusals.IsDeadlock(e)) { db.ChangeTracker.Clear(); }
            catch (DbUpdateException refusal)
            {
                db.ChangeTracker.Clear();
                // Pressed twice: the other press may have won any of the races, so it is asked about first.
                if (await EarlierAsync(db, visitorId, key!, hash, cancel) is { } pressedTwice) return pressedTwice;
                if (refusal is DbUpdateConcurrencyException) continue;
                if (Refusals.ReferenceBroken(refusal))
                {
                    if (!await db.Visitors.AnyAsync(v => v.Id == visitorId, cancel)) return Nothing();
                    // The stand has taken the table out of its day.
                    continue;
                }
                if (Refusals.UniquenessBroken(refusal) is not { } broken) throw;
                if (MeetingDesk.IsVisitorsTime(broken)) return Conflict("visitor-busy");
                if (!MeetingDesk.IsSeat(broken) && !MeetingDesk.IsOrdinal(broken) && !MeetingDesk.IsStandOrdinal(broken) && !MeetingDesk.IsCode(broken)) throw;
            }
        }
        return Conflict("slot-taken");
    }

    private static IEnumerable<FieldFault> Faults(MeetingRequest request)
    {
        if (request.VisitorId is null) yield return new FieldFault("visitorId", "required");
        if (request.OfferId is null) yield return new FieldFault("offerId", "required");
        if (request.SlotId is null) yield return new FieldFault("slotId", "required");
        if (request.Format is null) yield return new FieldFault("format", "required");
        else if (!Codes.Formats.Contains(request.Format)) yield return new FieldFault("format", "unknown-code", request.Format, string.Join(", ", Codes.Formats));
        if (request.Note?.Length > LongestNote) yield return new FieldFault("note", "too-long", LongestNote);
        else if (request.Note?.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) == true) yield return new FieldFault("note", "plain-text");
    }

    /// <summary>What the same key was answered before; null: nothing yet.</summary>
    private static async Task<Results<Created<Meeting>, ProblemHttpResult>?> EarlierAsync(MatchingDb db, Guid visitorId, string key, string hash, CancellationToken cancel)
    {
        var kept = await db.KeptAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.VisitorId == visitorId && a.Key == key, cancel);
        if (kept is null) return null;
        if (kept.BodyHash != hash) return IdempotencyKey.Reused();
        return Stored(JsonSerializer.Deserialize<Meeting>(kept.Answer, JsonSerializerOptions.Web)!);
    }

    private static Created<Meeting> Stored(Meeting meeting) => TypedResults.Created($"/api/meetings/{meeting.Id}", meeting);

    private static ProblemHttpResult Nothing() => Problem.Of("not-found", StatusCodes.Status404NotFound);

    private static ProblemHttpResult Conflict(string code) => Problem.Of(code, StatusCodes.Status409Conflict);
}
