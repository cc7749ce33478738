using Matchmaking.Contracts.Profile;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Visitors;

/// <summary>What Matching keeps of a visitor: needs without a contact, under an id that says nothing.</summary>
internal sealed class Visitor
{
    public Guid Id { get; init; }
    public Guid FairId { get; set; }
    public long Version { get; set; }
    public required Needs Needs { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>
    /// Under which records of lists and openings are kept instead of the id. Drawn for each visitor: from the id nobody can work it out, and with this row it is gone.
    /// </summary>
    public Guid RecordKey { get; init; } = Guid.NewGuid();

    /// <summary>When the first version was submitted.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>True where the visitor agreed that exhibitors see some of the needs.</summary>
    public bool Shares => Needs.Consents?.Contains("share-with-exhibitor") == true;

    /// <summary>Whether a time lies within those that the visitor gave. Times of other days say nothing about the fair's.</summary>
    public bool Suits(FairFacts fair, DateTimeOffset from, DateTimeOffset to) =>
        Needs.Availability?.Where(t => t.From < fair.Closes && t.To > fair.Opens).ToList() is not { Count: > 0 } given || given.Exists(t => t.From <= from && to <= t.To);

    /// <summary>A copy that no context changes any more.</summary>
    public Visitor AsIs() => (Visitor)MemberwiseClone();

    public static void Map(ModelBuilder model)
    {
        model.Entity<Visitor>(row =>
        {
            row.ToTable("visitors");
            row.Property(v => v.Id).ValueGeneratedNever();
            row.Property(v => v.Needs).HasConversion<JsonConverter<Needs>, ReplacedComparer<Needs>>();
            row.Property(v => v.Version).IsConcurrencyToken();
            row.Ignore(v => v.Shares);
            row.HasIndex(v => new { v.FairId, v.Since }).HasDatabaseName("ix_visitors_fair");
            row.HasOne<VisitorMark>().WithOne().HasForeignKey<Visitor>(v => v.Id).OnDelete(DeleteBehavior.NoAction);
        });
        model.Entity<VisitorMark>(row =>
        {
            row.ToTable("visitor_marks");
            row.Property(m => m.Id).ValueGeneratedNever();
            row.Property(m => m.Stamp).IsConcurrencyToken();
        });
        model.Entity<VisitorToken>(row =>
        {
            row.ToTable("visitor_tokens");
            row.HasKey(t => t.Hash);
            row.Property(t => t.Hash).HasMaxLength(64);
            row.HasIndex(t => t.VisitorId).HasDatabaseName("ix_visitor_tokens_visitor");
            row.HasOne<VisitorMark>().WithMany().HasForeignKey(t => t.VisitorId).OnDelete(DeleteBehavior.NoAction);
        });
    }
}

/// <summary>
/// "This id was here", and after an erasure the tombstone. Whatever is stored under an id touches its mark in the same save: of an erasure and
/// a late event that run at the same moment one is refused by the stamp (or by the key), runs again, and then sees the other.
/// </summary>
internal sealed class VisitorMark
{
    public Guid Id { get; init; }
    public int Stamp { get; set; }
    public DateTimeOffset? ErasedAt { get; set; }

    /// <returns>The mark, or null where the visitor was erased and nothing may be stored any more.</returns>
    public static async ValueTask<VisitorMark?> TouchAsync(MatchingDb db, Guid visitorId, CancellationToken cancel)
    {
        var mark = await OfAsync(db, visitorId, cancel);
        if (mark.ErasedAt is not null) return null;
        mark.Stamp++;
        return mark;
    }

    public static async ValueTask<VisitorMark> OfAsync(MatchingDb db, Guid visitorId, CancellationToken cancel) =>
        await db.VisitorMarks.FindAsync([visitorId], cancel) ?? db.VisitorMarks.Add(new VisitorMark { Id = visitorId }).Entity;
}

/// <summary>SHA-256 of a capability token of the visitor.</summary>
internal sealed class VisitorToken
{
    public required string Hash { get; init; }
    public Guid VisitorId { get; init; }
}
