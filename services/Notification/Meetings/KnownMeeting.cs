using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Meetings;

/// <summary>How a meeting stands, as far as this service has heard: for reminders and digests. Nothing of the visitor but the id.</summary>
internal sealed class KnownMeeting
{
    public Guid MeetingId { get; init; }
    public Guid VisitorId { get; init; }
    public Guid ExhibitorId { get; init; }

    /// <summary>Events of a meeting come in any order: older ones change nothing.</summary>
    public long Version { get; set; }

    /// <summary>"requested", "accepted", "declined", "proposed", "offered", "cancelled", "expired".</summary>
    public required string Status { get; set; }
    public DateTimeOffset Start { get; set; }

    /// <summary>When it came to be so: who has just been told needs no reminder.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>The beginning of which both sides were reminded shortly before, and on the evening before; a moved meeting is reminded of anew.</summary>
    public DateTimeOffset? SoonFor { get; set; }
    public DateTimeOffset? EveningFor { get; set; }

    /// <summary><see cref="MeetingFacts"/> as JSON.</summary>
    public required string Facts { get; set; }

    public MeetingFacts ReadFacts() => JsonSerializer.Deserialize<MeetingFacts>(Facts, JsonSerializerOptions.Web)!;

    public static async Task KeepAsync(NotificationDb db, MeetingFacts meeting, string status, DateTimeOffset now, CancellationToken cancel)
    {
        if (await db.Visitors.FindAsync([meeting.VisitorId], cancel) is { ErasedAt: not null }) return;
        var facts = JsonSerializer.Serialize(meeting with { VisitorLanguages = [], VisitorGerman = null }, JsonSerializerOptions.Web);
        if (await db.MeetingsKnown.FindAsync([meeting.MeetingId], cancel) is not { } known)
        {
            db.MeetingsKnown.Add(new KnownMeeting
            {
                MeetingId = meeting.MeetingId,
                VisitorId = meeting.VisitorId,
                ExhibitorId = meeting.ExhibitorId,
                Version = meeting.Version,
                Status = status,
                Start = meeting.Start,
                ChangedAt = now,
                Facts = facts,
            });
            return;
        }
        if (meeting.Version < known.Version) return;
        (known.Version, known.Status, known.Start, known.ChangedAt, known.Facts) = (meeting.Version, status, meeting.Start, now, facts);
    }

    public static void Map(ModelBuilder model) => model.Entity<KnownMeeting>(row =>
    {
        row.ToTable("meetings_known");
        row.HasKey(m => m.MeetingId);
        row.Property(m => m.MeetingId).ValueGeneratedNever();
        row.Property(m => m.Status).HasMaxLength(10);
        row.Property(m => m.Version).IsConcurrencyToken();
        row.HasIndex(m => new { m.Status, m.Start }).HasDatabaseName("ix_meetings_known_start");
        row.HasIndex(m => m.ExhibitorId).HasDatabaseName("ix_meetings_known_exhibitor");
        row.HasIndex(m => m.VisitorId).HasDatabaseName("ix_meetings_known_visitor");
    });
}
