using System.Globalization;
using System.Security.Claims;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Visitors;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>The stand's day: every table in every slot, and what is on it.</summary>
internal static class ShowStandDay
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/exhibitors/{id:guid}/day", HandleAsync).WithSummary("The stand's slots and tables, with what is on them").RequireAuthorization(Policies.Exhibitor);

    private static async Task<Results<Ok<StandDay>, ProblemHttpResult>> HandleAsync(
        Guid id, ClaimsPrincipal caller, MatchingDb db, PublishedCatalogues catalogues, OutcomeTimes times, TimeProvider clock, CancellationToken cancel)
    {
        if (id != caller.ExhibitorId() || await catalogues.ExhibitorAsync(id, cancel) is not var (catalogue, exhibitor)) return Problem.Of("not-found", StatusCodes.Status404NotFound);
        var slots = await SlotBoard.OfExhibitorsAsync(db, catalogue.Fair.Id, [id], clock.GetUtcNow(), cancel);
        var seated = (await (from booking in db.Bookings.AsNoTracking()
                             join visitor in db.Visitors.AsNoTracking() on booking.VisitorId equals visitor.Id
                             where booking.ExhibitorId == id && booking.TableNo != null
                             select new { Booking = booking, Visitor = visitor }).ToListAsync(cancel))
            .ToDictionary(row => (row.Booking.SlotId, row.Booking.TableNo!.Value), row => (row.Booking, row.Visitor));

        // Also of a stand that has as many meetings as it wants: people without a date may still sit down.
        var cells = from state in slots
                    from table in state.Open.Concat(state.Taken).Order()
                    select seated.TryGetValue((state.Slot.Id, table), out var seat)
                        ? Taken(state.Slot, table, seat.Booking, seat.Visitor, catalogue, times)
                        : new StandCell(state.Slot.Id, state.Slot.Start, state.Slot.End, state.Slot.Format, table,
                            state.WalkIn.Contains(table) ? "walk-in" : "free", null, null, null, []);
        var seatedNow = (await (from walkIn in db.WalkIns
                                join slot in db.Slots on walkIn.SlotId equals slot.Id
                                where walkIn.ExhibitorId == id && slot.FairId == catalogue.Fair.Id
                                select new { walkIn.TableNo, Slot = slot }).AsNoTracking().ToListAsync(cancel))
            .Select(w => new StandCell(w.Slot.Id, w.Slot.Start, w.Slot.End, w.Slot.Format, w.TableNo, "seated", null, null, null, []));
        // A table that is free is free in every format: it is shown once, at the stand where people are met there.
        cells = cells.Concat(seatedNow).OrderBy(c => c.Start).ThenBy(c => c.Format != "stand").ThenBy(c => c.Format, StringComparer.Ordinal).ThenBy(c => c.Table)
            .DistinctBy(c => c.State is "free" or "walk-in" ? (c.Start, c.Table, Guid.Empty) : (c.Start, c.Table, c.SlotId));
        return TypedResults.Ok(new StandDay(id, exhibitor.Name, StandSign.In(exhibitor.Stand, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName), catalogue.Fair.Opens, catalogue.Fair.Closes, [.. cells]));
    }

    private static StandCell Taken(Slot slot, int table, Booking booking, Visitor visitor, FairCatalogue catalogue, OutcomeTimes times)
    {
        // Held for somebody who waits; the stand hears of them when they take it.
        if (!booking.StandKnows) return new StandCell(slot.Id, slot.Start, slot.End, slot.Format, table, "offered", null, null, null, []);
        var now = catalogue.Offer(booking.OfferId) is { } offer && catalogue.Exhibitor(offer.ExhibitorId) is { } exhibitor ? new OfferAt(catalogue, offer, exhibitor) : null;
        var meeting = MeetingTexts.ForExhibitor(booking, now, visitor, times);
        return new StandCell(slot.Id, slot.Start, slot.End, slot.Format, table, booking.Status, booking.Id, meeting.Title, booking.Code, meeting.Visitor?.Languages ?? []);
    }
}
