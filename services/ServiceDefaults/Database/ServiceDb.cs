using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Matchmaking.ServiceDefaults.Auth;
using Matchmaking.ServiceDefaults.Inbox;
using Matchmaking.ServiceDefaults.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Matchmaking.ServiceDefaults.Database;

/// <summary>
/// A service's own database with the tables of the backbone: outbox, inbox, quarantine.
/// One write is one SaveChangesAsync, its outbox rows included.
/// </summary>
public abstract class ServiceDb(DbContextOptions options) : DbContext(options)
{
    private readonly List<Action> _whenSaved = [];

    /// <summary>Contexts come from a pool: what an earlier holder did not come to save must not be told by the next one.</summary>
    private int _lease;

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
    public DbSet<InboxEntry> Inbox => Set<InboxEntry>();
    public DbSet<QuarantinedMessage> Quarantine => Set<QuarantinedMessage>();

    /// <summary>Adds the event to the outbox; it goes out once the caller's SaveChangesAsync has committed.</summary>
    /// <param name="subject">Whom the event is about: erasing that person reaches the row by it.</param>
    /// <param name="version">Version of the subject's state; receivers ignore what is older than what they have.</param>
    public void Announce<T>(T message, Guid subject, long version) where T : class =>
        Outbox.Add(OutboxMessage.Of(message, subject, version, Activity.Current?.Id, this.GetService<Backbone>().InstanceId));

    /// <summary>Runs after the next successful save: for caches and for those who wait, never for effects that must not be lost.</summary>
    public void WhenSaved(Action action)
    {
        ForgetEarlierHolder();
        _whenSaved.Add(action);
    }

    /// <summary>
    /// Forgets a person in the backbone's tables: waiting and quarantined messages go, of sent ones the body and whom they were about go,
    /// the inbox keeps the message ids (so that nothing is handled twice) but not whom they were about.
    /// Takes effect at once and may be repeated: call it first, then announce the erasure and save. With that save the person's capabilities are
    /// forgotten in this process, and no earlier state stays behind in SQLite's files.
    /// </summary>
    public async Task EraseFromBackboneAsync(Guid subject, CancellationToken cancel)
    {
        await Outbox.Where(o => o.Subject == subject && o.SentAt == null).ExecuteDeleteAsync(cancel);
        await Outbox.Where(o => o.Subject == subject && o.SentAt != null).ExecuteUpdateAsync(o => o
            .SetProperty(m => m.Body, (string?)null).SetProperty(m => m.Subject, Guid.Empty), cancel);
        await Quarantine.Where(q => q.Subject == subject).ExecuteDeleteAsync(cancel);
        await Inbox.Where(i => i.Subject == subject).ExecuteUpdateAsync(i => i.SetProperty(e => e.Subject, (Guid?)null), cancel);
        var (memory, logs) = (this.GetService<CapabilityMemory>(), this.GetService<WriteAheadLogs>());
        WhenSaved(() =>
        {
            memory.Forget(subject);
            logs.Empty(GetType());
        });
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        var announced = ChangeTracker.Entries<OutboxMessage>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToArray();
        if (announced.Length > 0 && Database.CurrentTransaction is not null)
            throw new InvalidOperationException("Announce within one SaveChangesAsync, not within an explicit transaction: rows are handed to the dispatcher when it returns.");
        var rows = await SaveDetectedAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (announced.Length > 0) this.GetService<OutboxHandover>().Hand(GetType(), announced);
        ForgetEarlierHolder();
        if (_whenSaved.Count > 0)
        {
            var actions = _whenSaved.ToArray();
            _whenSaved.Clear();
            foreach (var action in actions) action();
        }
        return rows;
    }

    /// <summary>
    /// Instead of SaveChangesAsync where one statement of the service's own stores a change together with what was announced with it: on PostgreSQL
    /// that is one round trip, commit included. Nothing else that this context tracks is saved; afterwards it tracks nothing.
    /// </summary>
    /// <param name="store">All or nothing, the outbox rows included; false: nothing.</param>
    public async Task<bool> SaveByAsync(Func<IReadOnlyCollection<OutboxMessage>, Task<bool>> store)
    {
        if (Database.CurrentTransaction is not null) throw new InvalidOperationException("The statement is its own transaction: rows are handed to the dispatcher when it returns.");
        var announced = Outbox.Local.ToArray();
        try
        {
            if (!await store(announced)) return false;
        }
        finally { ChangeTracker.Clear(); }
        if (announced.Length > 0) this.GetService<OutboxHandover>().Hand(GetType(), announced);
        return true;
    }

    private void ForgetEarlierHolder()
    {
        if (_lease == ContextId.Lease) return;
        _lease = ContextId.Lease;
        _whenSaved.Clear();
    }

    /// <summary>Entries above has looked for changes already; looking again would compare every loaded value once more.</summary>
    private async Task<int> SaveDetectedAsync(bool acceptAllChangesOnSuccess, CancellationToken cancel)
    {
        var detecting = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false;
        try { return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancel); }
        finally { ChangeTracker.AutoDetectChangesEnabled = detecting; }
    }

    /// <summary>Synchronous saving is not offered: it would leave announced events to the poll.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Use SaveChangesAsync.");

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        conventions.Properties<IReadOnlyList<string>>().HaveConversion<JsonConverter<IReadOnlyList<string>>, JsonComparer<IReadOnlyList<string>>>();
        conventions.Properties<IReadOnlyDictionary<string, string>>()
            .HaveConversion<JsonConverter<IReadOnlyDictionary<string, string>>, JsonComparer<IReadOnlyDictionary<string, string>>>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        var dialect = Dialect.Of(this);
        OutboxMessage.Map(model, dialect);
        InboxEntry.Map(model);
        QuarantinedMessage.Map(model);
    }
}

/// <summary>Times are stored in UTC and compare as such on both databases.</summary>
internal sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
    time => time.UtcDateTime, stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));

/// <summary>A value object in one text column, as JSON.</summary>
public sealed class JsonConverter<T>() : ValueConverter<T, string>(
    value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web), text => JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web)!);

/// <summary>Values in JSON columns are records and lists that nobody changes in place: same text, same value.</summary>
public sealed class JsonComparer<T>() : ValueComparer<T>(
    (a, b) => ReferenceEquals(a, b) || JsonSerializer.Serialize(a, JsonSerializerOptions.Web) == JsonSerializer.Serialize(b, JsonSerializerOptions.Web),
    value => value == null ? 0 : JsonSerializer.Serialize(value, JsonSerializerOptions.Web).GetHashCode(),
    value => value);

/// <summary>The same where values are large and are only ever replaced on purpose: another object is another value, without looking into both.</summary>
public sealed class ReplacedComparer<T>() : ValueComparer<T>((a, b) => ReferenceEquals(a, b), value => value == null ? 0 : RuntimeHelpers.GetHashCode(value), value => value);
