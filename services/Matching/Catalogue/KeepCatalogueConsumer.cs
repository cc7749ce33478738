using System.Text.Json;
using MassTransit;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Meetings;

namespace Matchmaking.Matching.Catalogue;

/// <summary>A catalogue was published: it replaces what was known of the fair, and the slots follow it.</summary>
internal sealed class KeepCatalogueConsumer(MatchingDb db, PublishedCatalogues catalogues, TimeProvider clock) : IConsumer<CataloguePublished>
{
    public async Task Consume(ConsumeContext<CataloguePublished> context)
    {
        var published = context.Message;
        var kept = await db.Catalogues.FindAsync([published.FairId], context.CancellationToken);
        if (kept is not null && kept.Version >= published.Version) return;
        var body = JsonSerializer.Serialize(published, JsonSerializerOptions.Web);
        if (kept is null)
            db.Catalogues.Add(new KeptCatalogue { FairId = published.FairId, Version = published.Version, Body = body, At = clock.GetUtcNow() });
        else
            (kept.Version, kept.Body, kept.At) = (published.Version, body, clock.GetUtcNow());
        await SlotPlan.KeepAsync(db, published, context.CancellationToken);
        db.WhenSaved(catalogues.Stale);
    }
}
