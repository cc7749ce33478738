using MassTransit;
using Matchmaking.Contracts.Notification;
using Matchmaking.Contracts.Profile;
using Matchmaking.Notification.Channels;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Visitors;

/// <summary>
/// Erases all that is held of a visitor: notices to them, notices to exhibitors about them, mails in the folder, links, what waits in
/// outbox and quarantine. A mail that has left by SMTP is in its reader's mailbox and cannot be called back.
/// </summary>
internal sealed class EraseVisitorConsumer(NotificationDb db, MailFolder folder, ISmsChannel sms, TimeProvider clock) : IConsumer<VisitorErased>
{
    public async Task Consume(ConsumeContext<VisitorErased> context)
    {
        var (id, erasure, _) = context.Message;
        var cancel = context.CancellationToken;
        await db.EraseFromBackboneAsync(id, cancel);

        var visitor = await db.Visitors.FindAsync([id], cancel);
        if (visitor is null) db.Visitors.Add(visitor = new Visitor { Id = id });
        visitor.Erase(clock.GetUtcNow());

        // Load, then look at what is tracked: a message in the same transaction may have added rows that are not stored yet.
        await db.Notices.Where(n => n.VisitorId == id).LoadAsync(cancel);
        await db.MeetingsTold.Where(m => m.VisitorId == id).LoadAsync(cancel);
        await db.MeetingsKnown.Where(m => m.VisitorId == id).LoadAsync(cancel);
        await db.Deliveries.Where(d => d.VisitorId == id).LoadAsync(cancel);
        await db.Preferences.Where(p => p.VisitorId == id).LoadAsync(cancel);
        await db.Links.Where(l => l.VisitorId == id).LoadAsync(cancel);
        var notices = db.Notices.Local.Where(n => n.VisitorId == id).ToArray();
        db.RemoveRange(notices);
        db.RemoveRange(db.MeetingsTold.Local.Where(m => m.VisitorId == id).ToArray());
        db.RemoveRange(db.MeetingsKnown.Local.Where(m => m.VisitorId == id).ToArray());
        db.RemoveRange(db.Deliveries.Local.Where(d => d.VisitorId == id).ToArray());
        db.RemoveRange(db.Preferences.Local.Where(p => p.VisitorId == id).ToArray());
        db.RemoveRange(db.Links.Local.Where(l => l.VisitorId == id).ToArray());

        // Before the commit, so that a confirmed erasure has no files; and after it, for a mail that the sender was just writing.
        // A digest that told of one of their meetings says nothing of them, but its file goes too.
        var mails = notices.SelectMany(n => (Guid?[])[n.Id, n.DigestId]).OfType<Guid>().Distinct().ToArray();
        Recall();
        db.WhenSaved(Recall);
        db.Announce(new ErasureConfirmed(erasure, id, "notification", clock.GetUtcNow()), id, 1);

        void Recall()
        {
            folder.Delete(mails);
            sms.Recall(mails);
        }
    }
}
