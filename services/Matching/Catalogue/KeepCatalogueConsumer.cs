using System.Text.Json;
using MassTransit;
using Matchmaking.Contracts.Profile;
using Matchmaking.Matching.Meetings;
using Matchmaking.Matching.Waiting;

namespace Matchmaking.Matching.Catalogue;

/// <summary>A catalogue was published: it replaces what was known of the fair, the slots follow it, and what cannot take place any more is called off.</summary>
internal sealed class KeepCatalogueConsumer(MatchingDb db, PublishedCatalogues catalogues, FreedSeats freed, TimeProvider clock) : IConsumer<CataloguePublished>
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
        var seats = await MovedFair.CallOffAsync(db, catalogues, published, clock.GetUtcNow(), context.CancellationToken);
        await SlotPlan.KeepAsync(db, published, seats, context.CancellationToken);
        db.WhenSaved(() =>
        {
            catalogues.Stale();
            if (seats.Count > 0) freed.Look();
        });
    }
}
