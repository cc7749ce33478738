using MassTransit;
using Matchmaking.Contracts.Matching;
using Matchmaking.Notification.Inbox;
using Matchmaking.ServiceDefaults.Inbox;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Notification.Visitors;

/// <summary>Tells a visitor with an address once that there is a list; what becomes of it later is seen on the page.</summary>
internal sealed class TellListReadyConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<MatchesRanked>, IPreparedConsumer<MatchesRanked>
{
    public Task PrepareAsync(IReadOnlyList<MatchesRanked> messages, CancellationToken cancel)
    {
        var ids = messages.Select(m => m.VisitorId).Distinct().ToArray();
        return db.Visitors.Where(v => ids.Contains(v.Id)).LoadAsync(cancel);
    }

    public async Task Consume(ConsumeContext<MatchesRanked> context)
    {
        if (await Visitor.OfAsync(db, context.Message.VisitorId, context.CancellationToken) is not { } visitor) return;
        visitor.RankedVersion = Math.Max(visitor.RankedVersion, context.Message.Version);
        TellIfNews(db, bell, visitor, clock.GetUtcNow());
    }

    internal static void TellIfNews(NotificationDb db, NoticeBell bell, Visitor visitor, DateTimeOffset now)
    {
        // While the profile itself has not come, nothing is known of an address: its consumer tells then.
        if (visitor.Version == 0 || !visitor.ListIsNews) return;
        visitor.ToldOfList = true;
        NoticeRow.Add(db, bell, NoticeKinds.ListReady, Recipient.Visitor(visitor.Id), visitor.Language, new NoticeFacts(), now, visitor.Id);
    }
}
