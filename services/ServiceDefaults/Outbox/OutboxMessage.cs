using System.Text.Json;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.ServiceDefaults.Outbox;

/// <summary>
/// An event that waits to go out, or has gone. Times are Unix milliseconds of the database's clock, so that replicas whose clocks differ
/// agree on leases. A row is born leased to the process that wrote it, which publishes it straight from memory; if that process dies,
/// the lease runs out and any dispatcher takes it.
/// </summary>
public sealed class OutboxMessage
{
    /// <summary>How long a claim holds. Longer than a publish may take (<see cref="OutboxDispatcher{TDb}.PublishTimeout"/>).</summary>
    internal const long LeaseMilliseconds = 20_000;

    /// <summary>UUIDv7; becomes the MessageId, by which inboxes know it.</summary>
    public Guid Id { get; private init; }
    public required string Type { get; init; }
    public Guid Subject { get; private init; }
    public long Version { get; private init; }

    /// <summary>JSON; null once it was sent more than a day ago, or its subject was erased.</summary>
    public string? Body { get; init; }

    /// <summary>W3C traceparent of the request that announced it.</summary>
    public string? Trace { get; private init; }
    public long Created { get; private init; }
    public Guid? ClaimedBy { get; private init; }
    public long ClaimedUntil { get; private init; }
    public int Attempts { get; private init; }
    public long NextAt { get; private init; }
    public long? SentAt { get; private init; }

    /// <summary>Set when it can never go out (its type or body is not understood).</summary>
    public long? DeadAt { get; private init; }

    /// <summary>The message itself, in the process that announced it; from the database a row comes with its body alone.</summary>
    internal object? Message { get; private init; }

    internal static OutboxMessage Of<T>(T message, Guid subject, long version, string? trace, Guid instance) where T : class => new()
    {
        Id = Guid.CreateVersion7(),
        Type = typeof(T).FullName!,
        Subject = subject,
        Version = version,
        Body = JsonSerializer.Serialize(message, JsonSerializerOptions.Web),
        Trace = trace,
        ClaimedBy = instance,
        Message = message,
    };

    /// <summary>For a statement of a service's own on PostgreSQL (<see cref="ServiceDb.SaveByAsync"/>): the rows to insert, made of <see cref="Parameters"/>.</summary>
    public const string Insert = """
        insert into outbox (id, type, subject, version, body, trace, claimed_by, attempts, next_at)
        select o.*, 0, 0 from unnest(@o_id, @o_type, @o_subject, @o_version, @o_body, @o_trace, @o_claimed_by) as o(id, type, subject, version, body, trace, claimed_by)
        """;

    public static IEnumerable<(string Name, object Value)> Parameters(IReadOnlyCollection<OutboxMessage> rows) =>
    [
        ("o_id", rows.Select(r => r.Id).ToArray()), ("o_type", rows.Select(r => r.Type).ToArray()), ("o_subject", rows.Select(r => r.Subject).ToArray()),
        ("o_version", rows.Select(r => r.Version).ToArray()), ("o_body", rows.Select(r => r.Body).ToArray()), ("o_trace", rows.Select(r => r.Trace).ToArray()),
        ("o_claimed_by", rows.Select(r => r.ClaimedBy).ToArray()),
    ];

    internal static void Map(ModelBuilder model, Dialect dialect) => model.Entity<OutboxMessage>(row =>
    {
        row.ToTable("outbox");
        row.HasKey(o => o.Id);
        row.Ignore(o => o.Message);
        row.Property(o => o.Id).HasColumnName("id").ValueGeneratedNever();
        row.Property(o => o.Type).HasColumnName("type").HasMaxLength(200);
        row.Property(o => o.Subject).HasColumnName("subject");
        row.Property(o => o.Version).HasColumnName("version");
        row.Property(o => o.Body).HasColumnName("body");
        row.Property(o => o.Trace).HasColumnName("trace").HasMaxLength(64);
        row.Property(o => o.Created).HasColumnName("created").HasDefaultValueSql(dialect.Now);
        row.Property(o => o.ClaimedBy).HasColumnName("claimed_by");
        row.Property(o => o.ClaimedUntil).HasColumnName("claimed_until").HasDefaultValueSql($"({dialect.Now} + {LeaseMilliseconds})");
        row.Property(o => o.Attempts).HasColumnName("attempts");
        row.Property(o => o.NextAt).HasColumnName("next_at");
        row.Property(o => o.SentAt).HasColumnName("sent_at");
        row.Property(o => o.DeadAt).HasColumnName("dead_at");
        row.HasIndex(o => new { o.NextAt, o.ClaimedUntil }).HasDatabaseName("ix_outbox_due").HasFilter("sent_at is null and dead_at is null");
        row.HasIndex(o => o.Subject).HasDatabaseName("ix_outbox_subject");
        row.HasIndex(o => o.SentAt).HasDatabaseName("ix_outbox_sent");
    });
}
