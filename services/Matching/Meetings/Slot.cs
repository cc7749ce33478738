using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>Twenty minutes of an exhibitor in one format. Made once from the catalogue and never again: its id stays.</summary>
internal sealed class Slot
{
    public Guid Id { get; init; }
    public Guid FairId { get; init; }
    public Guid ExhibitorId { get; init; }
    public DateTimeOffset Start { get; init; }
    public DateTimeOffset End { get; init; }
    public required string Format { get; init; }
    public List<Seat> Seats { get; init; } = [];

    public static void Map(ModelBuilder model)
    {
        model.Entity<Slot>(row =>
        {
            row.ToTable("slots");
            row.Property(s => s.Id).ValueGeneratedNever();
            row.Property(s => s.Start).HasColumnName("starts_at");
            row.Property(s => s.End).HasColumnName("ends_at");
            row.Property(s => s.Format).HasMaxLength(10);
            row.HasIndex(s => new { s.ExhibitorId, s.Start, s.Format }).IsUnique().HasDatabaseName("ux_slots_time");
            row.HasIndex(s => s.FairId).HasDatabaseName("ix_slots_fair");
            row.HasMany(s => s.Seats).WithOne().HasForeignKey(s => s.SlotId);
        });
        model.Entity<Seat>(row =>
        {
            row.ToTable("seats");
            row.HasKey(s => new { s.SlotId, s.TableNo });
        });
    }
}

/// <summary>One table in one slot: what a meeting holds.</summary>
internal sealed class Seat
{
    public Guid SlotId { get; init; }

    /// <summary>From 1.</summary>
    public int TableNo { get; init; }

    /// <summary>Kept for people without a date: cannot be booked before the fair opens.</summary>
    public bool WalkIn { get; set; }

    /// <summary>No longer in the catalogue. The row stays, as a meeting may hold it.</summary>
    public bool Withdrawn { get; set; }
}
