using Matchmaking.Contracts.Notification;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Webhooks;

/// <summary>An address of a stand's own system, which is told of the stand's meetings.</summary>
internal sealed class Webhook
{
    public Guid Id { get; init; }
    public Guid ExhibitorId { get; init; }
    public required string Url { get; init; }

    /// <summary>What deliveries are signed with, sealed; the one before it signs along until <see cref="PreviousUntil"/>, so that nothing is lost while the other end changes.</summary>
    public required string Secret { get; set; }
    public string? PreviousSecret { get; set; }
    public DateTimeOffset? PreviousUntil { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The first failure since the last delivery that went through.</summary>
    public DateTimeOffset? FailingSince { get; set; }
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>"failing" for too long, or "gone": its owner's system said so (410).</summary>
    public string? DisabledWhy { get; set; }

    public WebhookView View() => new(Id, Url, DisabledAt is not null ? "disabled" : FailingSince is not null ? "failing" : "active", CreatedAt, FailingSince, DisabledAt, DisabledWhy);

    public static void Map(ModelBuilder model) => model.Entity<Webhook>(row =>
    {
        row.ToTable("webhooks");
        row.Property(w => w.Id).ValueGeneratedNever();
        row.Property(w => w.Url).HasMaxLength(WebhookUrls.Longest);
        row.Property(w => w.Secret).HasMaxLength(1000);
        row.Property(w => w.PreviousSecret).HasMaxLength(1000);
        row.Property(w => w.DisabledWhy).HasMaxLength(10);
        row.HasIndex(w => new { w.ExhibitorId, w.Url }).IsUnique().HasDatabaseName("ux_webhooks_url");
    });
}

internal static class DeliveryResults
{
    public const string Waiting = "waiting", Delivered = "delivered", Failed = "failed";
}

/// <summary>One event for one webhook; waiting until it is delivered or given up. Lease times are Unix milliseconds of the database's clock, as in the outbox.</summary>
internal sealed class WebhookDelivery
{
    /// <summary>UUIDv7; as webhook-id the same for every try, by which the other end knows a repeat.</summary>
    public Guid Id { get; init; }
    public Guid WebhookId { get; init; }

    /// <summary>What makes the event one: a webhook gets it once, however often it is announced here.</summary>
    public required string Event { get; init; }
    public required string Type { get; init; }
    public Guid? MeetingId { get; init; }

    /// <summary>Whom it is about: their erasure takes it along.</summary>
    public Guid? VisitorId { get; init; }

    /// <summary>What is sent, to the byte; null once it was delivered.</summary>
    public string? Body { get; init; }
    public required string Result { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public Guid? ClaimedBy { get; init; }
    public long ClaimedUntil { get; init; }
    public int Attempts { get; init; }
    public long NextAt { get; init; }

    /// <summary>When it was tried last, what the other end answered, or why there was no answer.</summary>
    public DateTimeOffset? TriedAt { get; init; }
    public int? Status { get; init; }
    public string? Failure { get; init; }

    public WebhookDeliveryView View() => new(Id, Type, MeetingId, Result, Attempts, Status, Failure, CreatedAt, TriedAt, Result == DeliveryResults.Waiting && NextAt > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(NextAt) : null);

    public static void Map(ModelBuilder model) => model.Entity<WebhookDelivery>(row =>
    {
        row.ToTable("webhook_deliveries");
        row.Property(d => d.Id).ValueGeneratedNever();
        row.Property(d => d.Event).HasMaxLength(100);
        row.Property(d => d.Type).HasMaxLength(40);
        row.Property(d => d.Result).HasMaxLength(10);
        row.Property(d => d.Failure).HasMaxLength(20);
        row.HasIndex(d => new { d.WebhookId, d.Event }).IsUnique().HasDatabaseName("ux_webhook_deliveries_event");
        row.HasIndex(d => new { d.NextAt, d.ClaimedUntil }).HasDatabaseName("ix_webhook_deliveries_due").HasFilter("result = 'waiting'");
        row.HasIndex(d => d.VisitorId).HasDatabaseName("ix_webhook_deliveries_visitor");
        row.HasOne<Webhook>().WithMany().HasForeignKey(d => d.WebhookId).OnDelete(DeleteBehavior.Cascade).HasConstraintName("fk_webhook_deliveries_webhook");
    });
}
