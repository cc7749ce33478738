using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>
/// Five minutes of one of a stand's tables, which is also one of its people: taken by a meeting in any format, or by somebody who just came by. Its key
/// keeps a table from being given twice at one time, where the seats of the formats, and of an earlier plan, are rows of their own.
/// </summary>
internal sealed class TableCell
{
    private const long Seconds = 5 * 60;

    public Guid ExhibitorId { get; init; }
    public int TableNo { get; init; }

    /// <summary>Number of the five minutes since 1970.</summary>
    public int Cell { get; init; }

    /// <summary>null: a walk-in's.</summary>
    public Guid? MeetingId { get; init; }

    /// <summary>
    /// Begin and end are both rounded down: lengths are whole fives, so times that follow each other share no cell, whatever minute they begin at.
    /// (A visitor's cells are rounded outwards: people need a moment between two stands, a table does not.)
    /// </summary>
    public static IEnumerable<int> Cover(DateTimeOffset start, DateTimeOffset end)
    {
        var first = (int)(start.ToUnixTimeSeconds() / Seconds);
        return Enumerable.Range(first, (int)(end.ToUnixTimeSeconds() / Seconds) - first);
    }

    public static void Map(ModelBuilder model) => model.Entity<TableCell>(row =>
    {
        row.ToTable("table_cells");
        row.HasKey(c => new { c.ExhibitorId, c.TableNo, c.Cell }).HasName("pk_table_cells");
        row.HasIndex(c => c.MeetingId).HasDatabaseName("ix_table_cells_meeting");
    });
}
