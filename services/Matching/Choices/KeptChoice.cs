using Matchmaking.Contracts.Matching;
using Matchmaking.Matching.Visitors;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matching.Choices;

/// <summary>
/// The visitor bookmarked an offer, or took it out of their list. It shapes their own list and their own wishes alone: neither models nor figures are made from it, since who
/// says nothing of an offer has not said that they want it.
/// </summary>
internal sealed class KeptChoice
{
    public Guid VisitorId { get; init; }
    public Guid OfferId { get; init; }

    /// <summary>Of <see cref="OfferChoices.All"/>.</summary>
    public required string Choice { get; init; }

    /// <summary>Of <see cref="OfferChoices.Reasons"/>; null: none given.</summary>
    public string? Reason { get; init; }
    public DateTimeOffset At { get; init; }

    public static void Map(ModelBuilder model) => model.Entity<KeptChoice>(row =>
    {
        row.ToTable("offer_choices");
        row.HasKey(c => new { c.VisitorId, c.OfferId }).HasName("pk_offer_choices");
        row.Property(c => c.Choice).HasMaxLength(20);
        row.Property(c => c.Reason).HasMaxLength(20);
        row.HasOne<Visitor>().WithMany().HasForeignKey(c => c.VisitorId).OnDelete(DeleteBehavior.Cascade);
    });

    /// <summary>What each of these visitors wants to come back to, in the order in which they said so.</summary>
    public static async Task<ILookup<Guid, Guid>> BookmarkedAsync(MatchingDb db, Guid[] visitors, CancellationToken cancel) =>
        (await db.Choices.Where(c => visitors.Contains(c.VisitorId) && c.Choice == OfferChoices.Bookmarked).Select(c => new { c.VisitorId, c.OfferId, c.At }).ToListAsync(cancel))
            .OrderBy(c => c.At).ToLookup(c => c.VisitorId, c => c.OfferId);

    /// <summary>What each of these visitors does not want in the list.</summary>
    public static async Task<ILookup<Guid, Guid>> UnwantedAsync(MatchingDb db, Guid[] visitors, CancellationToken cancel) =>
        (await db.Choices.Where(c => visitors.Contains(c.VisitorId) && c.Choice == OfferChoices.NotForMe).Select(c => new { c.VisitorId, c.OfferId }).ToListAsync(cancel))
            .ToLookup(c => c.VisitorId, c => c.OfferId);
}
