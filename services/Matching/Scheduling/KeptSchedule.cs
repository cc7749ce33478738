using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Visitors;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Scheduling;

internal static class ScheduleStates
{
    public const string Drawing = "drawing", Draft = "draft", Published = "published", Cancelled = "cancelled", Failed = "failed";
}

internal static class ScheduleFaults
{
    public const string Interrupted = "interrupted", Broken = "broken", Replaced = "replaced";
}

/// <summary>
/// A schedule and how far it has come. Of a fair one is drawn up at a time: that is unique in the database. What is drawn up is held by the process that
/// does it, which renews its lease; a process that died leaves a lease that runs out by the database's clock.
/// </summary>
internal sealed class KeptSchedule
{
    public Guid Id { get; init; }
    public Guid FairId { get; init; }

    /// <summary>Changes only from what it was read as: of two who change it at the same moment one is refused.</summary>
    public string State { get; set; } = ScheduleStates.Drawing;
    public string? Fault { get; set; }
    public int MostPerVisitor { get; init; }
    public int? MostPerExhibitor { get; init; }

    /// <summary>For looking for a better one.</summary>
    public int Seconds { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>When the last of its meetings was tried.</summary>
    public DateTimeOffset? BookedAt { get; set; }

    /// <summary>Who draws it up, and later who books it.</summary>
    public Guid? HeldBy { get; set; }

    /// <summary>Unix milliseconds by the database's clock; 0: nobody holds it.</summary>
    public long HeldUntil { get; set; }
    public ScheduleProgressView? Progress { get; set; }
    public ScheduleReview? Review { get; set; }
    public List<PlannedRow> Meetings { get; init; } = [];

    public static void Map(ModelBuilder model)
    {
        model.Entity<KeptSchedule>(row =>
        {
            row.ToTable("schedules");
            row.Property(s => s.Id).ValueGeneratedNever();
            row.Property(s => s.State).HasMaxLength(10).IsConcurrencyToken();
            row.Property(s => s.Fault).HasMaxLength(20);
            row.Property(s => s.Progress).HasConversion<JsonConverter<ScheduleProgressView>, JsonComparer<ScheduleProgressView>>();
            row.Property(s => s.Review).HasConversion<JsonConverter<ScheduleReview>, JsonComparer<ScheduleReview>>();
            row.HasIndex(s => s.FairId).IsUnique().HasFilter($"state = '{ScheduleStates.Drawing}'").HasDatabaseName("ux_schedules_drawing");
            row.HasIndex(s => new { s.FairId, s.StartedAt }).HasDatabaseName("ix_schedules_fair");
            row.HasMany(s => s.Meetings).WithOne().HasForeignKey(m => m.ScheduleId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<PlannedRow>(row =>
        {
            row.ToTable("schedule_meetings");
            row.HasKey(m => new { m.ScheduleId, m.VisitorId, m.ExhibitorId }).HasName("pk_schedule_meetings");
            row.Property(m => m.Outcome).HasMaxLength(20).IsConcurrencyToken();
            row.HasIndex(m => m.VisitorId).HasDatabaseName("ix_schedule_meetings_visitor");
            row.HasOne<Visitor>().WithMany().HasForeignKey(m => m.VisitorId).OnDelete(DeleteBehavior.Cascade);
            row.HasOne<Slot>().WithMany().HasForeignKey(m => m.SlotId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}

/// <summary>A meeting of a draft: who, where and when. It holds nothing until the schedule is published and this one is booked.</summary>
internal sealed class PlannedRow
{
    public const string Booked = "booked";

    public Guid ScheduleId { get; init; }
    public Guid VisitorId { get; init; }
    public Guid ExhibitorId { get; init; }
    public Guid OfferId { get; init; }
    public Guid SlotId { get; init; }
    public int TableNo { get; init; }

    /// <summary>Which of the visitor's wishes it is, from 1.</summary>
    public int Wish { get; init; }

    /// <summary><see cref="Booked"/>, or why not (<see cref="NotBookedReasons"/>); null: not tried yet. Set once, together with the meeting.</summary>
    public string? Outcome { get; set; }
    public Guid? MeetingId { get; set; }
}
