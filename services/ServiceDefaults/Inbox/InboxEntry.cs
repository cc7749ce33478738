using Microsoft.EntityFrameworkCore;

namespace Matchmaking.ServiceDefaults.Inbox;

/// <summary>"This consumer has handled this message": saved in one transaction with the effects.</summary>
public sealed class InboxEntry
{
    public required string Consumer { get; init; }
    public Guid MessageId { get; init; }

    /// <summary>Whom the message was about; null once that person was erased.</summary>
    public Guid? Subject { get; init; }
    public DateTimeOffset At { get; init; }

    internal static void Map(ModelBuilder model) => model.Entity<InboxEntry>(row =>
    {
        row.ToTable("inbox");
        row.HasKey(i => new { i.Consumer, i.MessageId });
        row.Property(i => i.Consumer).HasColumnName("consumer").HasMaxLength(100);
        row.Property(i => i.MessageId).HasColumnName("message_id");
        row.Property(i => i.Subject).HasColumnName("subject");
        row.Property(i => i.At).HasColumnName("at");
        row.HasIndex(i => i.Subject).HasDatabaseName("ix_inbox_subject");
        row.HasIndex(i => i.At).HasDatabaseName("ix_inbox_at");
    });
}

/// <summary>A message that could not be handled; kept to be looked at and handled again, instead of an error queue.</summary>
public sealed class QuarantinedMessage
{
    public Guid Id { get; init; }
    public required string Consumer { get; init; }
    public Guid MessageId { get; init; }
    public required string Type { get; init; }
    public Guid? Subject { get; init; }

    /// <summary>The message itself as JSON, without the transport's envelope where it could be read.</summary>
    public required string Body { get; init; }

    /// <summary>Type and place of the failure; never its text, which may quote a person's data.</summary>
    public required string Reason { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? ReplayedAt { get; set; }

    internal static void Map(ModelBuilder model) => model.Entity<QuarantinedMessage>(row =>
    {
        row.ToTable("quarantine");
        row.HasKey(q => q.Id);
        row.Property(q => q.Id).HasColumnName("id").ValueGeneratedNever();
        row.Property(q => q.Consumer).HasColumnName("consumer").HasMaxLength(100);
        row.Property(q => q.MessageId).HasColumnName("message_id");
        row.Property(q => q.Type).HasColumnName("type").HasMaxLength(200);
        row.Property(q => q.Subject).HasColumnName("subject");
        row.Property(q => q.Body).HasColumnName("body");
        row.Property(q => q.Reason).HasColumnName("reason").HasMaxLength(500);
        row.Property(q => q.At).HasColumnName("at");
        row.Property(q => q.ReplayedAt).HasColumnName("replayed_at");
        row.HasIndex(q => q.Subject).HasDatabaseName("ix_quarantine_subject");
    });
}
