using MassTransit;
using Matchmaking.Contracts.Profile;
using Matchmaking.Notification.Inbox;

namespace Matchmaking.Notification.Accounts;

/// <summary>Sends a member of staff the link that was asked for; the link itself comes from Profile at sending.</summary>
internal sealed class TellSignInLinkConsumer(NotificationDb db, NoticeBell bell, TimeProvider clock) : IConsumer<SignInLinkRequested>
{
    public Task Consume(ConsumeContext<SignInLinkRequested> context)
    {
        var to = Recipient.Account(context.Message.AccountId, context.Message.LinkId);
        NoticeRow.Add(db, bell, NoticeKinds.SignIn, to, "de", new NoticeFacts(), clock.GetUtcNow(), visitor: null);
        return Task.CompletedTask;
    }
}
