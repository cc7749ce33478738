using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Visitors;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Quality;

/// <summary>A list as a visitor saw it: what was on which place, who ranked it by which rules, and how likely this very order was.</summary>
internal sealed class ShownList
{
    public Guid Id { get; init; }
    public Guid VisitorId { get; init; }
    public Guid FairId { get; init; }
    public long ProfileVersion { get; init; }
    public long CatalogueVersion { get; init; }

    /// <summary>The day whose rules held, in the fair's zone.</summary>
    public DateOnly Day { get; init; }
    public required string RankerKind { get; init; }
    public required string RankerVersion { get; init; }

    /// <summary>The rule packs in force, as "id version".</summary>
    public required IReadOnlyList<string> Packs { get; init; }

    /// <summary>Offers in the order shown: the first has position 1.</summary>
    public required IReadOnlyList<Guid> Offers { get; init; }

    /// <summary>With which probability this order was chosen among those the ranker could have shown; 1 while nothing is left to chance.</summary>
    public double Propensity { get; init; }
    public DateTimeOffset At { get; init; }

    public static void Map(ModelBuilder model)
    {
        model.Entity<ShownList>(row =>
        {
            row.ToTable("shown_lists");
            row.Property(l => l.Id).ValueGeneratedNever();
            row.Property(l => l.RankerKind).HasMaxLength(20);
            row.Property(l => l.RankerVersion).HasMaxLength(60);
            row.Property(l => l.Offers).HasConversion<JsonConverter<IReadOnlyList<Guid>>, JsonComparer<IReadOnlyList<Guid>>>();
            row.HasIndex(l => new { l.VisitorId, l.ProfileVersion, l.CatalogueVersion, l.Day, l.RankerKind, l.RankerVersion }).IsUnique().HasDatabaseName("ux_shown_lists_version");
            row.HasIndex(l => new { l.FairId, l.At }).HasDatabaseName("ix_shown_lists_fair");
            row.HasOne<Visitor>().WithMany().HasForeignKey(l => l.VisitorId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<OpenedOffer>(row =>
        {
            row.ToTable("opened_offers");
            row.HasKey(o => new { o.VisitorId, o.OfferId }).HasName("pk_opened_offers");
            row.HasOne<Visitor>().WithMany().HasForeignKey(o => o.VisitorId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    /// <summary>
    /// Records that the visitor was shown this list; the same list again is recorded once. Saves by itself, so call it on a context without other changes.
    /// </summary>
    public static async Task RecordAsync(
        MatchingDb db, Visitor visitor, FairCatalogue fair, RankedBy ranker, IEnumerable<RulePackRef> packs, IReadOnlyList<Guid> offers, DateTimeOffset now, CancellationToken cancel)
    {
        var (catalogue, day) = (fair.Snapshot.Version, fair.DayOf(now));
        if (await db.ShownLists.AnyAsync(l => l.VisitorId == visitor.Id && l.ProfileVersion == visitor.Version && l.CatalogueVersion == catalogue && l.Day == day
            && l.RankerKind == ranker.Kind && l.RankerVersion == ranker.Version, cancel)) return;
        var list = new ShownList
        {
            Id = Guid.CreateVersion7(now),
            VisitorId = visitor.Id,
            FairId = visitor.FairId,
            ProfileVersion = visitor.Version,
            CatalogueVersion = catalogue,
            Day = day,
            RankerKind = ranker.Kind,
            RankerVersion = ranker.Version,
            Packs = [.. packs.Select(p => $"{p.Id} {p.Version}")],
            Offers = offers,
            Propensity = 1,
            At = now,
        };
        db.ShownLists.Add(list);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (!Refusals.IsOutage(e)) { db.Entry(list).State = EntityState.Detached; } // Shown twice at once, or the visitor has just gone.
    }
}

/// <summary>The visitor looked at an offer.</summary>
internal sealed class OpenedOffer
{
    public Guid VisitorId { get; init; }
    public Guid OfferId { get; init; }
    public DateTimeOffset At { get; init; }
}
