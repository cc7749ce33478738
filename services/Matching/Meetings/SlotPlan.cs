using Matchmaking.Contracts.Profile;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>Which slots a fair has: each exhibitor's hours in steps of twenty minutes, for each of its formats.</summary>
internal static class SlotPlan
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(20);

    /// <summary>One in so many of a stand's seats stays free for people without a date.</summary>
    private const int WalkInEvery = 3;

    internal sealed record PlannedSlot(Guid ExhibitorId, DateTimeOffset Start, DateTimeOffset End, string Format, IReadOnlyList<bool> WalkInByTable);

    /// <summary>The plan follows from the catalogue alone: the same catalogue, the same plan.</summary>
    public static IEnumerable<PlannedSlot> Of(FairFacts fair, IEnumerable<ExhibitorFacts> exhibitors) =>
        from exhibitor in exhibitors
        from format in exhibitor.Formats.Distinct()
        let tables = format == "stand" ? Math.Max(1, exhibitor.Tables) : 1
        from step in Enumerable.Range(0, (int)((fair.Closes - fair.Opens) / Length))
        let start = (fair.Opens + step * Length).ToUniversalTime()
        select new PlannedSlot(exhibitor.Id, start, start + Length, format, [.. Enumerable.Range(1, tables).Select(table => IsWalkIn(format, step, table))]);

    /// <summary>A diagonal over slots and tables: every table and every hour gives its third, and a stand of three tables or more always has a seat of each sort.</summary>
    private static bool IsWalkIn(string format, int step, int table) => format == "stand" && (step + table) % WalkInEvery == 0;

    /// <summary>Brings slots and seats in line with the catalogue. What is new is added, what is gone is withdrawn, nothing is made twice.</summary>
    public static async Task KeepAsync(MatchingDb db, CataloguePublished published, CancellationToken cancel)
    {
        var known = (await db.Slots.Include(s => s.Seats).Where(s => s.FairId == published.FairId).AsSplitQuery().ToListAsync(cancel))
            .ToDictionary(s => (s.ExhibitorId, s.Start.UtcDateTime, s.Format));
        foreach (var planned in Of(published.Fair, published.Exhibitors))
        {
            if (!known.Remove((planned.ExhibitorId, planned.Start.UtcDateTime, planned.Format), out var slot))
            {
                slot = new Slot
                {
                    Id = Guid.CreateVersion7(),
                    FairId = published.FairId,
                    ExhibitorId = planned.ExhibitorId,
                    Start = planned.Start,
                    End = planned.End,
                    Format = planned.Format,
                };
                db.Slots.Add(slot);
            }
            for (var table = 1; table <= planned.WalkInByTable.Count; table++)
            {
                var seat = slot.Seats.Find(s => s.TableNo == table);
                if (seat is null) slot.Seats.Add(seat = new Seat { SlotId = slot.Id, TableNo = table });
                (seat.WalkIn, seat.Withdrawn) = (planned.WalkInByTable[table - 1], false);
            }
            foreach (var gone in slot.Seats.Where(s => s.TableNo > planned.WalkInByTable.Count)) gone.Withdrawn = true;
        }
        foreach (var gone in known.Values.SelectMany(s => s.Seats)) gone.Withdrawn = true;
    }
}
