using System.Security.Claims;
using Matchmaking.Matching.Catalogue;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Database;
using Matchmaking.ServiceDefaults.OpenApi;
using Matchmaking.ServiceDefaults.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>
/// Somebody who just came by sits at a table. The seat's row is gone meanwhile: that, and a meeting's reference to it, keep it from being given twice;
/// the table's <see cref="TableCell"/> keep it from meetings in another format.
/// </summary>
internal sealed class WalkIn
{
    public Guid SlotId { get; init; }
    public int TableNo { get; init; }
    public Guid FairId { get; init; }
    public Guid ExhibitorId { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>As of the seat, which comes back when the walk-in is taken back.</summary>
    public bool WasKept { get; init; }
    public IReadOnlyList<string> Languages { get; init; } = [];

    public static void Map(ModelBuilder model) => model.Entity<WalkIn>(row =>
    {
        row.ToTable("walk_ins");
        row.HasKey(w => new { w.SlotId, w.TableNo });
        row.Property(w => w.Languages).HasConversion<JsonConverter<IReadOnlyList<string>>, JsonComparer<IReadOnlyList<string>>>();
        row.HasIndex(w => w.ExhibitorId).HasDatabaseName("ix_walk_ins_exhibitor");
        row.HasOne<Slot>().WithMany().HasForeignKey(w => w.SlotId);
    });
}

/// <summary>The stand gives a free table to who just came by, and takes it back where that was a slip.</summary>
internal static class SeatWalkIn
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/api/exhibitors/{id:guid}/walk-ins/{slotId:guid}/{table:int}", SeatAsync)
            .WithSummary("A free table goes to somebody without a date; from a quarter of an hour before the time begins until it is over")
            .RequireAuthorization(Policies.Exhibitor).Refuses(404, "not-found").Refuses(409, "slot-taken", "slot-over", "walk-in-early");
        routes.MapDelete("/api/exhibitors/{id:guid}/walk-ins/{slotId:guid}/{table:int}", UndoAsync)
            .WithSummary("Nobody sat there after all: the table is free again").RequireAuthorization(Policies.Exhibitor).Refuses(404, "not-found");
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SeatAsync(
        Guid id, Guid slotId, int table, ClaimsPrincipal caller, MatchingDb db, OutcomeTimes times, TimeProvider clock, CancellationToken cancel)
    {
        if (id != caller.ExhibitorId()) return Nothing();
        var now = clock.GetUtcNow();
        if (await db.Slots.AsNoTracking().SingleOrDefaultAsync(s => s.Id == slotId && s.ExhibitorId == id, cancel) is not { } slot) return Nothing();
        if (slot.End <= now && !times.Beforehand) return Problem.Of("slot-over", StatusCodes.Status409Conflict);
        if (now < slot.Start - OutcomeTimes.CheckIn && !times.Beforehand) return Problem.Of("walk-in-early", StatusCodes.Status409Conflict);
        // Pressed twice: they sit there.
        if (await SitsAsync()) return TypedResults.NoContent();
        if (await db.Seats.SingleOrDefaultAsync(s => s.SlotId == slotId && s.TableNo == table && !s.Withdrawn, cancel) is not { } seat) return await SitsElseTakenAsync(); // The other press may have been faster by this one look.
        db.Seats.Remove(seat);
        db.TableCells.AddRange(TableCell.Cover(slot.Start, slot.End).Select(cell => new TableCell { ExhibitorId = id, TableNo = table, Cell = cell }));
        db.WalkIns.Add(new WalkIn { SlotId = slotId, TableNo = table, FairId = slot.FairId, ExhibitorId = id, At = now, WasKept = seat.WalkIn, Languages = seat.Languages });
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (Refusals.ReferenceBroken(e) || e is DbUpdateConcurrencyException || Refusals.UniquenessBroken(e) is not null)
        {
            db.ChangeTracker.Clear();
            return await SitsElseTakenAsync();
        }
        catch (Exception e) when (Refusals.IsDeadlock(e))
        {
            db.ChangeTracker.Clear();
            return await SeatAsync(id, slotId, table, caller, db, times, clock, cancel);
        }
        return TypedResults.NoContent();

        Task<bool> SitsAsync() => db.WalkIns.AnyAsync(w => w.SlotId == slotId && w.TableNo == table, cancel);

        async Task<Results<NoContent, ProblemHttpResult>> SitsElseTakenAsync() => await SitsAsync() ? TypedResults.NoContent() : Taken();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> UndoAsync(
        Guid id, Guid slotId, int table, ClaimsPrincipal caller, MatchingDb db, PublishedCatalogues catalogues, CancellationToken cancel)
    {
        if (id != caller.ExhibitorId() || await catalogues.ExhibitorAsync(id, cancel) is not var (catalogue, exhibitor)) return Nothing();
        if (await db.WalkIns.SingleOrDefaultAsync(w => w.SlotId == slotId && w.TableNo == table && w.ExhibitorId == id, cancel) is not { } gone) return TypedResults.NoContent();
        db.WalkIns.Remove(gone);
        var slot = await db.Slots.AsNoTracking().SingleAsync(s => s.Id == slotId, cancel);
        var cells = TableCell.Cover(slot.Start, slot.End).ToArray();
        db.TableCells.RemoveRange(await db.TableCells.Where(c => c.ExhibitorId == id && c.TableNo == table && c.MeetingId == null && cells.Contains(c.Cell)).ToListAsync(cancel));
        // The plan may have let go of the table or the time while somebody sat there; a time that had begun by then stays as it was.
        var plan = await db.StandPlans.AsNoTracking().SingleOrDefaultAsync(p => p.ExhibitorId == id, cancel);
        if (slot.Start <= plan?.At || SlotPlan.Of(catalogue.Fair, exhibitor, plan?.Plan).Any(p => p.Key == slot.Key && p.Seats.Count >= table))
            db.Seats.Add(new Seat { SlotId = slotId, TableNo = table, WalkIn = gone.WasKept, Languages = gone.Languages });
        try { await db.SaveChangesAsync(cancel); }
        // Pressed twice: the other press has done it.
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || Refusals.UniquenessBroken(e) is not null) { }
        catch (Exception e) when (Refusals.IsDeadlock(e))
        {
            db.ChangeTracker.Clear();
            return await UndoAsync(id, slotId, table, caller, db, catalogues, cancel);
        }
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult Nothing() => Problem.Of("not-found", StatusCodes.Status404NotFound);

    private static ProblemHttpResult Taken() => Problem.Of("slot-taken", StatusCodes.Status409Conflict);
}
