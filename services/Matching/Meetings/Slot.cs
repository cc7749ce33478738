using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Meetings;

/// <summary>A time of an exhibitor in one format. Made once from the stand's plan and never again: its id stays.</summary>
internal sealed class Slot
{
    public Guid Id { get; init; }
    public Guid FairId { get; init; }
    public Guid ExhibitorId { get; init; }
    public DateTimeOffset Start { get; init; }
    public DateTimeOffset End { get; init; }
    public required string Format { get; init; }

    /// <summary>From when the seats kept for people without a date can be booked by all.</summary>
    public DateTimeOffset WalkInsFrom { get; set; }

    /// <summary>How many meetings the stand wants on its day; null: as many as it has seats.</summary>
    public int? StandLimit { get; set; }
    public List<Seat> Seats { get; init; } = [];

    public SlotKey Key => new(ExhibitorId, Start.UtcDateTime, End.UtcDateTime, Format);

    public static void Map(ModelBuilder model)
    {
        model.Entity<Slot>(row =>
        {
            row.ToTable("slots");
            row.Property(s => s.Id).ValueGeneratedNever();
            row.Ignore(s => s.Key);
            row.Property(s => s.Start).HasColumnName("starts_at");
            row.Property(s => s.End).HasColumnName("ends_at");
            row.Property(s => s.Format).HasMaxLength(10);
            row.HasIndex(s => new { s.ExhibitorId, s.Start, s.End, s.Format }).IsUnique().HasDatabaseName("ux_slots_time");
            row.HasIndex(s => s.FairId).HasDatabaseName("ix_slots_fair");
            row.HasMany(s => s.Seats).WithOne().HasForeignKey(s => s.SlotId);
        });
        model.Entity<Seat>(row =>
        {
            row.ToTable("seats");
            row.HasKey(s => new { s.SlotId, s.TableNo });
            row.Property(s => s.Languages).HasConversion<JsonConverter<IReadOnlyList<string>>, JsonComparer<IReadOnlyList<string>>>().HasDefaultValueSql("'[]'");
        });
    }
}

/// <summary>What makes a slot the same one: its stand, its time in UTC, and how people meet.</summary>
internal readonly record struct SlotKey(Guid ExhibitorId, DateTime Start, DateTime End, string Format);

/// <summary>One table in one slot: what a meeting holds.</summary>
internal sealed class Seat
{
    public Guid SlotId { get; init; }

    /// <summary>From 1.</summary>
    public int TableNo { get; init; }

    /// <summary>Kept for people without a date: cannot be booked before <see cref="Slot.WalkInsFrom"/>.</summary>
    public bool WalkIn { get; set; }

    /// <summary>Spoken at this table.</summary>
    public IReadOnlyList<string> Languages { get; set; } = [];

    /// <summary>No longer in the plan, but a meeting holds it: it is that meeting's and nobody else's.</summary>
    public bool Withdrawn { get; set; }
}
