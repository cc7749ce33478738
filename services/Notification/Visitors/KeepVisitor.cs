using MassTransit;
using Matchmaking.Contracts.Profile;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Visitors;

/// <summary>Keeps what notices need of a visitor: the language, and whether there is an address to ask for.</summary>
internal sealed class KeepVisitorConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock)
    : IConsumer<VisitorContactChanged>, IPreparedConsumer<VisitorContactChanged>
{
    public async Task PrepareAsync(IReadOnlyList<VisitorContactChanged> messages, CancellationToken cancel)
    {
        var ids = messages.Select(m => m.VisitorId).Distinct().ToArray();
        var hashes = messages.Select(m => m.TokenHash).Distinct().ToArray();
        await (from visitor in db.Visitors
               where ids.Contains(visitor.Id)
               from link in db.Links.Where(l => l.VisitorId == visitor.Id && hashes.Contains(l.TokenHash)).DefaultIfEmpty()
               select new { visitor, link }).LoadAsync(cancel);
    }

    public async Task Consume(ConsumeContext<VisitorContactChanged> context)
    {
        var contact = context.Message;
        if (await Visitor.OfAsync(db, contact.VisitorId, context.CancellationToken) is not { } visitor) return;
        await VisitorLink.AddAsync(db, contact.TokenHash, contact.VisitorId, context.CancellationToken);
        if (contact.Version < visitor.Version) return;
        (visitor.Version, visitor.Language, visitor.HasContact, visitor.ExpiresAt) = (contact.Version, contact.Language, contact.HasContact, contact.ExpiresAt);
        // The ranking may have been quicker than this event.
        TellListReadyConsumer.TellIfNews(db, bell, visitor, clock.GetUtcNow());
    }
}

/// <summary>Keeps one more capability of a visitor.</summary>
internal sealed class KeepVisitorLinkConsumer(NotificationDb db) : IConsumer<VisitorLinkIssued>
{
    public async Task Consume(ConsumeContext<VisitorLinkIssued> context)
    {
        if (await Visitor.OfAsync(db, context.Message.VisitorId, context.CancellationToken) is null) return;
        await VisitorLink.AddAsync(db, context.Message.TokenHash, context.Message.VisitorId, context.CancellationToken);
    }
}
