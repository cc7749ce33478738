using System.Data.Common;
using System.Text.Json;
using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Catalogue;
using Matchmaking.Matching.Eligibility;
using Matchmaking.Matching.Visitors;
using Matchmaking.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Quality;

/// <summary>
/// A list as a visitor saw it: what was on which place, who ranked it by which rules, and how likely this very order was. Whose it was stands in it
/// only as <see cref="Visitor.RecordKey"/>, which goes with the visitor.
/// </summary>
internal sealed class ShownList
{
    public Guid Id { get; init; }
    public Guid RecordKey { get; init; }
    public Guid FairId { get; init; }
    public long ProfileVersion { get; init; }
    public long CatalogueVersion { get; init; }

    /// <summary>The day whose rules held, in the fair's zone.</summary>
    public DateOnly Day { get; init; }
    public required string RankerKind { get; init; }
    public required string RankerVersion { get; init; }

    /// <summary>The rule packs in force, as "id version".</summary>
    public required IReadOnlyList<string> Packs { get; init; }

    /// <summary>
    /// How many offers could have stood on the list: what the rules did not rule out and the visitor had not taken out. Chance draws among the recorded
    /// <see cref="Offers"/> alone; those behind follow from score. null: not known, as of lists of before this was kept.
    /// </summary>
    public int? Candidates { get; init; }

    /// <summary>Offers in the order shown: the first has position 1.</summary>
    public required IReadOnlyList<Guid> Offers { get; init; }

    /// <summary>Parallel to <see cref="Offers"/>: with which probability the offer stood on this place; 1 where nothing was left to chance, and for lists of before there was any.</summary>
    public IReadOnlyList<double> Propensities { get; init; } = [];

    /// <summary>
    /// Parallel to <see cref="Offers"/>: whether no seat of the stand could be booked when the list was made, be it that all were taken or that the stand gives
    /// no times. Who did not ask there may have been unable to. null: not known, as of lists of before this was kept.
    /// </summary>
    public IReadOnlyList<bool>? Full { get; init; }
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
            row.Property(l => l.Propensities).HasConversion<JsonConverter<IReadOnlyList<double>>, JsonComparer<IReadOnlyList<double>>>();
            row.Property(l => l.Full).HasConversion<JsonConverter<IReadOnlyList<bool>>, JsonComparer<IReadOnlyList<bool>>>();
            row.HasIndex(l => new { l.RecordKey, l.ProfileVersion, l.CatalogueVersion, l.Day, l.RankerKind, l.RankerVersion, l.Packs }).IsUnique().HasDatabaseName("ux_shown_lists_version");
            row.HasIndex(l => new { l.FairId, l.At }).HasDatabaseName("ix_shown_lists_fair");
            row.HasOne<Visitor>().WithMany().HasForeignKey(l => l.RecordKey).HasPrincipalKey(v => v.RecordKey).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<OpenedOffer>(row =>
        {
            row.ToTable("opened_offers");
            row.HasKey(o => new { o.RecordKey, o.OfferId }).HasName("pk_opened_offers");
            row.HasOne<Visitor>().WithMany().HasForeignKey(o => o.RecordKey).HasPrincipalKey(v => v.RecordKey).OnDelete(DeleteBehavior.Cascade);
        });
    }

    /// <summary>Whether nothing has changed since that a list follows.</summary>
    public bool IsOf(long profileVersion, long catalogueVersion, RulesOfDay rules, RankedBy ranker) =>
        (ProfileVersion, CatalogueVersion, Day, RankerKind, RankerVersion) == (profileVersion, catalogueVersion, rules.Day, ranker.Kind, ranker.Version)
        && Packs.SequenceEqual(rules.Refs.Select(Named));

    /// <summary>Records that the visitor was shown this list, in one statement of its own; the same list again, or a visitor who has just gone, records nothing.</summary>
    public static async Task RecordAsync(
        MatchingDb db, Visitor visitor, FairCatalogue fair, RankedBy ranker, IEnumerable<RulePackRef> packs, int candidates, IReadOnlyList<Guid> offers, IReadOnlyList<double> propensities,
        IReadOnlyList<bool> full, DateTimeOffset now, CancellationToken cancel)
    {
        var (rules, order, chances, booked) = (Json(packs.Select(Named)), Json(offers), Json(propensities), Json(full));
        try
        {
            await db.Database.ExecuteSqlAsync($"""
                insert into shown_lists (id, record_key, fair_id, profile_version, catalogue_version, day, ranker_kind, ranker_version, packs, candidates, offers, propensities, "full", at)
                select {Guid.CreateVersion7(now)}, v.record_key, {visitor.FairId}, {visitor.Version}, {fair.Snapshot.Version}, {fair.DayOf(now)}, {ranker.Kind}, {ranker.Version}, {rules}, {candidates}, {order}, {chances}, {booked}, {now.UtcDateTime}
                from visitors v where v.id = {visitor.Id}
                on conflict do nothing
                """, cancel);
        }
        catch (DbException e) when (!Refusals.IsOutage(e)) { } // The visitor has just gone.
    }

    /// <summary>The list that the visitor was shown last.</summary>
    public static Task<ShownList?> LastAsync(MatchingDb db, Guid visitorId, CancellationToken cancel) => OfVisitor(db, visitorId)
        .OrderByDescending(l => l.At).ThenByDescending(l => l.ProfileVersion).ThenByDescending(l => l.CatalogueVersion).FirstOrDefaultAsync(cancel);

    public static IQueryable<ShownList> OfVisitor(MatchingDb db, Guid visitorId) =>
        from visitor in db.Visitors where visitor.Id == visitorId join list in db.ShownLists.AsNoTracking() on visitor.RecordKey equals list.RecordKey select list;

    private static string Named(RulePackRef pack) => $"{pack.Id} {pack.Version}";

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
}

/// <summary>The visitor looked at an offer.</summary>
internal sealed class OpenedOffer
{
    public Guid RecordKey { get; init; }
    public Guid OfferId { get; init; }
    public DateTimeOffset At { get; init; }
}
