using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Visitors;

/// <summary>
/// What this service needs to know of a visitor. The row outlives an erasure as its tombstone: nothing but the id and the date,
/// so that events that come late find it and do nothing.
/// </summary>
internal sealed class Visitor
{
    public Guid Id { get; init; }

    /// <summary>Version of the profile that changed language or contact last; 0 while only other events of this visitor have come.</summary>
    public long Version { get; set; }
    public string Language { get; set; } = "de";
    public bool HasContact { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Version of the profile that was ranked first; 0: none yet.</summary>
    public long RankedVersion { get; set; }

    /// <summary>The visitor was told once that the list is ready; later rankings are not worth a mail.</summary>
    public bool ToldOfList { get; set; }
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>Grows with every change: two consumers that change the row at once do not undo each other, the later one is tried again.</summary>
    public int Revision { get; set; }

    public bool ListIsNews => HasContact && !ToldOfList && RankedVersion > 0;

    /// <summary>Leaves the tombstone.</summary>
    public void Erase(DateTimeOffset at)
    {
        Version = RankedVersion = 0;
        Language = "de";
        HasContact = ToldOfList = false;
        ExpiresAt = null;
        ErasedAt ??= at;
        Revision++;
    }

    /// <summary>The row of a visitor, made if there is none; null if the visitor was erased.</summary>
    public static async ValueTask<Visitor?> OfAsync(NotificationDb db, Guid id, CancellationToken cancel)
    {
        var visitor = await db.Visitors.FindAsync([id], cancel);
        if (visitor is null) db.Visitors.Add(visitor = new Visitor { Id = id });
        if (visitor.ErasedAt is not null) return null;
        visitor.Revision++;
        return visitor;
    }

    public static void Map(ModelBuilder model) => model.Entity<Visitor>(row =>
    {
        row.ToTable("visitors");
        row.Property(v => v.Id).ValueGeneratedNever();
        row.Property(v => v.Language).HasMaxLength(20);
        row.Property(v => v.Revision).IsConcurrencyToken();
        row.Ignore(v => v.ListIsNews);
    });
}

/// <summary>A capability of a visitor, by the hash of its token.</summary>
internal sealed class VisitorLink
{
    public required string TokenHash { get; init; }
    public Guid VisitorId { get; init; }

    public static async Task AddAsync(NotificationDb db, string hash, Guid visitor, CancellationToken cancel)
    {
        if (await db.Links.FindAsync([hash], cancel) is null) db.Links.Add(new VisitorLink { TokenHash = hash, VisitorId = visitor });
    }

    public static void Map(ModelBuilder model) => model.Entity<VisitorLink>(row =>
    {
        row.ToTable("visitor_links");
        row.HasKey(l => l.TokenHash);
        row.Property(l => l.TokenHash).HasMaxLength(64);
        row.HasIndex(l => l.VisitorId).HasDatabaseName("ix_visitor_links_visitor");
    });
}
